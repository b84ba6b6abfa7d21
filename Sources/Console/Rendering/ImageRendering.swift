import CommandLanguage

// Half a character is about square: the upper half block in one colour on another shows two pixels, one over the other.

extension Terminal {
    /// Columns between images.
    fileprivate static let imageGap = 2

    /// The images side by side, as many as fit, each over its caption.
    package func render(_ grid: ImageGrid) -> String {
        if let pixels = renderPixels(grid) { return pixels }
        let gap = Self.imageGap
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
        let line =
            colors >= .indexed && isUnicode
            ? halfBlocks(pairs) : picture.signs(rows: row * 2...row * 2 + 1) ?? ramp(pairs)
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
    private let signs: [Character]

    /// The narrowest that leaves room for a short caption.
    private static let leastColumns = 12

    /// What it takes with its caption.
    var columns: Int { max(width, min(caption.map(\.displayWidth).max() ?? 0, Self.leastColumns)) }

    func color(_ row: Int, _ column: Int) -> Color { colors[row * width + column] }

    /// Two rows of an image whose pixels have signs as one line, in which the lower one is seen where the upper is blank;
    /// nil for others.
    func signs(rows: ClosedRange<Int>) -> String? {
        guard !signs.isEmpty else { return nil }
        return String(
            (0..<width).map { column in
                rows.prefix { $0 < height }.map { signs[$0 * width + column] }.first { $0 != " " } ?? " "
            })
    }

    init(_ image: ImageGrid.Image, fitting limit: Int) {
        caption = image.caption.split(separator: "\n").map { String($0).printable }
        let enlarged = max(1, Self.leastColumns / max(1, image.width, image.height))
        let width = Self.reduced(image.width * enlarged, fitting: limit)
        let scale = Double(width) / Double(max(image.width, 1))
        let height = Int((Double(image.height) * scale).rounded())
        (self.height, self.width) = (height, width)
        /// The pixels that become one, with their shares of it.
        func sources(_ index: Int, of count: Int) -> [(index: Int, share: Double)] {
            let (start, end) = (Double(index) / scale, min(Double(index + 1) / scale, Double(count)))
            return (Int(start)..<max(Int(end.rounded(.up)), Int(start) + 1)).map {
                ($0, max(min(Double($0 + 1), end) - max(Double($0), start), 0) / (end - start))
            }
        }
        let columns = (0..<width).map { sources($0, of: image.width) }
        let rows = (0..<height).map { sources($0, of: image.height) }
        colors = rows.flatMap { row in
            columns.map { column in
                func channel(_ channel: Int) -> UInt8 {
                    let sum = row.reduce(0.0) { sum, y in
                        column.reduce(sum) { sum, x in
                            let pixel = y.index * image.width + x.index
                            return sum + y.share * x.share
                                * Double(image.bytes[pixel * image.channels + channel])
                        }
                    }
                    return UInt8(min(sum.rounded(), 255))
                }
                let red = channel(0)
                return image.channels >= 3
                    ? Color(red: red, green: channel(1), blue: channel(2))
                    : Color(red: red, green: red, blue: red)
            }
        }
        signs =
            image.signs.isEmpty
            ? []
            : rows.flatMap { row in columns.map { image.signs[row[0].index * image.width + $0[0].index] } }
    }

    /// A width reduced to the screen's, and that of an image of some detail by up to an eighth if one more fits then
    /// beside it.
    private static func reduced(_ width: Int, fitting limit: Int) -> Int {
        let (full, gap) = (min(width, limit), Terminal.imageGap)
        let smaller = (limit + gap) / ((limit + gap) / (full + gap) + 1) - gap
        return full >= 2 * leastColumns && smaller * 8 >= full * 7 ? smaller : full
    }
}
