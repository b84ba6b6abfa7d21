import Tensors

/// What the procedurally drawn set of coloured shapes looks like.
package struct ShapeSettings: Hashable, Sendable {
    /// Images for training and validation together, and for testing.
    package var count = 6000
    package var testCount = 1000
    /// Of a side, in pixels.
    package var size = 28
    /// 1 (grey) or 3 (red, green, blue).
    package var channels = 3
    /// How many kinds of shape, 2...10.
    package var classes = 5
    /// Of each channel of each pixel: 1 has a standard deviation of a quarter of the whole range.
    package var noise: Float = 0.1
    /// 0: upright, centred, one size, bright on dark. 1: any place, angle, size and colours, specks and occlusion.
    package var difficulty: Float = 0.5

    package static let sizes = 8...256
    package static let counts = 1...100_000
    package static var mostClasses: Int { Outline.all.count }

    package init() {}

    fileprivate func check() throws(DatasetError) {
        func check<T: Comparable>(_ name: String, _ value: T, in range: ClosedRange<T>) throws(DatasetError) {
            guard range.contains(value) else {
                throw DatasetError(.setting(name, found: "\(value)", allowed: "in \(range)"))
            }
        }
        try check("size", size, in: Self.sizes)
        try check("classes", classes, in: 2...Self.mostClasses)
        try check("count", count, in: Self.counts)
        try check("test count", testCount, in: 0...Self.counts.upperBound)
        try check("noise", noise, in: 0...1)
        try check("difficulty", difficulty, in: 0...1)
        guard [1, 3].contains(channels) else {
            throw DatasetError(.setting("channels", found: "\(channels)", allowed: "1 or 3"))
        }
        let bytes = (count + testCount) * size * size * channels
        guard bytes <= IDX.mostBytes else {
            throw DatasetError(
                .setting(
                    "count and size", found: "\(bytes) bytes in all",
                    allowed: "at most \(IDX.mostBytes) bytes"))
        }
    }
}

extension Dataset {
    /// Shapes drawn from the seed: the same settings and seed give the same bytes. Classes have equally many images,
    /// to within one, in random order.
    package static func shapes(
        _ settings: ShapeSettings = ShapeSettings(), validation: SplitSize = .fraction(0.1), seed: UInt64
    ) throws(DatasetError) -> Dataset {
        try settings.check()
        let random = RandomStream(seed: seed, name: "shapes")
        return try Dataset(
            name: "shapes", classes: Outline.all.prefix(settings.classes).map(\.name),
            pool: ImageSet(drawing: settings.count, settings, random: random.derived("train")),
            test: ImageSet(drawing: settings.testCount, settings, random: random.derived("test")),
            validation: validation, seed: seed)
    }
}

extension ImageSet {
    fileprivate init(drawing count: Int, _ settings: ShapeSettings, random: RandomStream) {
        let shape: Shape = [settings.size, settings.size, settings.channels]
        let painter = ShapePainter(settings)
        var order = random.derived("order")
        let labels = order.permutation(of: count).map { UInt8($0 % settings.classes) }
        let pixels = [UInt8](unsafeUninitializedCapacity: count * shape.count) { pixels, filled in
            for (index, label) in labels.enumerated() {
                let image = UnsafeMutableBufferPointer(
                    rebasing: pixels[index * shape.count..<(index + 1) * shape.count])
                painter.paint(Outline.all[Int(label)], random: random.derived(UInt64(index)), into: image)
            }
            filled = count * shape.count
        }
        self.init(imageShape: shape, pixels: pixels, labels: labels)
    }
}
