import Datasets
import Tensors
import Testing

struct ShapesTests {
    private func make(
        seed: UInt64 = 1, threads: Int = 1, _ change: (inout ShapeSettings) -> Void = { _ in }
    ) throws -> Dataset {
        var settings = ShapeSettings.small
        change(&settings)
        return try .shapes(settings, seed: seed, workers: Workers(threads: threads))
    }

    private func pixels(_ set: ImageSet) throws -> [[UInt8]] { try (0..<set.count).map(set.image) }

    @Test func dependOnTheSeedOnly() throws {
        let data = try make()
        #expect(try pixels(try make().train) == pixels(data.train))
        #expect(try make().train.labels == data.train.labels)
        #expect(try pixels(try make(seed: 2).train) != pixels(data.train))
        #expect(try pixels(data.test) != Array(pixels(data.train).prefix(20)))
    }

    @Test(arguments: [2, 3])
    func dependOnNoThread(threads: Int) throws {
        // Larger than is drawn at a time.
        let change = { (settings: inout ShapeSettings) in (settings.total, settings.size) = (60, 160) }
        let data = try make(change)
        let other = try make(threads: threads, change)
        #expect(try pixels(other.train) == pixels(data.train) && pixels(other.test) == pixels(data.test))
    }

    @Test func canBeInterrupted() throws {
        var settings = ShapeSettings()
        (settings.total, settings.size) = (600, 160)
        var asked = 0
        let error = #expect(throws: DatasetError.self) {
            try Dataset.shapes(settings, seed: 1) {
                asked += 1
                return asked == 2
            }
        }
        #expect(error?.reason == .interrupted && asked == 2)
    }

    /// Grain around one grey, where nothing is cut off: its mean is 0, its deviation a quarter of `noise`.
    @Test func grainHasTheDeviationThatWasAskedFor() throws {
        let data = try make { ($0.noise, $0.difficulty, $0.size, $0.channels) = (0.2, 0, 24, 1) }
        let clean = try make { ($0.noise, $0.difficulty, $0.size, $0.channels) = (0, 0, 24, 1) }
        var noise: [Double] = []
        for (noisy, clean) in zip(try pixels(data.train).joined(), try pixels(clean.train).joined())
        // Noise of 4 deviations more would still be in 0...255.
        where (51...204).contains(clean) {
            noise.append(Double(noisy) - Double(clean))
        }
        let mean = noise.reduce(0, +) / Double(noise.count)
        let deviation = (noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(noise.count))
            .squareRoot()
        #expect(noise.count > 1000 && abs(mean) < 1)
        #expect(abs(deviation - 0.05 * 255) < 0.6, "\(deviation)")
    }

    @Test(arguments: [20, 23, 6000])
    func aSixthOfAllIsForTesting(total: Int) {
        var settings = ShapeSettings()
        settings.total = total
        #expect(settings.testCount == total / 6 && settings.total == total)
        #expect(ShapeSettings().total == 6000 && ShapeSettings().testCount == 1000)
    }

    @Test(arguments: ShapeSettings.classCounts)
    func areBalanced(classes: Int) throws {
        let data = try make { $0.classes = classes }
        #expect(data.classes.count == classes && Set(data.classes).count == classes)
        #expect(data.train.count == 180 && data.validation.count == 20 && data.test.count == 20)
        let counts = zip(
            data.train.classCounts(classes: classes), data.validation.classCounts(classes: classes)
        )
        .map { $0 + $1 }
        #expect(counts.max().map { $0 <= 200 / classes + 1 } == true)
        #expect(counts.min().map { $0 >= 200 / classes } == true)
    }

    /// Without difficulty and noise a class is one outline, and no two classes have the same.
    @Test(arguments: [12, 28])
    func classesDiffer(size: Int) throws {
        let data = try make {
            $0.classes = ShapeSettings.classCounts.upperBound
            ($0.size, $0.channels, $0.noise, $0.difficulty) = (size, 1, 0, 0)
        }
        var outlines: [Int: Set<[Bool]>] = [:]
        for index in 0..<data.train.count {
            try outlines[data.train.label(at: index), default: []].insert(
                data.train.image(at: index).map { $0 > 127 })
        }
        #expect(outlines.count == ShapeSettings.classCounts.upperBound)
        for (label, outline) in outlines {
            #expect(outline.count == 1, "\(data.classes[label])")
            // Some, but not all of the image.
            let area = outline.first.map { $0.count { $0 } } ?? 0
            #expect((size * size / 20..<size * size / 2).contains(area), "\(data.classes[label]): \(area)")
        }
        #expect(Set(outlines.values).count == ShapeSettings.classCounts.upperBound)
    }

    @Test func difficultyVariesAndNoiseBlurs() throws {
        func images(_ noise: Double, _ difficulty: Double) throws -> Int {
            let data = try make {
                ($0.classes, $0.channels, $0.noise, $0.difficulty) = (2, 1, noise, difficulty)
            }
            return Set(try pixels(data.train).map { image in image.map { $0 > 127 } }).count
        }
        #expect(try images(0, 0) == 2)
        #expect(try images(0, 1) > 150)
        #expect(try images(1, 0) > 150)
    }

    static let badSettings: [(String, @Sendable (inout ShapeSettings) -> Void)] = [
        ("size", { $0.size = 7 }), ("size", { $0.size = 257 }), ("classes", { $0.classes = 1 }),
        ("classes", { $0.classes = 11 }), ("channels", { $0.channels = 2 }), ("noise", { $0.noise = 1.1 }),
        ("noise", { $0.noise = .nan }), ("difficulty", { $0.difficulty = -0.1 }), ("count", { $0.count = 0 }),
        ("count", { $0.count = .max }), ("count", { $0.total = 19 }), ("count", { $0.total = 200_001 }),
        ("test count", { $0.testCount = -1 }), ("test count", { $0.testCount = .max }),
        ("count", { ($0.total, $0.size) = (100_000, 256) }),
    ]

    /// The limits are those of the number that a user types.
    @Test(arguments: [20, 200_000])
    func asManyAsTheLimitsSayAreDrawn(total: Int) throws {
        let data = try make { ($0.total, $0.size, $0.channels, $0.noise) = (total, 8, 1, 0) }
        #expect(data.train.count + data.validation.count + data.test.count == total)
    }

    @Test func saysHowManyImagesFitIntoMemory() {
        let error = #expect(throws: DatasetError.self) { try make { ($0.total, $0.size) = (6000, 256) } }
        #expect(error?.message == "count must be at most 5461 for images of 256x256x3, not 6000")
    }

    @Test(arguments: badSettings.indices)
    func refusesSettingsOutOfRange(_ index: Int) {
        let (name, change) = Self.badSettings[index]
        let error = #expect(throws: DatasetError.self) { try make(change) }
        guard case .setting(name, _, _) = error?.reason else {
            Issue.record("\(String(describing: error)) instead of one about \(name)")
            return
        }
    }
}
