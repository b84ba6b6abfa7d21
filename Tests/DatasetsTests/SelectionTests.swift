import Datasets
import Tensors
import Testing

struct SelectionTests {
    /// One pixel an image, its number; so many images of each class, in turn as long as there are some.
    private func source(_ counts: [Int], hasMasks: Bool = false) -> DataSource {
        let labels = (0..<(counts.max() ?? 0)).flatMap { round in
            counts.indices.filter { counts[$0] > round }.map { Int32($0) }
        }
        let set = ImageSet(
            imageShape: [1, 1, 1], pixels: labels.indices.map { UInt8($0 % 256) }, labels: labels,
            masks: hasMasks ? [UInt8](repeating: 1, count: labels.count) : nil)
        return DataSource(
            name: "numbers", classes: counts.indices.map(String.init),
            splits: SourceSplits(pool: set, test: set.subset(0..<set.count / 2)))
    }

    private func select(
        _ source: DataSource, seed: UInt64 = 1, _ change: (inout DataSelection) throws -> Void
    ) throws -> Dataset {
        var selection = DataSelection()
        try change(&selection)
        return try Dataset(source, selection: selection, seed: seed)
    }

    private func numbers(_ set: ImageSet) throws -> [UInt8] { try (0..<set.count).flatMap(set.image) }

    @Test func limitsHoldForEachSet() throws {
        let data = try select(source([60, 30])) { ($0.limit, $0.validation) = (30, .count(0)) }
        #expect(data.train.classCounts(classes: 2) == [20, 10])
        #expect(data.test.count == 30)
        let few = try select(source([60, 30, 2])) { ($0.perClass, $0.validation) = (5, .count(0)) }
        #expect(few.train.classCounts(classes: 3) == [5, 5, 2])
        #expect(try numbers(few.train) == numbers(few.train).sorted())
        let both = try select(source([60, 30, 2])) {
            ($0.perClass, $0.limit, $0.validation) = (5, 6, .count(0))
        }
        #expect(both.train.classCounts(classes: 3).reduce(0, +) == 6)
    }

    @Test func aTenthIsForValidationUnlessTold() throws {
        let data = try select(source([60, 40])) { _ in }
        #expect(data.validation.classCounts(classes: 2) == [6, 4])
    }

    // MARK: Folds

    @Test(arguments: [2, 3, 5, 10], [[50, 50], [7, 23, 11], [1, 9]])
    func foldsAreEqualPartsOfEverything(count: Int, sizes: [Int]) throws {
        let source = source(sizes)
        let total = sizes.reduce(0, +)
        var seen: [UInt8] = []
        for number in 1...count {
            let data = try select(source) { $0.fold = try Fold("\(number)/\(count)") }
            #expect(try (numbers(data.train) + numbers(data.validation)).sorted() == Array(0..<UInt8(total)))
            #expect((total / count...(total + count - 1) / count).contains(data.validation.count))
            for (drawn, size) in zip(data.validation.classCounts(classes: sizes.count), sizes) {
                #expect((size / count...(size + count - 1) / count).contains(drawn))
            }
            seen += try numbers(data.validation)
        }
        #expect(seen.sorted() == Array(0..<UInt8(total)))
    }

    @Test(arguments: [
        "", "2", "0/5", "6/5", "1/1", "1/0", "-1/5", "a/b", "1/5/2", "1/", "99999999999999999999/5",
    ])
    func otherFoldsAreRefused(text: String) {
        let error = #expect(throws: DatasetError.self) { try Fold(text) }
        #expect(error?.message == "fold must be such as `1/5` ... `5/5`, of at least 2 parts, not \(text)")
    }

