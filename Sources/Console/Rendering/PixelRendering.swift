import CommandLanguage

extension Terminal {
    /// The images as pixels, side by side and each over its caption, as many as fit; nil if the terminal takes none.
    func renderPixels(_ grid: ImageGrid) -> String? {
        guard graphics != .none, !grid.images.isEmpty else { return nil }
        let gap = 2
        let size = imageSize(of: grid)
        let fitting = max((width + gap) / (size.columns + gap), 1)
        var lines: [String] = []
        for start in stride(from: 0, to: grid.images.count, by: fitting) {
            if start > 0 { lines.append("") }
            let row = Array(grid.images[start..<min(start + fitting, grid.images.count)])
            lines.append(encoded(row, size, gap: gap))
            let captions = row.map { $0.caption.split(separator: "\n").map { String($0).printable } }
            for line in 0..<(captions.map(\.count).max() ?? 0) {
                lines.append(
                    captions.map { caption in
                        let text = line < caption.count ? caption[line] : ""
                        return text.clipped(to: size.columns, mark: cutMark).padded(to: size.columns + gap)
                    }.joined())
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// In characters: about 96 pixels high for small images, larger ones as they are, at most the screen's width.
    private func imageSize(of grid: ImageGrid) -> (columns: Int, rows: Int) {
        let largest = grid.images.map { max($0.height, $0.width) }.max() ?? 1
        let pixels = min(max(96, largest), width * cell.width)
        let columns = max((pixels + cell.width - 1) / cell.width, 8)
        return (min(columns, width), max(min(columns, width) * cell.width / cell.height, 1))
    }

    private func encoded(
        _ images: [ImageGrid.Image], _ size: (columns: Int, rows: Int), gap: Int
    ) -> String {
        let (wide, high) = (size.columns * cell.width, size.rows * cell.height)
        let columns = images.count * (size.columns + gap) - gap
        var bitmap = Bitmap(width: columns * cell.width, height: high)
        for (index, image) in images.enumerated() {
            let left = index * (size.columns + gap) * cell.width
            let side = Double(max(image.height, image.width, 1))
            let scale = Double(min(wide, high)) / side
            for y in 0..<min(Int(Double(image.height) * scale), high) {
                for x in 0..<min(Int(Double(image.width) * scale), wide) {
                    bitmap[left + x, y] = image.color(
                        min(Int(Double(y) / scale), image.height - 1),
                        min(Int(Double(x) / scale), image.width - 1))
                }
            }
        }
        return graphics == .kitty ? bitmap.kitty(columns: columns, rows: size.rows) : bitmap.sixels
    }
}

extension ImageGrid.Image {
    fileprivate func color(_ row: Int, _ column: Int) -> Color {
        let start = (row * width + column) * channels
        let (green, blue) = channels >= 3 ? (start + 1, start + 2) : (start, start)
        return Color(red: bytes[start], green: bytes[green], blue: bytes[blue])
    }
}
