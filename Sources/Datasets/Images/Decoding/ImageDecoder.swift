import Tensors

/// Reads and decodes image files, one at a time; keeps its memory from one to the next. For one thread.
final class ImageDecoder {
    /// A decoded image may need four bytes for each.
    static let mostPixels = 1 << 26
    private static let mostFileBytes = 1 << 28
    /// More memory than this is given back after each image.
    private static let mostKeptBytes = 1 << 24

    private let formats: [any ImageFormat] = allImageFormats.map { $0.init() }
    private var fileBytes: [UInt8] = []
    private var pixels: [UInt8] = []
    private var scaled: [UInt8] = []
    private var resampler = Resampler()

    /// Decodes a file into `target`, rows of pixels of `channels`, 1 or 3, that are `targetWidth` wide; what `place`
    /// leaves free is black.
    ///
    /// - Returns: the extent of the source, and which part of it went where.
    /// - Throws: `DatasetError` with the file.
    func decode(
        _ file: DataFile, channels: Int, targetWidth: Int, into target: UnsafeMutableBufferPointer<UInt8>,
        placing placement: (_ height: Int, _ width: Int) -> Placement
    ) throws(DatasetError) -> PlacedSource {
        try withFile(file) { (bytes, format) throws(DatasetError) in
            let (height, width) = try checkedExtent(of: bytes, format)
            let placement = placement(height, width)
            // Never below the wanted size, so that what is thrown away would be averaged anyway.
            let reduction = min(
                placement.region.height / placement.place.height,
                placement.region.width / placement.place.width)
            let extent = try format.decode(
                bytes, isGreyWanted: channels == 1, reduction: reduction, into: &pixels)
            fill(target, channels, targetWidth, from: extent, placement)
            return PlacedSource(height: height, width: width, placement: placement)
        }
    }

    /// Decodes the mask that belongs to `source` likewise.
    ///
    /// - Throws: `DatasetError` with the file, also for a class that is not below `classes`.
    func decodeClasses(
        _ file: DataFile, below classes: Int, targetWidth: Int,
        into target: UnsafeMutableBufferPointer<UInt8>, of source: PlacedSource
    ) throws(DatasetError) {
        try withFile(file) { (bytes, format) throws(DatasetError) in
            _ = try checkedExtent(of: bytes, format)
            let extent = try format.decodeClasses(bytes, into: &pixels)
            guard extent.height == source.height, extent.width == source.width else {
                throw DatasetError(
                    .maskExtent(
                        mask: Shape([extent.height, extent.width]),
                        image: Shape([source.height, source.width])))
            }
            if let wrong = pixels.prefix(extent.count).first(where: { $0 >= classes }) {
                throw DatasetError(.maskClass(Int(wrong), classes: classes))
            }
            target.update(repeating: 0)
            pixels.withUnsafeBufferPointer { pixels in
                scaleClasses(
                    ByteImage(extent, UnsafeBufferPointer(rebasing: pixels.prefix(extent.count))),
                    source.placement.region, into: target, source.placement.place, targetWidth: targetWidth)
            }
        }
    }

    /// The largest class in a mask.
    ///
    /// - Throws: `DatasetError` with the file.
    func largestClass(in file: DataFile) throws(DatasetError) -> Int {
        try withFile(file) { (bytes, format) throws(DatasetError) in
            _ = try checkedExtent(of: bytes, format)
            let extent = try format.decodeClasses(bytes, into: &pixels)
            return Int(pixels.prefix(extent.count).max() ?? 0)
        }
    }

