import Networks
import Tensors
import TestSupport
import Testing

/// What holds for every loss.
@Suite struct LossLawTests {
    private static let classes = 5
    private static let labels = (0..<9).map { Int32($0 * 7 % 5) }

    /// Evenly apart, and none near a kink: 0, 1, or a margin of 1 between two of them.
    private static let logits: Tensor = {
        var random = RandomStream(seed: 3, name: "logits")
        let places = random.permutation(of: labels.count * classes)
        return Tensor([labels.count, classes], places.map { (Float($0) - 22.3) * 0.083 })
    }()

    private static let mix = Mix(labels: labels.reversed(), shares: labels.map { Float($0) / 4 })

    private static let settings: [any Loss] =
        LossCase.usual + [
            CrossEntropy(weights: .listed([1, 0.5, 3, 0, 2]), labelSmoothing: 0.2), Hinge(power: 2),
            Huber(delta: 0.4),
        ]

    private func loss(_ index: Int, _ logits: Tensor, mix: Mix?) throws -> Double {
        try LossHarness(Self.settings[index], logits).result(Self.labels, mix: mix, mode: .evaluation)
            .meanLoss
    }

    @Test(arguments: settings.indices, [nil, mix])
    func gradientIsTheSlope(_ index: Int, mix: Mix?) throws {
        let harness = try LossHarness(Self.settings[index], Self.logits)
        _ = harness.result(Self.labels, mix: mix)
        let gradient = harness.gradient().scalars
        let step: Float = 1e-3
        for place in stride(from: 0, to: gradient.count, by: 4) {
            func moved(by distance: Float) throws -> Double {
                var scalars = Self.logits.scalars
                scalars[place] += distance
                return try loss(index, Tensor(Self.logits.shape, scalars), mix: mix)
            }
            let slope = try (moved(by: step) - moved(by: -step)) / Double(2 * step)
            #expect(abs(slope - Double(gradient[place])) <= 5e-5, "\(Self.settings[index]) at \(place)")
        }
    }

    @Test(arguments: settings.indices, [2, 3, 8])
    func theSameBitsForAnyNumberOfThreads(_ index: Int, threads: Int) throws {
        func run(_ threads: Int) throws -> (BatchResult, [UInt32]) {
            let harness = try LossHarness(Self.settings[index], Self.logits, threads: threads)
            let result = harness.result(Self.labels, mix: Self.mix)
            return (result, harness.gradient().bits)
        }
        let (one, many) = (try run(1), try run(threads))
        #expect(one.0 == many.0 && one.1 == many.1)
    }

    /// An image that is mixed with another one counts with its own label alone if its share is 1.
    @Test(arguments: settings.indices)
    func aWholeShareIsNoMix(_ index: Int) throws {
        let whole = Mix(labels: Self.mix.labels, shares: Self.labels.map { _ in 1 })
        let plain = try LossHarness(Self.settings[index], Self.logits)
        let mixed = try LossHarness(Self.settings[index], Self.logits)
        let (a, b) = (plain.result(Self.labels), mixed.result(Self.labels, mix: whole))
        #expect(abs(a.meanLoss - b.meanLoss) <= 1e-9 && a.correct == b.correct)
        #expect(relativeDifference(mixed.gradient(), plain.gradient()) <= 1e-6)
    }

    @Test(arguments: settings.indices, [0, 1])
    func nanIsNotHidden(_ index: Int, place: Int) throws {
        var scalars = Self.logits.scalars
        scalars[place] = .nan
        #expect(try loss(index, Tensor(Self.logits.shape, scalars), mix: nil).isNaN)
    }

    /// A batch that weighs nothing teaches nothing.
    @Test func labelsThatWeighNothing() throws {
        let harness = try LossHarness(CrossEntropy(weights: .listed([0, 1])), Tensor([2, 2], [1, 2, 3, 4]))
        #expect(harness.result([0, 0]).meanLoss == 0)
        #expect(harness.gradient().scalars == [0, 0, 0, 0])
    }

