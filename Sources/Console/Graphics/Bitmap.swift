/// Pixels for a terminal that takes some; those that are not set show what is behind them.
struct Bitmap: Equatable {
    let width: Int, height: Int
    private var pixels: [Color?]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        pixels = Array(repeating: nil, count: width * height)
    }

    subscript(x: Int, y: Int) -> Color? {
        get { pixels[y * width + x] }
        set { pixels[y * width + x] = newValue }
    }

    /// Rows of red, green, blue and opacity.
    var bytes: [UInt8] {
        pixels.flatMap { $0.map { [$0.red, $0.green, $0.blue, 255] } ?? [0, 0, 0, 0] as [UInt8] }
    }
}
