import Glibc
import Tensors

/// Draws one image of a class; what is not the class is chance, and more of it as difficulty grows.
struct ShapePainter {
    let settings: ShapeSettings
    private let size: Float
    private let difficulty: Float
    /// How far colours are from grey, 0...1.
    private let vividness: Float

    init(_ settings: ShapeSettings) {
        self.settings = settings
        size = Float(settings.size)
        difficulty = Float(settings.difficulty)
        vividness = settings.channels == 1 ? 0 : 0.8
    }

    /// Fills `size * size * channels` bytes, and the mask with `label` where the shape can be seen, else 0.
    func paint(
        _ outline: Outline, label: UInt8, random: RandomStream, into bytes: UnsafeMutableBufferPointer<UInt8>,
        mask: UnsafeMutableBufferPointer<UInt8>?
    ) {
        var random = random
        let background = Color.random(
            &random, from: 0.05, to: 0.05 + 0.3 * difficulty, vividness: vividness / 2)
        let foreground = Color.random(&random, from: 1 - 0.3 * difficulty, to: 1, vividness: vividness)
        // Up to a third of the images are dark on bright.
        let isInverted = random.uniform() < difficulty / 3

        var canvas = Canvas(size: settings.size, background: background)
        let pose = Pose(size: size, difficulty: difficulty, random: &random)
        for _ in 0..<Int(4 * difficulty * random.uniform() + 0.5) { addSpeck(to: &canvas, &random) }
        canvas.fill(foreground, label, around: pose.center, radius: pose.radius) { x, y in
            outline.distance(pose.local(x, y)) * pose.radius
        }
        if random.uniform() < 0.4 * difficulty {
            addOcclusion(to: &canvas, across: pose, background, &random)
        }

        write(canvas, isInverted: isInverted, to: bytes, random: random)
        if let mask { _ = mask.update(fromContentsOf: canvas.labels) }
    }

    /// A small disc that means nothing.
    private func addSpeck(to canvas: inout Canvas, _ random: inout RandomStream) {
        let (x, y) = (random.uniform() * size, random.uniform() * size)
        let radius = size * random.uniform(in: 0.03...0.07)
        let color = Color.random(&random, from: 0.4, to: 1, vividness: vividness)
        canvas.fill(color, 0, around: Point(x: x, y: y), radius: radius) {
            Point(x: $0 - x, y: $1 - y).length - radius
        }
    }

    /// A band of background across the shape, off its middle.
    private func addOcclusion(
        to canvas: inout Canvas, across pose: Pose, _ color: Color, _ random: inout RandomStream
    ) {
        let angle = random.uniform() * 2 * Float.pi
        let (nx, ny) = (cos(angle), sin(angle))
        let offset = pose.radius * random.uniform(in: 0.2...0.7)
        let half = pose.radius * random.uniform(in: 0.08...0.18)
        canvas.fill(color, 0, around: pose.center, radius: pose.radius) { x, y in
            abs((x - pose.center.x) * nx + (y - pose.center.y) * ny - offset) - half
        }
    }

    private func write(
        _ canvas: Canvas, isInverted: Bool, to bytes: UnsafeMutableBufferPointer<UInt8>,
        random: RandomStream
    ) {
        var grain = Grain(
            deviation: Float(settings.noise) * 0.25, count: settings.size * settings.channels, random)
        let (start, sign): (Float, Float) = isInverted ? (1, -1) : (0, 1)
        var index = 0
        for row in 0..<settings.size {
            grain.renew()
            let first = index
            func put(_ value: Float) {
                let noisy = start + sign * value + grain[index - first]
                bytes[index] = UInt8(min(max(noisy, 0), 1) * 255 + 0.5)
                index += 1
            }
            for pixel in canvas.pixels[row * settings.size..<(row + 1) * settings.size] {
                put(pixel.red)
                if settings.channels == 3 {
                    put(pixel.green)
                    put(pixel.blue)
                }
            }
        }
    }
}