    @Test func balancedWeightsMakeClassesCountTheSame() {
        let fitted = CrossEntropy(weights: .balanced).fitted { [10, 0, 30, 20] }
        #expect(fitted.weights == .listed([2, 0, 2 / 3, 1]))
        // 20 labels for each of the three classes that there are.
        #expect(CrossEntropy().fitted { [1, 2] } == CrossEntropy())
    }

    @Test func oneOutputForTwoClasses() throws {
        for loss in [BinaryCrossEntropy(), Focal()] as [any Loss] {
            let result = try LossHarness(loss, Tensor([3, 1], [-1, 2, 3])).result([0, 1, 0])
            #expect(result.correct == 2)
        }
    }

    @Test func pixelsAreRows() throws {
        let result = try LossHarness(CrossEntropy(), Tensor(zeros: [2, 3, 4, 5])).result(
            [Int32](repeating: 1, count: 24))
        #expect(result.count == 2 && result.rows == 24 && result.lossWeight == 24)
        #expect(result.accuracy == 0)
    }
}

/// Losses that do not fit.
@Suite struct LossErrorTests {
    @Test(arguments: LossCase.usual.indices)
    func anyLossTakesANumberForEachClass(_ index: Int) throws {
        let loss = LossCase.usual[index]
        try loss.check(output: [10], targets: Targets(classes: 10))
        try loss.check(output: [4, 5, 3], targets: Targets(classes: 3, mask: [4, 5]))
        let misfits: [(Shape, Targets)] = [
            ([9], Targets(classes: 10)), ([1, 1, 10], Targets(classes: 10)), ([1], Targets(classes: 3)),
            ([3], Targets(classes: 3, mask: [4, 5])), ([5, 4, 3], Targets(classes: 3, mask: [4, 5])),
        ]
        for (output, targets) in misfits {
            #expect(throws: LossError.self) { try loss.check(output: output, targets: targets) }
        }
        let takesOne = [BinaryCrossEntropy.kind, Focal.kind].contains(type(of: loss).kind)
        #expect(((try? loss.check(output: [1], targets: Targets(classes: 2))) != nil) == takesOne)
    }

