import Tensors

extension DataSource {
    /// Shapes drawn from the seed: the same settings and seed give the same bytes, whatever the number of threads.
    /// Classes have equally many images, to within one, in random order. With masks class 0 is the background.
    ///
    /// `shouldStop` is asked on the calling thread, several times a second.
    ///
    /// - Throws: `DatasetError.setting`, or `.interrupted`.
    package static func shapes(
        _ settings: ShapeSettings = ShapeSettings(), seed: UInt64, workers: Workers = Workers(threads: 1),
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> DataSource {
        try settings.check()
        func draw(_ count: Int, _ name: String) throws(DatasetError) -> ImageSet {
            let random = RandomStream(seed: seed, name: "shapes").derived(name)
            return try ImageSet(drawing: count, settings, random, workers, shouldStop)
        }
        let names = Outline.all.prefix(settings.classes).map(\.name)
        return DataSource(
            name: "shapes", classes: settings.hasMasks ? ["background"] + names : names,
            splits: SourceSplits(
                pool: try draw(settings.count, "train"), test: try draw(settings.testCount, "test")))
    }
}

extension Dataset {
    /// `DataSource.shapes`, split.
    package static func shapes(
        _ settings: ShapeSettings = ShapeSettings(), validation: SplitSize = .fraction(0.1), seed: UInt64,
        workers: Workers = Workers(threads: 1)
    ) throws(DatasetError) -> Dataset {
        try Dataset(
            .shapes(settings, seed: seed, workers: workers),
            selection: DataSelection(validation: validation), seed: seed)
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
        let maskCount = settings.hasMasks ? settings.size * settings.size : 0
        let painter = ShapePainter(settings)
        var order = random.derived("order")
        let outlines = order.permutation(of: count).map { $0 % settings.classes }
        // Class 0 of a mask is the background.
        let labels = outlines.map { Int32(settings.hasMasks ? $0 + 1 : $0) }
        let imagesAtATime = max(Self.pixelsAtATime / shape.count, 1)
        var pixels = [UInt8](repeating: 0, count: count * shape.count)
        var masks = [UInt8](repeating: 0, count: count * maskCount)
        try pixels.withUnsafeMutableBufferPointer { (pixels) throws(DatasetError) in
            try masks.withUnsafeMutableBufferPointer { (masks) throws(DatasetError) in
                for first in stride(from: 0, to: count, by: imagesAtATime) {
                    if shouldStop() { throw DatasetError(.interrupted) }
                    workers.forEach(min(imagesAtATime, count - first)) { item, _ in
                        // Each image has a stream of its own, so it does not matter who draws it.
                        let index = first + item
                        painter.paint(
                            Outline.all[outlines[index]], label: UInt8(labels[index]),
                            random: random.derived(UInt64(index)), into: pixels.piece(index, shape.count),
                            mask: settings.hasMasks ? masks.piece(index, maskCount) : nil)
                    }
                }
            }
        }
        self.init(
            imageShape: shape, pixels: pixels, labels: labels, masks: settings.hasMasks ? masks : nil)
    }
}

extension UnsafeMutableBufferPointer {
    /// The `index`-th piece of `count` elements.
    fileprivate func piece(_ index: Int, _ count: Int) -> UnsafeMutableBufferPointer {
        UnsafeMutableBufferPointer(rebasing: self[index * count..<(index + 1) * count])
    }
}
