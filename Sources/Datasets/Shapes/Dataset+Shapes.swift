import Tensors

extension Dataset {
    /// Shapes drawn from the seed: the same settings and seed give the same bytes, whatever the number of threads.
    /// Classes have equally many images, to within one, in random order.
    ///
    /// `shouldStop` is asked on the calling thread, several times a second.
    ///
    /// - Throws: `DatasetError.setting`, or `.interrupted`.
    package static func shapes(
        _ settings: ShapeSettings = ShapeSettings(), validation: SplitSize = .fraction(0.1), seed: UInt64,
        workers: Workers = Workers(threads: 1), shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> Dataset {
        try settings.check()
        func draw(_ count: Int, _ name: String) throws(DatasetError) -> ImageSet {
            let random = RandomStream(seed: seed, name: "shapes").derived(name)
            return try ImageSet(drawing: count, settings, random, workers, shouldStop)
        }
        return try Dataset(
            name: "shapes", classes: Outline.all.prefix(settings.classes).map(\.name),
            pool: draw(settings.count, "train"), test: draw(settings.testCount, "test"),
            validation: validation, seed: seed)
    }
}

extension ImageSet {
    /// So many pixels are drawn before `shouldStop` is asked again.
    private static let pixelsAtATime = 1 << 21

    /// - Throws: `DatasetError.interrupted`.
    fileprivate init(
        drawing count: Int, _ settings: ShapeSettings, _ random: RandomStream, _ workers: Workers,
        _ shouldStop: () -> Bool
    ) throws(DatasetError) {
        let shape: Shape = [settings.size, settings.size, settings.channels]
        let painter = ShapePainter(settings)
        var order = random.derived("order")
        let labels = order.permutation(of: count).map { Int32($0 % settings.classes) }
        let imagesAtATime = max(Self.pixelsAtATime / shape.count, 1)
        var isInterrupted = false
        let pixels = [UInt8](unsafeUninitializedCapacity: count * shape.count) { pixels, filled in
            for first in stride(from: 0, to: count, by: imagesAtATime) {
                if shouldStop() {
                    isInterrupted = true
                    return
                }
                workers.forEach(min(imagesAtATime, count - first)) { item, _ in
                    // Each image has a stream of its own, so it does not matter who draws it.
                    let index = first + item
                    painter.paint(
                        Outline.all[Int(labels[index])], random: random.derived(UInt64(index)),
                        into: UnsafeMutableBufferPointer(
                            rebasing: pixels[index * shape.count..<(index + 1) * shape.count]))
                }
            }
            filled = count * shape.count
        }
        guard !isInterrupted else { throw DatasetError(.interrupted) }
        self.init(imageShape: shape, pixels: pixels, labels: labels)
    }
}
