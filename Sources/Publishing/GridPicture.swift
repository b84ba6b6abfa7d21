import CommandLanguage

/// Small images side by side, each pixel a square, with their captions, of one line or more, below them.
struct GridPicture {
    private let images: [ImageGrid.Image]
    private let columns: Int
    private let cell: Double
    private static let gap = 10.0
    /// About, at the size of captions.
    private static let letterWidth = 6.2
    private static let lineHeight = 14.0
    private let captionHeight: Double

    /// As many columns as have room for images of at least 72 points, more where captions are longer.
    init(_ grid: ImageGrid, width: Double) {
        images = grid.images
        let lines = images.map { $0.caption.split(separator: "\n") }
        captionHeight = Double(lines.map(\.count).max() ?? 0) * Self.lineHeight + 4
        let letters = lines.joined().map(\.count).max() ?? 0
        let least = min(max(72, Double(letters) * Self.letterWidth), 160)
        let fitting = max(Int((width + Self.gap) / (least + Self.gap)), 1)
        columns = max(min(images.count, fitting), 1)
        let room = (width - Double(columns - 1) * Self.gap) / Double(columns)
        cell = min(room, 160)
    }

    var height: Double {
        let rows = (images.count + columns - 1) / columns
        return Double(rows) * (cell + captionHeight + Self.gap)
    }

    func draw(on canvas: Canvas, at area: Area) {
        for (index, image) in images.enumerated() {
            let left = area.left + Double(index % columns) * (cell + Self.gap)
            let top = area.top + Double(index / columns) * (cell + captionHeight + Self.gap)
            draw(image, on: canvas, left: left, top: top)
            for (line, text) in image.caption.split(separator: "\n").enumerated() {
                canvas.text(
                    canvas.clipped(String(text), to: cell, size: 11), left + cell / 2,
                    top + cell + 13 + Double(line) * Self.lineHeight, size: 11, .center)
            }
        }
    }

    private func draw(_ image: ImageGrid.Image, on canvas: Canvas, left: Double, top: Double) {
        let side = cell / Double(max(image.height, image.width, 1))
        for y in 0..<image.height {
            for x in 0..<image.width {
                let start = (y * image.width + x) * image.channels
                func channel(_ index: Int) -> Double {
                    Double(image.bytes[start + (image.channels == 3 ? index : 0)]) / 255
                }
                // A hair wider, so that no paper shines through between squares.
                canvas.fill(
                    left + Double(x) * side, top + Double(y) * side, side + 0.3, side + 0.3,
                    Canvas.Color(red: channel(0), green: channel(1), blue: channel(2)))
            }
        }
    }
}
