import CommandLanguage

// Half a character is about square: the upper half block in one colour on another shows two pixels, one over the other.

extension Terminal {
    /// The images side by side, as many as fit, each over its caption.
    package func render(_ grid: ImageGrid) -> String {
        if let pixels = renderPixels(grid) { return pixels }
        let gap = 2
        let pictures = grid.images.map { Picture($0, fitting: width) }
        var lines: [String] = []
        var rest = pictures[...]
        while !rest.isEmpty {
            var (count, used) = (0, -gap)
            for picture in rest {
                used += gap + picture.columns
                if count > 0, used > width { break }
                count += 1
            }
            lines += sideBySide(Array(rest.prefix(count)), gap: gap)
            rest = rest.dropFirst(count)
            if !rest.isEmpty { lines.append("") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func sideBySide(_ pictures: [Picture], gap: Int) -> [String] {
        let rows = pictures.map { ($0.height + 1) / 2 }.max() ?? 0
        let separator = String(repeating: " ", count: gap)
        var lines = (0..<rows).map { row in
            trimmed(pictures.map { pixels(of: $0, row: row) }.joined(separator: separator))
        }
        for line in 0..<(pictures.map(\.caption.count).max() ?? 0) {
            let captions = pictures.map { picture in
                let text = line < picture.caption.count ? picture.caption[line] : ""
                return text.clipped(to: picture.columns, mark: cutMark).padded(to: picture.columns)
            }
            lines.append(trimmed(captions.joined(separator: separator)))
        }
        return lines
    }

    private func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// One row of characters of a picture, as wide as its columns.
    private func pixels(of picture: Picture, row: Int) -> String {
        let isEmpty = row * 2 >= picture.height
        guard !isEmpty else { return String(repeating: " ", count: picture.columns) }
        let pairs = (0..<picture.width).map { column in
            (
                upper: picture.color(row * 2, column),
                lower: row * 2 + 1 < picture.height ? picture.color(row * 2 + 1, column) : nil
            )
        }
        let line = colors >= .indexed && isUnicode ? halfBlocks(pairs) : ramp(pairs)
        return line + String(repeating: " ", count: picture.columns - picture.width)
    }

    private func halfBlocks(_ pairs: [(upper: Color, lower: Color?)]) -> String {
        var line = ""
        var rest = pairs[...]
        while let (upper, lower) = rest.first {
            // One escape for a run of pixels that look alike.
            let run = rest.prefix { $0.upper == upper && $0.lower == lower }.count
            let codes = [code(38, upper)] + (lower.map { [code(48, $0)] } ?? [])
            line += paint(String(repeating: "\u{2580}", count: run), Ink(codes: codes.joined(separator: ";")))
            rest = rest.dropFirst(run)
        }
        return line
    }

    private func ramp(_ pairs: [(upper: Color, lower: Color?)]) -> String {
        let ramp = Array(" .:-=+*#%@")
        return String(
            pairs.map { upper, lower in
                let brightness = (upper.brightness + (lower ?? upper).brightness) / 2
                return ramp[min(ramp.count - 1, Int(brightness * Double(ramp.count)))]
            })
    }

    private func code(_ ground: Int, _ color: Color) -> String {
        colors == .full
            ? "\(ground);2;\(color.red);\(color.green);\(color.blue)" : "\(ground);5;\(color.index)"
    }
}

/// An image in the pixels that are drawn: small ones enlarged, wide ones reduced.
private struct Picture {
    /// In lines.
    let caption: [String]
    let height: Int, width: Int
    private let colors: [Color]

    /// The narrowest that leaves room for a short caption.
    private static let leastColumns = 12

    /// What it takes with its caption.
    var columns: Int { max(width, min(caption.map(\.displayWidth).max() ?? 0, Self.leastColumns)) }

    func color(_ row: Int, _ column: Int) -> Color { colors[row * width + column] }

    init(_ image: ImageGrid.Image, fitting limit: Int) {
        caption = image.caption.split(separator: "\n").map { String($0).printable }
        let enlarged = max(1, 8 / max(1, image.width, image.height))
        let reduced = max(1, (image.width + limit - 1) / max(1, limit))
        let (height, width) = (image.height * enlarged / reduced, image.width * enlarged / reduced)
        (self.height, self.width) = (height, width)
        func channel(_ channel: Int, _ row: Int, _ column: Int) -> UInt8 {
            // The mean of the pixels that become one.
            var sum = 0
            for y in 0..<reduced {
                for x in 0..<reduced {
                    let pixel =
                        (row * reduced + y) / enlarged * image.width + (column * reduced + x) / enlarged
                    sum += Int(image.bytes[pixel * image.channels + channel])
                }
            }
            return UInt8(sum / (reduced * reduced))
        }
        colors = (0..<height * width).map { index in
            let (row, column) = (index / width, index % width)
            let red = channel(0, row, column)
            guard image.channels >= 3 else { return Color(red: red, green: red, blue: red) }
            return Color(red: red, green: channel(1, row, column), blue: channel(2, row, column))
        }
    }
}
