import CommandLanguage

/// A block of a Markdown document, as far as lessons are made of them.
indirect enum MarkdownBlock {
    /// Levels 1...6.
    case heading(Int, MarkdownText)
    case paragraph(MarkdownText)
    /// A fence or an indented block: what stands after the opening backticks, and the text at its place in the file.
    case code(info: String, Source)
    case quote([PlacedBlock])
    case list(isOrdered: Bool, [[PlacedBlock]])
    /// As it stands there: `<details>`, or a comment.
    case html(String)
    /// A table, an image and everything else that a terminal does not show.
    case other
}

extension MarkdownBlock {
    /// The cell that it is; nil if it is something else, or code of another language.
    var cell: Source? {
        guard case .code(let info, let source) = self, info.prefix(while: { $0 != " " }) == "cairn" else {
            return nil
        }
        return source
    }

    /// The cell that it is, or those of its items.
    var cells: [Source] {
        switch self {
        case .quote(let blocks): blocks.flatMap(\.block.cells)
        case .list(_, let items): items.joined().flatMap(\.block.cells)
        default: cell.map { [$0] } ?? []
        }
    }
}

/// A block with the line of the file that it begins in, from 1.
struct PlacedBlock {
    let block: MarkdownBlock
    let line: Int
}

/// Text with code in it: words, and spans between backticks.
struct MarkdownText {
    enum Part {
        case words(String, isStrong: Bool)
        case code(String)
    }

    var parts: [Part]

    /// As it is read, without backticks and stars.
    var plain: String {
        parts.map { part in
            switch part {
            case .words(let text, _), .code(let text): text
            }
        }.joined()
    }

    /// Code stands between backticks, as in messages.
    var styled: StyledText {
        StyledText(
            parts.map { part in
                switch part {
                case .words(let text, let isStrong): .init(text, isStrong ? .strong : .plain)
                case .code(let text): .init("`\(text)`")
                }
            })
    }

    /// The spans of code.
    var codes: [String] {
        parts.compactMap { part in
            if case .code(let text) = part { text } else { nil }
        }
    }
}
