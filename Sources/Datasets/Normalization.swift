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
    /// must be decoded first, over 512 of them, evenly spaced. A channel that never changes keeps its scale.
    ///
    /// Images that cannot be read are left out: whoever trains on them is told.
    package init(measuring set: ImageSet) {
        let channels = set.imageShape[2]
        var sums = [UInt64](repeating: 0, count: channels)
        var squares = [UInt64](repeating: 0, count: channels)
        let wanted = set.isInMemory ? set.count : min(set.count, Self.decodedSample)
        var measured = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: set.imageShape.count) { pixels in
            pixels.initialize(repeating: 0)
            for item in 0..<wanted {
                guard (try? set.read(item * set.count / wanted, into: ImageRoom(pixels: pixels))) != nil
                else {
                    continue
                }
                measured += 1
                for channel in 0..<channels {
                    // 2^12 x 2^12 pixels of at most 255² fit.
                    var (sum, square) = (0 as UInt64, 0 as UInt64)
                    for index in stride(from: channel, to: pixels.count, by: channels) {
                        let value = UInt64(pixels[index])
                        sum &+= value
                        square &+= value &* value
                    }
                    sums[channel] += sum
                    squares[channel] += square
                }
            }
        }
        let count = Double(measured * set.imageShape[0] * set.imageShape[1])
        let means = sums.map { count > 0 ? Double($0) / count : 0 }
        mean = means.map { Float($0 / 255) }
        deviation = zip(squares, means).map { square, mean in
            let variance = count > 0 ? Double(square) / count - mean * mean : 0
            return variance > 1e-6 ? Float(variance.squareRoot() / 255) : 1
        }
    }

    private static let decodedSample = 512

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

    /// `byte * scale[c] + shift[c]`
    var scale: [Float] { deviation.map { 1 / (255 * $0) } }
    var shift: [Float] { zip(mean, deviation).map { -$0 / $1 } }
}
