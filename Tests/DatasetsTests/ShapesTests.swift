import Datasets
import Tensors
import Testing

struct ShapesTests {
    private func make(seed: UInt64 = 1, _ change: (inout ShapeSettings) -> Void = { _ in }) throws -> Dataset
    {
        var settings = ShapeSettings.small
        change(&settings)
        return try .shapes(settings, seed: seed)
    }

    private func pixels(_ set: ImageSet) -> [[UInt8]] { (0..<set.count).map(set.image) }

    @Test func dependOnTheSeedOnly() throws {
        let data = try make()
        #expect(pixels(try make().train) == pixels(data.train))
        #expect(try make().train.labels == data.train.labels)
        #expect(pixels(try make(seed: 2).train) != pixels(data.train))
        #expect(pixels(data.test) != Array(pixels(data.train).prefix(20)))
    }

    @Test(arguments: 2...ShapeSettings.mostClasses)
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
            $0.classes = ShapeSettings.mostClasses
            ($0.size, $0.channels, $0.noise, $0.difficulty) = (size, 1, 0, 0)
        }
        var outlines: [Int: Set<[Bool]>] = [:]
        for index in 0..<data.train.count {
            outlines[data.train.label(at: index), default: []].insert(
                data.train.image(at: index).map { $0 > 127 })
        }
        #expect(outlines.count == ShapeSettings.mostClasses)
        for (label, outline) in outlines {
            #expect(outline.count == 1, "\(data.classes[label])")
            // Some, but not all of the image.
            let area = outline.first.map { $0.count { $0 } } ?? 0
            #expect((size * size / 20..<size * size / 2).contains(area), "\(data.classes[label]): \(area)")
        }
        #expect(Set(outlines.values).count == ShapeSettings.mostClasses)
    }

    @Test func difficultyVariesAndNoiseBlurs() throws {
        func images(_ noise: Float, _ difficulty: Float) throws -> Int {
            let data = try make {
                ($0.classes, $0.channels, $0.noise, $0.difficulty) = (2, 1, noise, difficulty)
            }
            return Set(pixels(data.train).map { image in image.map { $0 > 127 } }).count
        }
        #expect(try images(0, 0) == 2)
        #expect(try images(0, 1) > 150)
        #expect(try images(1, 0) > 150)
    }

    static let badSettings: [(String, @Sendable (inout ShapeSettings) -> Void)] = [
        ("size", { $0.size = 7 }), ("size", { $0.size = 257 }), ("classes", { $0.classes = 1 }),
        ("classes", { $0.classes = 11 }), ("channels", { $0.channels = 2 }), ("noise", { $0.noise = 1.1 }),
        ("noise", { $0.noise = .nan }), ("difficulty", { $0.difficulty = -0.1 }), ("count", { $0.count = 0 }),
        ("test count", { $0.testCount = -1 }),
        ("count and size", { ($0.count, $0.size) = (100_000, 256) }),
    ]

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
