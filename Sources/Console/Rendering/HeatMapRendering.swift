import CommandLanguage

// Full is much; the numbers stand beside the shades where there is room, and the key below says which are between them:
//
//     validation: true classes down, answers across
//                 0      1      2
//     circle    \u{2588}   9  \u{2592}   1  \u{2592}   1
//     square    \u{2592}   2  \u{2588}  11      0
//               answer   0 \u{2591} 0.688 \u{2592} 2.75 \u{2593} 6.19 \u{2588} 11
//
// Shades are characters and not colours, so that they are the same on any background and for anybody.

extension Terminal {
    package func render(_ map: HeatMap) -> String {
        let margin = min((map.rows + [map.yLabel]).map(\.displayWidth).max() ?? 0, width / 3)
        let numbers = map.values.map { $0.map { $0.isFinite ? $0.sixDigits : "" } }
        let widest = max(
            numbers.joined().map(\.displayWidth).max() ?? 0, map.columns.map(\.displayWidth).max() ?? 0)
        let room = width - margin - 2
        // At least a space, the shade and the number.
        let writes = (widest + 2) * map.columns.count <= room
        // Where the numbers do not fit, columns are merged until the shades do.
        let merged = writes ? 1 : max((map.columns.count + max(room, 1) - 1) / max(room, 1), 1)
        let count = (map.columns.count + merged - 1) / merged
        let cell = writes ? min(widest + 4, room / max(count, 1)) : max(min(room / max(count, 1), 3), 1)
        let gap = writes && cell > widest + 2 ? 2 : 1
        var lines = map.title.isEmpty ? [] : [paint(map.title.printable, Ink(.heading))]
        if writes {
            let heads = map.columns.map { $0.printable.indented(to: cell) }.joined()
            lines.append(paint(map.yLabel.printable.padded(to: margin + 2) + heads, Ink(.faint)))
        } else if !map.yLabel.isEmpty {
            lines.append(paint(map.yLabel.printable.clipped(to: width, mark: cutMark), Ink(.faint)))
        }
        for row in map.rows.indices {
            let label = map.rows[row].printable.clipped(to: margin, mark: cutMark).padded(to: margin) + "  "
            let cells = (0..<count).map { index -> String in
                let shades = (index * merged..<min((index + 1) * merged, map.columns.count))
                    .compactMap { map.shade(row: row, column: $0) }
                let shade = shades.max().map(self.shade) ?? " "
                guard writes else { return String(repeating: shade, count: cell) }
                let number = numbers[row][index].indented(to: cell - gap - 1)
                return String(repeating: " ", count: gap) + shade
                    + (shade == " " ? paint(number, Ink(.faint)) : number)
            }
            lines.append(paint(label, Ink(.faint)) + cells.joined())
        }
        if !writes, let first = map.columns.first, let last = map.columns.last {
            let end = max(count * cell - last.displayWidth, first.displayWidth + 1)
            let axis = first.printable.padded(to: end) + last.printable
            lines.append(paint(String(repeating: " ", count: margin + 2) + axis, Ink(.faint)))
        }
        lines.append(
            paint(String(repeating: " ", count: margin + 2) + map.xLabel.printable + "   ", Ink(.faint))
                + key(map))
        return lines.map { $0 + "\n" }.joined()
    }

    /// The shades, between the values where one ends and the next begins.
    private func key(_ map: HeatMap) -> String {
        let steps = shades.count - 1
        return shades.dropFirst().enumerated().reduce(
            paint(map.value(ofShade: 0).significant(3), Ink(.faint))
        ) { key, shade in
            let end = map.value(ofShade: Double(shade.offset + 1) / Double(steps))
            return key + " " + shade.element + " " + paint(end.significant(3), Ink(.faint))
        }
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
