import CKernels
import Tensors

/// One image in a batch with its mask, and room to work in.
package struct AugmentedImage {
    package let height: Int
    package let width: Int
    package let channels: Int
    /// Rows of pixels of channels.
    package let pixels: UnsafeMutableBufferPointer<Float>
    /// In segmentation the class of each pixel, which moves along with it (nearest neighbour, class 0 from outside).
    package let mask: UnsafeMutableBufferPointer<UInt8>?
    /// How `pixels` are still to be normalised: from 0...1, or not at all. Its mean is what moves in from outside.
    package let pending: Normalization
    package let scratch: Scratch

    package init(
        height: Int, width: Int, channels: Int, pixels: UnsafeMutableBufferPointer<Float>,
        mask: UnsafeMutableBufferPointer<UInt8>? = nil, pending: Normalization, scratch: Scratch
    ) {
        precondition(pixels.count == height * width * channels, "rows of pixels of channels")
        precondition(mask.map { $0.count == height * width } ?? true, "a class for each pixel")
        precondition(pending.mean.count == channels, "a mean for each channel")
        self.height = height
        self.width = width
        self.channels = channels
        self.pixels = pixels
        self.mask = mask
        self.pending = pending
        self.scratch = scratch
    }

    /// Where the pixels are.
    ///
    /// - Precondition: an image has pixels.
    var base: UnsafeMutablePointer<Float> {
        guard let base = pixels.baseAddress else { preconditionFailure("an image has pixels") }
        return base
    }

    /// A copy of the pixels, and behind it so many floats more: valid until the scratch is used otherwise.
    func copy(andRoomFor more: Int = 0) -> UnsafeMutablePointer<Float> {
        let copy = scratch.floats(pixels.count + more)
        copy.update(from: base, count: pixels.count)
        return copy
    }

    /// Moves pixels and mask by whole pixels; the channel's mean moves in.
    package func move(down: Int, right: Int) {
        guard down != 0 || right != 0 else { return }
        let source = copy()
        fill(rows: 0..<height, columns: 0..<width)
        moveRows(from: source, to: base, size: channels, down, right)
        guard let mask, let target = mask.baseAddress else { return }
        let classes = scratch.bytes(mask.count)
        classes.update(from: target, count: mask.count)
        mask.update(repeating: 0)
        moveRows(from: classes, to: target, size: 1, down, right)
    }

    private func moveRows<Element>(
        from source: UnsafePointer<Element>, to target: UnsafeMutablePointer<Element>, size: Int, _ down: Int,
        _ right: Int
    ) {
        let kept = width - abs(right)
        guard kept > 0, abs(down) < height else { return }
        for row in max(down, 0)..<min(height + down, height) {
            (target + (row * width + max(right, 0)) * size).update(
                from: source + ((row - down) * width + max(-right, 0)) * size, count: kept * size)
        }
    }

    /// Sees the image through a map about its centre; the channel's mean lies beyond.
    package func warp(_ map: LinearMap) {
        guard map != .identity else { return }
        let (x, y) = (Float(width - 1) / 2, Float(height - 1) / 2)
        warp(
            (map.xx, map.xy, x - map.xx * x - map.xy * y, map.yx, map.yy, y - map.yx * x - map.yy * y),
            bounds: nil)
    }

    /// Enlarges a part of the image to the whole.
    package func enlarge(_ region: PixelRegion) {
        guard region != PixelRegion(height: height, width: width) else { return }
        let across = Float(region.width) / Float(width)
        let down = Float(region.height) / Float(height)
        let (left, top) = (Float(region.left), Float(region.top))
        warp(
            (across, 0, left + across / 2 - 0.5, 0, down, top + down / 2 - 0.5),
            bounds: (left, left + Float(region.width - 1), top, top + Float(region.height - 1)))
    }

    private typealias Bounds = (Float, Float, Float, Float)

    /// As `cairn_warp` says.
    private func warp(_ map: (Float, Float, Float, Float, Float, Float), bounds: Bounds?) {
        let source = copy()
        withUnsafeBytes(of: map) { map in
            let map = map.assumingMemoryBound(to: Float.self).baseAddress
            if let bounds {
                withUnsafeBytes(of: bounds) { bounds in
                    cairn_warp(
                        height, width, channels, source, map,
                        bounds.assumingMemoryBound(to: Float.self).baseAddress, pending.mean, base)
                }
            } else {
                cairn_warp(height, width, channels, source, map, nil, pending.mean, base)
            }
            guard let mask, let target = mask.baseAddress else { return }
            let classes = scratch.bytes(mask.count)
            classes.update(from: target, count: mask.count)
            cairn_warp_mask(height, width, classes, map, target)
        }
    }

    /// Fills a part of the pixels with the channel's mean, or with what is so many deviations from it after
    /// normalisation.
    func fill(rows: Range<Int>, columns: Range<Int>, deviations: Float = 0) {
        guard !rows.isEmpty, !columns.isEmpty else { return }
        let first = base + (rows.lowerBound * width + columns.lowerBound) * channels
        pending.mean.withUnsafeBufferPointer { mean in
            pending.deviation.withUnsafeBufferPointer { deviation in
                for column in 0..<columns.count {
                    for channel in 0..<channels {
                        first[column * channels + channel] = mean[channel] + deviations * deviation[channel]
                    }
                }
            }
        }
        for row in 1..<rows.count {
            (first + row * width * channels).update(from: first, count: columns.count * channels)
        }
    }

    /// Whether the channels are red, green and blue.
    var isColored: Bool { channels == 3 }
}