    @Test(
        arguments: [
            (
                CrossEntropy(weights: .listed([1, 2])),
                "`cross-entropy` has 2 weights, but there are 3 classes"
            ),
            (CrossEntropy(weights: .listed([0, 0, 0])), "at least one of them above 0"),
            (CrossEntropy(weights: .listed([1, -1, 0])), "`weights` must be 0 or more"),
            (CrossEntropy(weights: .listed([1, .nan, 0])), "`weights` must be 0 or more"),
            (CrossEntropy(labelSmoothing: 1.5), "`label-smoothing` must be in 0...1, not 1.5"),
            (CrossEntropy(labelSmoothing: .nan), "`label-smoothing` must be in 0...1, not nan"),
            (Focal(alpha: -1), "`alpha` must be in 0...1"), (Focal(gamma: -1), "`gamma` must be 0 or more"),
            (Hinge(margin: 0), "`margin` must be above 0"),
            (Hinge(power: 3), "`power` must be 1 or 2, not 3"),
            (Huber(delta: 0), "`delta` must be above 0"), (Dice(smooth: -1), "`smooth` must be 0 or more"),
            (DiceCrossEntropy(smooth: .infinity), "`smooth` must be 0 or more"),
        ] as [(any Loss, String)])
    func settingsMustBeInRange(loss: any Loss, text: String) {
        let error = #expect(throws: LossError.self) {
            try loss.check(output: [3], targets: Targets(classes: 3))
        }
        #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        #expect(error?.isAboutModel == false)
    }

    @Test(
        arguments: [
            (
                CrossEntropy(), [9], Targets(classes: 10),
                "the model ends in 9, but 10 classes need 10 numbers: end the model with `dense 10`"
            ),
            (
                CrossEntropy(), [5, 5, 8], Targets(classes: 10),
                "the model ends in 5x5x8, but 10 classes need 10 numbers: end the model with `flatten` and `dense 10`"
            ),
            (
                CrossEntropy(), [1], Targets(classes: 2),
                "the model ends in 1, but 2 classes need 2 numbers: end the model with `dense 2`, or use "
                    + "`loss binary-cross-entropy`, which takes one number for two classes"
            ),
            (
                BinaryCrossEntropy(), [3], Targets(classes: 2),
                "the model ends in 3, but 2 classes need 2 numbers, or one: end the model with `dense 2`"
            ),
            (
                Dice(), [10], Targets(classes: 4, mask: [8, 8]),
                "the model ends in 10, but masks of 8x8 in 4 classes need 8x8x4: end the model with `conv 4 kernel=1` "
                    + "on maps of 8x8, without `flatten` and `dense`"
            ),
            (
                Dice(), [8, 8, 3], Targets(classes: 4, mask: [8, 8]),
                "the model ends in 8x8x3, but masks of 8x8 in 4 classes need 8x8x4: end the model with `conv 4 kernel=1`"
            ),
            (
                Dice(), [4, 4, 4], Targets(classes: 4, mask: [8, 8]),
                "the model ends in 4x4x4, but masks of 8x8 in 4 classes need 8x8x4: bring the maps back to 8x8 and end "
                    + "the model with `conv 4 kernel=1`"
            ),
        ] as [(any Loss, Shape, Targets, String)])
    func errorSaysWhatToType(loss: any Loss, output: Shape, targets: Targets, text: String) {
        let error = #expect(throws: LossError.self) { try loss.check(output: output, targets: targets) }
        #expect(error?.description == text)
        #expect(error?.isAboutModel == true)
    }

    /// The classic mistake.
    @Test func probabilitiesOfProbabilitiesAreWarnedOf() throws {
        func warning(_ last: [any Layer], _ loss: any Loss) throws -> LossWarning? {
            let network = try Network(
                name: "net", input: [4], layers: [Dense(units: 3)] + last, initializer: .he,
                random: RandomStream(key: 1))
            return loss.warning(for: network)
        }
        let found = try warning([Softmax()], CrossEntropy())
        #expect(found == .squashedTwice(layer: "softmax", loss: "cross-entropy"))
        #expect(found?.description.contains("leave `softmax` out") == true)
        #expect(try warning([Sigmoid()], BinaryCrossEntropy()) != nil)
        #expect(try warning([Softmax()], MeanSquaredError()) == nil)
        #expect(try warning([ReLU()], CrossEntropy()) == nil && warning([], Focal()) == nil)
    }

    /// What a loss prints is what declares it.
    @Test(
        arguments: [
            (CrossEntropy(), "cross-entropy"),
            (
                CrossEntropy(weights: .balanced, labelSmoothing: 0.1),
                "cross-entropy weights=balanced label-smoothing=0.1"
            ),
            (CrossEntropy(weights: .listed([1, 0.5])), "cross-entropy weights=[1.0, 0.5]"),
            (BinaryCrossEntropy(), "binary-cross-entropy"), (Focal(), "focal"),
            (Focal(alpha: nil, gamma: 1), "focal gamma=1.0 alpha=off"), (Hinge(), "hinge"),
            (Hinge(margin: 2, power: 2), "hinge margin=2.0 power=2"), (MeanSquaredError(), "mse"),
            (MeanAbsoluteError(), "mae"), (Huber(delta: 0.5), "huber delta=0.5"),
            (Dice(smooth: 0), "dice smooth=0.0"),
            (DiceCrossEntropy(), "dice-cross-entropy"),
        ] as [(any Loss, String)])
    func printsItsDeclaration(loss: any Loss, text: String) {
        #expect(loss.description == text)
    }
}
