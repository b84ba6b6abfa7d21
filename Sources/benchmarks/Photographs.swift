import CTurboJPEG
import Foundation
import Tensors

/// A folder of JPEG files that cost as much to decode as ImageNet's: 500x375, quality 90, 100 KB each. They show random
/// numbers on grids from coarse to fine.
struct Photographs: ~Copyable {
    static let height = 375
    static let width = 500
    private static let quality: Int32 = 90

    let folder: URL

    /// Half of them in each of two classes.
    init(count: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "cairn-photographs-\(UUID().uuidString)")
        for label in 0..<2 {
            let place = folder.appending(path: "class\(label)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 0..<count / 2 {
                let pixels = Self.pixels(RandomStream(key: UInt64(count * label + index)))
                try Self.encoded(pixels).write(to: place.appending(path: "\(index).jpg"))
            }
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func pixels(_ random: RandomStream) -> [UInt8] {
        var random = random
        var levels = [Float](repeating: 128, count: height * width * 3)
        // Cells of 128 pixels, of 64, ... of one.
        for octave in 0..<8 {
            let cell = 128 >> octave
            let columns = width / cell + 2
            let contrast = Float(cell).squareRoot().squareRoot() * 44
            let grid = (0..<columns * (height / cell + 2) * 3).map { _ in contrast * (random.uniform() - 0.5)
            }
            for row in 0..<height {
                let down = Float(row % cell) / Float(cell)
                for column in 0..<width {
                    let across = Float(column % cell) / Float(cell)
                    let corner = (row / cell * columns + column / cell) * 3
                    for channel in corner..<corner + 3 {
                        let upper = grid[channel] + across * (grid[channel + 3] - grid[channel])
                        let next = channel + 3 * columns
                        let lower = grid[next] + across * (grid[next + 3] - grid[next])
                        levels[(row * width + column) * 3 + channel - corner] +=
                            upper + down * (lower - upper)
                    }
                }
            }
        }
        return levels.map { UInt8(min(max($0, 0), 255)) }
    }

    private static func encoded(_ pixels: [UInt8]) throws -> Data {
        let compressor = tjInitCompress()
        var file: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        defer {
            tjFree(file)
            tjDestroy(compressor)
        }
        let status = tjCompress2(
            compressor, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &file, &count,
            Int32(TJSAMP_420.rawValue), quality, 0)
        guard status == 0, let file else { throw CocoaError(.fileWriteUnknown) }
        return Data(bytes: file, count: Int(count))
    }
}