    /// Calls `body` with a file's bytes and the format that their beginning says.
    private func withFile<Result>(
        _ file: DataFile,
        _ body: (UnsafeBufferPointer<UInt8>, any ImageFormat) throws(DatasetError) -> Result
    ) throws(DatasetError) -> Result {
        defer {
            fileBytes.shrink(to: Self.mostKeptBytes)
            pixels.shrink(to: Self.mostKeptBytes)
        }
        let count = try RegularFile(file).readAll(into: &fileBytes, most: Self.mostFileBytes)
        // Moved, so that what the body writes to is no copy.
        let fileBytes = exchange(&self.fileBytes, with: [])
        defer { self.fileBytes = fileBytes }
        do throws(DatasetError) {
            return try fileBytes.withUnsafeBufferPointer { (whole) throws(DatasetError) in
                let bytes = UnsafeBufferPointer(rebasing: whole.prefix(count))
                guard let format = formats.first(where: { type(of: $0).begins(bytes) }) else {
                    throw DatasetError(.notAnImage)
                }
                return try body(bytes, format)
            }
        } catch {
            throw DatasetError(error.reason, file: file)
        }
    }

    /// Refuses sizes that nobody means before anything is allocated for them.
    private func checkedExtent(
        of bytes: UnsafeBufferPointer<UInt8>, _ format: any ImageFormat
    ) throws(DatasetError) -> (height: Int, width: Int) {
        let (height, width) = try format.extent(of: bytes)
        let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
        guard height > 0, width > 0, !overflow, pixels <= Self.mostPixels else {
            throw DatasetError(.tooManyPixels(Shape([height, width]), most: Self.mostPixels))
        }
        return (height, width)
    }

    /// Scales what is in `pixels`, and gives it the wanted channels.
    private func fill(
        _ target: UnsafeMutableBufferPointer<UInt8>, _ channels: Int, _ targetWidth: Int,
        from extent: DecodedExtent, _ placement: Placement
    ) {
        let count = target.count / channels
        let (region, place) = placement
        if place.height * place.width < count { target.update(repeating: 0) }
        pixels.withUnsafeBufferPointer { pixels in
            let image = ByteImage(extent, UnsafeBufferPointer(rebasing: pixels.prefix(extent.count)))
            guard extent.channels != channels else {
                resampler.scale(
                    image, region, into: target, place, targetWidth: targetWidth, reduction: extent.reduction)
                return
            }
            // Bars are black in every representation that comes here: inks keep what is left white.
            scaled.grow(to: count * extent.channels)
            if place.height * place.width < count { scaled.clear() }
            scaled.withUnsafeMutableBufferPointer { scaled in
                let scaled = UnsafeMutableBufferPointer(rebasing: scaled.prefix(count * extent.channels))
                resampler.scale(
                    image, region, into: scaled, place, targetWidth: targetWidth, reduction: extent.reduction)
                convert(UnsafeBufferPointer(scaled), extent.channels, to: target, channels)
            }
        }
    }

    private func convert(
        _ source: UnsafeBufferPointer<UInt8>, _ sourceChannels: Int,
        to target: UnsafeMutableBufferPointer<UInt8>, _ channels: Int
    ) {
        switch (sourceChannels, channels) {
        case (1, _): Tensors.convert(grey: source, toColours: target)
        case (3, _): Tensors.convert(colours: source, toGrey: target)
        case (_, 3): Tensors.convert(inks: source, toColours: target)
        default:
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: target.count * 3) { colours in
                colours.initialize(repeating: 0)
                Tensors.convert(inks: source, toColours: colours)
                Tensors.convert(colours: UnsafeBufferPointer(colours), toGrey: target)
            }
        }
    }
}

/// Which part of a source image goes to which part of the target.
typealias Placement = (region: PixelRegion, place: PixelRegion)

/// A source image that was decoded, and where.
struct PlacedSource {
    let height: Int
    let width: Int
    let placement: Placement
}

extension ByteImage {
    fileprivate init(_ extent: DecodedExtent, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.init(height: extent.height, width: extent.width, channels: extent.channels, bytes: bytes)
    }
}

extension [UInt8] {
    /// Makes sure that there are at least `count`.
    mutating func grow(to count: Int) {
        if self.count < count { self = [UInt8](repeating: 0, count: count) }
    }

    /// Gives memory back if there are more than `count`.
    fileprivate mutating func shrink(to count: Int) {
        if self.count > count { self = [] }
    }

    fileprivate mutating func clear() {
        withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }
}
