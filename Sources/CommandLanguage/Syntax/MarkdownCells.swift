/// The cells of a Markdown file: the contents of its fences marked `cairn`, each at its place in the file, so that
/// errors point there. A fence that is not closed ends with the file, as CommonMark has it.
package func cairnCells(inMarkdown text: String, name: String) -> [Source] {
    var cells: [Source] = []
    var fence: Fence?
    var lines: [String] = []
    var firstLine = 0
    func finish() {
        if fence?.isCairn == true {
            cells.append(Source(name: name, text: lines.joined(separator: "\n") + "\n", firstLine: firstLine))
        }
        (fence, lines) = (nil, [])
    }
    let all = text.withoutByteOrderMark.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in all.enumerated() {
        if let open = fence {
            if open.isClosed(by: line) { finish() } else { lines.append(open.contents(of: line)) }
        } else if let opening = Fence(opening: line) {
            fence = opening
            firstLine = index + 2
        }
    }
    finish()
    return cells
}

/// A line of three or more backticks or tildes.
private struct Fence {
    let mark: Character
    let length: Int
    let indent: Int
    let isCairn: Bool

    init?(opening line: Substring) {
        let content = line.drop { $0 == " " }
        guard let mark = content.first, mark == "`" || mark == "~" else { return nil }
        let info = content.drop { $0 == mark }
        length = content.count - info.count
        guard length >= 3, mark == "~" || !info.contains("`") else { return nil }
        self.mark = mark
        indent = line.count - content.count
        isCairn = info.trimmingBlanks.prefix { $0 != " " } == "cairn"
    }

    func isClosed(by line: Substring) -> Bool {
        let content = line.trimmingBlanks
        return content.count >= length && content.allSatisfy { $0 == mark }
    }

    /// Without the indentation of the fence, at most.
    func contents(of line: Substring) -> String {
        String(line.dropFirst(line.prefix(indent).count { $0 == " " }))
    }
}
