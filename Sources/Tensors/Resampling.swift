import CKernels

/// A rectangle of an image, in whole pixels.
package struct PixelRegion: Hashable, Sendable {
    package var top: Int
    package var left: Int
    package var height: Int
    package var width: Int

    package init(top: Int = 0, left: Int = 0, height: Int, width: Int) {
        self.top = top
        self.left = left
        self.height = height
        self.width = width
    }

    /// Whether it has pixels and lies within an image of that size.
    package func fits(height: Int, width: Int) -> Bool {
        top >= 0 && left >= 0 && self.height > 0 && self.width > 0 && top + self.height <= height
            && left + self.width <= width
    }
}

/// An image of bytes that somebody else keeps: rows of pixels of channels.
package struct ByteImage {
    package let height: Int
    package let width: Int
    package let channels: Int
    package let bytes: UnsafeBufferPointer<UInt8>

    package init(height: Int, width: Int, channels: Int, bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count == height * width * channels, "\(height)x\(width)x\(channels) bytes")
        self.height = height
        self.width = width
        self.channels = channels
        self.bytes = bytes
    }
}

/// Scales images of bytes; keeps its memory from one to the next. For one thread.
package struct Resampler {
    private var scratch: [Float] = []

    package init() {}

    /// Scales a part of `image` into the part `place` of a target that is `targetWidth` pixels wide: bilinear, and
    /// anti-aliased when it gets smaller (Pillow's `BILINEAR` to within 1).
    ///
    /// The region may be one of a source that is `reduction` times as large as the image.
    ///
    /// - Precondition: `region` lies within the source, and `place` within the target.
    package mutating func scale(
        _ image: ByteImage, _ region: PixelRegion, into target: UnsafeMutableBufferPointer<UInt8>,
        _ place: PixelRegion, targetWidth: Int, reduction: Int = 1
    ) {
        let line = targetWidth * image.channels
        precondition(
            region.fits(height: image.height * reduction, width: image.width * reduction),
            "a part of the source")
        precondition(place.fits(height: target.count / line, width: targetWidth), "a part of the target")
        let rows = Span(region.top, region.height, reduction, of: image.height)
        let columns = Span(region.left, region.width, reduction, of: image.width)
        var geometry = cairn_resampling(
            input_width: Int32(image.width), channels: Int32(image.channels), top: Int32(rows.first),
            left: Int32(columns.first), height: Int32(rows.count), width: Int32(columns.count),
            first_row: rows.offset, first_column: columns.offset, rows: rows.extent,
            columns: columns.extent, output_height: Int32(place.height), output_width: Int32(place.width),
            output_line: Int32(line))
        let needed = cairn_resampling_scratch(&geometry)
        if scratch.count < needed { scratch = [Float](repeating: 0, count: needed) }
        guard let x = image.bytes.baseAddress, let y = target.baseAddress else { return }
        cairn_resample(&geometry, x, y + place.top * line + place.left * image.channels, &scratch)
    }
}

/// A run of pixels along one axis, and where in it the wanted part lies.
private struct Span {
    let first: Int
    let count: Int
    let offset: Double
    let extent: Double

    init(_ start: Int, _ extent: Int, _ reduction: Int, of size: Int) {
        let begin = Double(start) / Double(reduction)
        self.extent = Double(extent) / Double(reduction)
        first = Int(begin)
        count = min(Int((begin + self.extent).rounded(.up)), size) - first
        offset = begin - Double(first)
    }
}

/// Scales a part of a mask into the part `place` of a target that is `targetWidth` pixels wide. Classes cannot be
/// blended: each pixel takes the nearest one's (Pillow's `NEAREST`).
///
/// - Precondition: `region` lies within the mask, and `place` within the target.
package func scaleClasses(
    _ mask: ByteImage, _ region: PixelRegion, into target: UnsafeMutableBufferPointer<UInt8>,
    _ place: PixelRegion, targetWidth: Int
) {
    precondition(mask.channels == 1, "one class for each pixel")
    precondition(region.fits(height: mask.height, width: mask.width), "a part of the mask")
    precondition(place.fits(height: target.count / targetWidth, width: targetWidth), "a part of the target")
    for row in 0..<place.height {
        let source = (region.top + (2 * row + 1) * region.height / (2 * place.height)) * mask.width
        let line = (place.top + row) * targetWidth + place.left
        for column in 0..<place.width {
            let nearest = region.left + (2 * column + 1) * region.width / (2 * place.width)
            target[line + column] = mask.bytes[source + nearest]
        }
    }
}
