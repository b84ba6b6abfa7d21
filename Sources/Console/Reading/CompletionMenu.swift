import CommandLanguage

/// What Tab does with the candidates.
package enum CompletionMenu: Equatable {
    case nothing
    /// Replaces a range of UTF-8 offsets.
    case replace(Range<Int>, with: String)
    /// There is nothing more in common: all are shown.
    case list([CompletionList.Item])

    /// One candidate is taken; of several, what their beginnings have in common; if that is typed already, all are listed.
    package init(_ list: CompletionList, in text: String, at cursor: Int) {
        let bytes = Array(text.utf8)
        let range = list.range.clamped(to: 0..<bytes.count)
        let typed = String(
            decoding: bytes[range.lowerBound..<max(range.lowerBound, min(cursor, range.upperBound))],
            as: UTF8.self)
        guard let first = list.items.first else {
            self = .nothing
            return
        }
        if list.items.count == 1 {
            let isFollowed = range.upperBound < bytes.count && bytes[range.upperBound] == UInt8(ascii: " ")
            self = .replace(range, with: first.text + (first.endsWord && !isFollowed ? " " : ""))
            return
        }
        let common = list.items.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
        if common.utf8.count > typed.utf8.count, common.hasPrefix(typed) {
            self = .replace(range.lowerBound..<max(cursor, range.lowerBound), with: common)
        } else {
            self = .list(list.items)
        }
    }

    /// The candidates in lines that fit: a name and its summary in each, or only names in columns.
    package static func lines(_ items: [CompletionList.Item], width: Int, limit: Int, cutMark: String)
        -> [StyledText]
    {
        let names = items.map { $0.text.displayWidth }.max() ?? 0
        let rows: [StyledText]
        let perRow: Int
        if items.allSatisfy(\.summary.isEmpty) {
            perRow = max(1, width / (names + 2))
            rows = stride(from: 0, to: items.count, by: perRow).map { start in
                let row = items[start..<min(items.count, start + perRow)]
                return StyledText(
                    row.map { $0.text.padded(to: names) }.joined(separator: "  ").clipped(
                        to: width, mark: cutMark))
            }
        } else {
            perRow = 1
            let column = min(names, width / 2)
            rows = items.map { item in
                let name = item.text.clipped(to: column, mark: cutMark)
                guard !item.summary.isEmpty else { return StyledText(name, .code) }
                let summary = item.summary.clipped(to: max(0, width - column - 2), mark: cutMark)
                return StyledText([.init(name.padded(to: column) + "  ", .code), .init(summary, .faint)])
            }
        }
        guard rows.count > limit else { return rows }
        let shown = max(1, limit - 1)
        return rows.prefix(shown) + [StyledText("... and \(items.count - shown * perRow) more", .faint)]
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
