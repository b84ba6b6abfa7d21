import Glibc
import Tensors

/// Turns bytes into floats, channel by channel: `(byte / 255 - mean[c]) / deviation[c]`.
package struct Normalization: Hashable, Sendable, CustomStringConvertible {
    /// Of each channel, in 0...1.
    package let mean: [Float]
    /// The standard deviation of each channel, in 0...1.
    package let deviation: [Float]

    package init(mean: [Float], deviation: [Float]) {
        precondition(
            mean.count == deviation.count && deviation.allSatisfy { $0 > 0 }, "a deviation for each channel")
        self.mean = mean
        self.deviation = deviation
    }

    /// No more than `byte / 255`.
    package static func off(channels: Int) -> Normalization {
        Normalization(
            mean: [Float](repeating: 0, count: channels), deviation: [Float](repeating: 1, count: channels))
    }

    /// Zero mean and unit deviation of each channel over all pixels of `set`, from exact integer sums; of images that
    /// must be decoded first, over 256 of them, evenly spaced. A channel that never changes keeps its scale.
    ///
    /// Images that cannot be read are left out: whoever trains on them is told.
    package init(measuring set: ImageSet, workers: Workers = Workers(threads: 1)) {
        let channels = set.imageShape[2]
        let wanted = set.isInMemory ? set.count : min(set.count, Self.decodedSample)
        let total = Monitor(ChannelSums(channels: channels))
        workers.forEach(Workers.shardCount) { shard, _ in
            var sums = ChannelSums(channels: channels)
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: set.imageShape.count) { pixels in
                pixels.initialize(repeating: 0)
                for item in Workers.shard(shard, of: wanted) {
                    let index = item * set.count / wanted
                    if (try? set.read(index, into: ImageRoom(pixels: pixels))) != nil { sums.add(pixels) }
                }
            }
            // Whole numbers: the order does not matter.
            total.withLock { $0.add(sums) }
        }
        (mean, deviation) = total.withLock { $0.meanAndDeviation }
    }

    private static let decodedSample = 256

    package var isOff: Bool { self == .off(channels: mean.count) }

    /// `mean 0.286, deviation 0.353`, three digits of each channel, or `off`.
    package var description: String {
        func list(_ numbers: [Float]) -> String { numbers.map(Self.threeDigits).joined(separator: " ") }
        return isOff ? "off" : "mean \(list(mean)), deviation \(list(deviation))"
    }

    private static func threeDigits(_ number: Float) -> String {
        guard number != 0, number.isFinite else { return "\(number)" }
        let scale = pow(10, 2 - log10(abs(Double(number))).rounded(.down))
        return "\((Double(number) * scale).rounded() / scale)"
    }

    /// Images as bytes again, for people to look at; what is beyond 0...255 is black or white.
    ///
    /// Shapes: `[..., C]`, normalised.
    package func bytes(_ images: Tensor) -> [UInt8] {
        images.withUnsafeBufferPointer { pixels in
            pixels.indices.map { index in
                let channel = index % mean.count
                let value = (pixels[index] * deviation[channel] + mean[channel]) * 255
                return UInt8(min(max(value.rounded(), 0), 255))
            }
        }
    }

    /// `byte * scale[c] + shift[c]`
    var scale: [Float] { deviation.map { 1 / (255 * $0) } }
    var shift: [Float] { zip(mean, deviation).map { -$0 / $1 } }
}

/// Sums over the pixels of images, for each channel.
private struct ChannelSums: Sendable {
    private var pixels = 0
    private var sums: [UInt64]
    private var squares: [UInt64]

    init(channels: Int) {
        sums = [UInt64](repeating: 0, count: channels)
        squares = [UInt64](repeating: 0, count: channels)
    }

    /// Adds an image of at most 2^12 x 2^12 pixels, whose squares of at most 255² fit.
    mutating func add(_ image: UnsafeMutableBufferPointer<UInt8>) {
        for channel in sums.indices {
            var (sum, square) = (0 as UInt64, 0 as UInt64)
            for index in stride(from: channel, to: image.count, by: sums.count) {
                let value = UInt64(image[index])
                sum &+= value
                square &+= value &* value
            }
            sums[channel] += sum
            squares[channel] += square
        }
        pixels += image.count / sums.count
    }

    mutating func add(_ other: ChannelSums) {
        for channel in sums.indices {
            sums[channel] += other.sums[channel]
            squares[channel] += other.squares[channel]
        }
        pixels += other.pixels
    }

    /// Both in 0...1.
    var meanAndDeviation: (mean: [Float], deviation: [Float]) {
        let count = Double(pixels)
        let means = sums.map { count > 0 ? Double($0) / count : 0 }
        return (
            means.map { Float($0 / 255) },
            zip(squares, means).map { square, mean in
                let variance = count > 0 ? Double(square) / count - mean * mean : 0
                return variance > 1e-6 ? Float(variance.squareRoot() / 255) : 1
            }
        )
    }
}
