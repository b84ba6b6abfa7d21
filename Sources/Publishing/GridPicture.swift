import CommandLanguage

/// Small images side by side, each pixel a square, with their captions below them.
struct GridPicture {
    private let images: [ImageGrid.Image]
    private let columns: Int
    private let cell: Double
    private static let gap = 10.0
    private static let captionHeight = 18.0

    /// As many columns as have room for images of at least 72 points.
    init(_ grid: ImageGrid, width: Double) {
        images = grid.images
        let fitting = max(Int((width + Self.gap) / (72 + Self.gap)), 1)
        columns = max(min(images.count, fitting), 1)
        let room = (width - Double(columns - 1) * Self.gap) / Double(columns)
        cell = min(room, 160)
    }

    var height: Double {
        let rows = (images.count + columns - 1) / columns
        return Double(rows) * (cell + Self.captionHeight + Self.gap)
    }

    func draw(on canvas: Canvas, at area: Area) {
        for (index, image) in images.enumerated() {
            let left = area.left + Double(index % columns) * (cell + Self.gap)
            let top = area.top + Double(index / columns) * (cell + Self.captionHeight + Self.gap)
            draw(image, on: canvas, left: left, top: top)
            var caption = image.caption
            while canvas.width(of: caption, size: 11) > cell, caption.count > 1 {
                caption = String(caption.dropLast(caption.hasSuffix("\u{2026}") ? 2 : 1)) + "\u{2026}"
            }
            canvas.text(caption, left + cell / 2, top + cell + 13, size: 11, .center)
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
