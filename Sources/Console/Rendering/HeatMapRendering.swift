import CommandLanguage

// Dark is much; the numbers stand beside the shades where there is room:
//
//     validation: true classes down, answers across
//                 0      1      2
//     circle    \u{2593}   9  \u{2591}   1  \u{2591}   1
//     square    \u{2591}   2  \u{2588}  11      0
//
// Shades are characters and not colours, so that they are the same on any background and for anybody.

extension Terminal {
    package func render(_ map: HeatMap) -> String {
        let margin = min((map.rows + [map.yLabel]).map(\.displayWidth).max() ?? 0, width / 3)
        let numbers = map.values.map { $0.map { $0.isFinite ? $0.sixDigits : "" } }
        let widest = max(
            numbers.joined().map(\.displayWidth).max() ?? 0, map.columns.map(\.displayWidth).max() ?? 0)
        let room = width - margin - 2
        let full = widest + 4
        let writes = full * map.columns.count <= room
        // Where the numbers do not fit, columns are merged until the shades do.
        let merged = writes ? 1 : max((map.columns.count + max(room, 1) - 1) / max(room, 1), 1)
        let count = (map.columns.count + merged - 1) / merged
        let cell = writes ? full : max(min(room / max(count, 1), 3), 1)
        var lines = map.title.isEmpty ? [] : [paint(map.title.printable, Ink(.heading))]
        if writes {
            let heads = map.columns.map { $0.printable.indented(to: cell) }.joined()
            lines.append(paint(map.yLabel.printable.padded(to: margin + 2) + heads, Ink(.faint)))
        }
        for row in map.rows.indices {
            let label = map.rows[row].printable.clipped(to: margin, mark: cutMark).padded(to: margin) + "  "
            let cells = (0..<count).map { index -> String in
                let shades = (index * merged..<min((index + 1) * merged, map.columns.count))
                    .compactMap { map.shade(row: row, column: $0) }
                let shade = shades.max().map(self.shade) ?? " "
                guard writes else { return String(repeating: shade, count: cell) }
                return "  " + shade + numbers[row][index].indented(to: cell - 3)
            }
            lines.append(paint(label, Ink(.faint)) + cells.joined())
        }
        if !writes, let first = map.columns.first, let last = map.columns.last {
            let end = max(count * cell - last.displayWidth, first.displayWidth + 1)
            let axis = first.printable.padded(to: end) + last.printable
            lines.append(paint(String(repeating: " ", count: margin + 2) + axis, Ink(.faint)))
        }
        let range = map.range
        let key =
            "\(range.lowerBound.sixDigits) " + shades.joined() + " \(range.upperBound.sixDigits)"
        lines.append(
            paint(String(repeating: " ", count: margin + 2) + map.xLabel.printable + "   " + key, Ink(.faint))
        )
        return lines.map { $0 + "\n" }.joined()
    }

    /// What is there at all is not quite white.
    private func shade(_ share: Double) -> String {
        shades[share > 0 ? min(1 + Int(share * Double(shades.count - 1)), shades.count - 1) : 0]
    }

    /// From nothing to the most.
    private var shades: [String] {
        (isUnicode ? " \u{2591}\u{2592}\u{2593}\u{2588}" : " .:*#").map(String.init)
    }
}