    @Test func foldsNeedImagesAndExcludeShares() throws {
        #expect(throws: DatasetError.self) { try select(source([2, 2])) { $0.fold = try Fold("1/5") } }
        #expect(throws: DatasetError(.validationAndFold)) {
            try select(source([20, 20])) { ($0.fold, $0.validation) = (try Fold("1/5"), .count(3)) }
        }
    }

    // MARK: Imbalance

    @Test func aRatioMakesALongTail() throws {
        let data = try select(source([100, 100, 100])) { $0.imbalance = .ratio(100) }
        #expect(data.train.classCounts(classes: 3) == [90, 9, 1])
        // What is chosen and judged by stays as it was.
        #expect(data.validation.classCounts(classes: 3) == [10, 10, 10])
        #expect(data.test.count == 150 && !data.isBalanced)
        let same = try select(source([100, 100, 100])) { $0.imbalance = .ratio(1) }
        #expect(same.train.classCounts(classes: 3) == [90, 90, 90])
        let small = try select(source([4, 100])) {
            ($0.imbalance, $0.validation) = (.ratio(1e6), .count(0))
        }
        #expect(small.train.classCounts(classes: 2) == [4, 1])
    }

    @Test func sharesAreForEachClass() throws {
        let data = try select(source([100, 100, 100])) {
            ($0.imbalance, $0.validation) = (.shares([1, 0.001, 0]), .count(0))
        }
        #expect(data.train.classCounts(classes: 3) == [100, 1, 0])
        #expect(data.emptyClasses == ["2"])
    }

    @Test(arguments: [
        Imbalance.ratio(0.5), .ratio(.nan), .ratio(.infinity), .shares([]), .shares([1, 1]),
        .shares([0, 0, 0]),
        .shares([1, -0.1, 1]), .shares([1, .nan, 1]),
    ])
    func otherImbalanceIsRefused(imbalance: Imbalance) {
        let error = #expect(throws: DatasetError.self) {
            try select(source([9, 9, 9])) { $0.imbalance = imbalance }
        }
        guard case .setting("imbalance", _, _) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    // MARK: Label noise

    @Test(arguments: [0.0, 0.2, 1])
    func noiseIsSymmetricAndRemembered(share: Double) throws {
        let data = try select(source([3000, 3000, 3000])) {
            ($0.labelNoise, $0.validation) = (share, .count(900))
        }
        let clean = try select(source([3000, 3000, 3000])) { $0.validation = .count(900) }
        #expect(data.train.wrongLabelCount == Int(8100 * share))
        #expect((data.train.trueLabels ?? data.train.labels) == clean.train.labels)
        #expect(data.validation.trueLabels == nil && data.test.trueLabels == nil)
        // Each wrong label is as likely as the other: within four standard deviations.
        guard let truths = data.train.trueLabels else { return }
        let zeros = zip(truths, data.train.labels).filter { $0 == 0 && $1 != 0 }
        let ones = zeros.count { $0.1 == 1 }
        #expect(abs(Double(ones) - Double(zeros.count) / 2) < 2 * Double(zeros.count).squareRoot())
        // Subsets remember as well.
        #expect(data.train.subset([5]).trueLabels == [truths[5]])
    }

    @Test func everythingDependsOnTheSeedOnly() throws {
        func draw(_ seed: UInt64) throws -> Dataset {
            try select(source([80, 80]), seed: seed) {
                ($0.limit, $0.perClass, $0.imbalance, $0.labelNoise) = (100, 60, .ratio(4), 0.3)
            }
        }
        let (one, same, other) = (try draw(1), try draw(1), try draw(2))
        #expect(try numbers(one.train) == numbers(same.train) && one.train.labels == same.train.labels)
        #expect(try numbers(one.train) != numbers(other.train))
        // Splitting anew starts from all the images again, and keeps the rest.
        let split = try one.split(validation: .fraction(0.5), seed: 5).split(
            validation: .fraction(0.1), seed: 1)
        #expect(try numbers(split.train) == numbers(one.train) && split.train.labels == one.train.labels)
    }

    @Test func masksHaveNoImageLabels() throws {
        for (name, change) in [
            ("per-class", { $0.perClass = 3 }), ("imbalance", { $0.imbalance = .ratio(3) }),
            ("label-noise", { $0.labelNoise = 0.5 }),
        ] as [(String, (inout DataSelection) -> Void)] {
            #expect(throws: DatasetError(.needsImageLabels(setting: name))) {
                try select(source([9, 9], hasMasks: true), change)
            }
        }
    }

    @Test(arguments: [-0.1, 1.1, .nan])
    func noiseIsAShare(share: Double) {
        #expect(throws: DatasetError.self) { try select(source([9, 9])) { $0.labelNoise = share } }
    }
}