/// Where a shape lies, how large it is and how it is turned.
private struct Pose {
    /// Both in pixels.
    let center: Point
    let radius: Float
    private let cosine: Float
    private let sine: Float

    init(size: Float, difficulty: Float, random: inout RandomStream) {
        radius = size * 0.38 * (1 - 0.35 * difficulty * random.uniform())
        let room = 0.8 * difficulty * (size / 2 - radius)
        center = Point(
            x: size / 2 + room * random.uniform(in: -1...1), y: size / 2 + room * random.uniform(in: -1...1))
        let angle = difficulty * 0.5 * Float.pi * random.uniform(in: -1...1)
        (cosine, sine) = (cos(angle), sin(angle))
    }

    /// A pixel's place in the outline's own plane.
    func local(_ x: Float, _ y: Float) -> Point {
        let p = Point(x: (x - center.x) / radius, y: (y - center.y) / radius)
        return Point(x: cosine * p.x + sine * p.y, y: cosine * p.y - sine * p.x)
    }
}

/// Red, green and blue in 0...1.
private struct Color {
    var red: Float
    var green: Float
    var blue: Float

    /// A random hue; `vividness` 0 is grey. Its brightest part lies between `from` and `to`.
    static func random(
        _ random: inout RandomStream, from darkest: Float, to brightest: Float, vividness: Float
    ) -> Color {
        let value = random.uniform(in: darkest...brightest)
        let hue = random.uniform() * 3
        // How far the hue is from each primary, on a circle of length 3.
        func part(_ index: Float) -> Float {
            let away = abs(hue - index)
            return value * (1 - vividness * min(min(away, 3 - away), 1))
        }
        return Color(red: part(0), green: part(1), blue: part(2))
    }
}

/// An image in the making.
private struct Canvas {
    private static let runLength = 16

    let size: Int
    private(set) var pixels: [Color]
    /// What each pixel's middle shows.
    private(set) var labels: [UInt8]

    init(size: Int, background: Color) {
        self.size = size
        pixels = [Color](repeating: background, count: size * size)
        labels = [UInt8](repeating: 0, count: size * size)
    }

    /// Lays `color` and `label` over the pixels of a disc where `distance` is negative; edges are anti-aliased.
    ///
    /// `distance` is in pixels and grows by no more than one per pixel, so what it is in the middle of a run of
    /// pixels can tell that all of them are inside, or outside.
    mutating func fill(
        _ color: Color, _ label: UInt8, around center: Point, radius: Float,
        where distance: (_ x: Float, _ y: Float) -> Float
    ) {
        func extent(_ middle: Float) -> Range<Int> {
            let last = min(Int(middle + radius) + 2, size)
            return min(max(Int(middle - radius) - 1, 0), last)..<last
        }
        for row in extent(center.y) {
            let (columns, y) = (extent(center.x), Float(row) + 0.5)
            for first in stride(from: columns.lowerBound, to: columns.upperBound, by: Self.runLength) {
                let run = first..<min(first + Self.runLength, columns.upperBound)
                let reach = Float(run.count) / 2
                let middle = distance(Float(first) + reach, y)
                // Half a pixel more than the run's half length, for the edge's own width.
                guard middle < reach + 0.5 else { continue }
                for column in run {
                    let cover =
                        middle < -reach - 0.5
                        ? 1 : min(max(0.5 - distance(Float(column) + 0.5, y), 0), 1)
                    guard cover > 0 else { continue }
                    pixels[row * size + column].blend(color, cover)
                    if cover > 0.5 { labels[row * size + column] = label }
                }
            }
        }
    }
}

extension Color {
    fileprivate mutating func blend(_ other: Color, _ amount: Float) {
        red += (other.red - red) * amount
        green += (other.green - green) * amount
        blue += (other.blue - blue) * amount
    }
}
