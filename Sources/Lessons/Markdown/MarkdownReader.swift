import CCmark
import CommandLanguage

/// The blocks of a CommonMark document.
struct MarkdownReader {
    /// The file, for errors in its cells.
    let name: String

    func blocks(of text: String) -> [PlacedBlock] {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        guard let document = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT) else { return [] }
        defer { cmark_node_free(document) }
        return blocks(in: document)
    }

    private func blocks(in node: OpaquePointer) -> [PlacedBlock] {
        children(of: node).map { PlacedBlock(block: block($0), line: Int(cmark_node_get_start_line($0))) }
    }

    private func block(_ node: OpaquePointer) -> MarkdownBlock {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING: .heading(Int(cmark_node_get_heading_level(node)), text(of: node))
        case CMARK_NODE_PARAGRAPH: .paragraph(text(of: node))
        case CMARK_NODE_CODE_BLOCK: code(node)
        case CMARK_NODE_BLOCK_QUOTE: .quote(blocks(in: node))
        case CMARK_NODE_LIST:
            .list(
                isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
                children(of: node).map(blocks))
        case CMARK_NODE_HTML_BLOCK: .html(literal(node))
        default: .other
        }
    }

    private func code(_ node: OpaquePointer) -> MarkdownBlock {
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        // The text begins in the line after the opening fence.
        let line = Int(cmark_node_get_start_line(node)) + 1
        return .code(info: info, Source(name: name, text: literal(node), firstLine: line))
    }

    private func text(of node: OpaquePointer) -> MarkdownText {
        var text = MarkdownText(parts: [])
        collect(node, isStrong: false, into: &text)
        return text
    }

    private func collect(_ node: OpaquePointer, isStrong: Bool, into text: inout MarkdownText) {
        for child in children(of: node) {
            switch cmark_node_get_type(child) {
            case CMARK_NODE_TEXT: text.append(literal(child), isStrong)
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text.append(" ", isStrong)
            case CMARK_NODE_CODE: text.parts.append(.code(literal(child)))
            case CMARK_NODE_STRONG: collect(child, isStrong: true, into: &text)
            case CMARK_NODE_EMPH, CMARK_NODE_LINK: collect(child, isStrong: isStrong, into: &text)
            default: break
            }
        }
    }

    private func literal(_ node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private func children(of node: OpaquePointer) -> [OpaquePointer] {
        Array(
            sequence(first: cmark_node_first_child(node)) { $0.flatMap(cmark_node_next) }.prefix { $0 != nil }
        )
        .compactMap(\.self)
    }
}

extension MarkdownText {
    /// Neighbouring words of one kind are one part.
    fileprivate mutating func append(_ words: String, _ isStrong: Bool) {
        if case .words(let before, isStrong)? = parts.last {
            parts[parts.count - 1] = .words(before + words, isStrong: isStrong)
        } else {
            parts.append(.words(words, isStrong: isStrong))
        }
    }
}

extension Source {
    /// A Markdown file as a script: the cells of its fences marked `cairn`, each at its place in the file, so that errors
    /// point there. In a lesson each exercise gives its first answer; other cells in `<details>` do not run.
    package static func cells(ofMarkdown text: String, name: String) -> [Source] {
        LessonReader.read(text, file: name, name: name).steps.flatMap(\.commands)
    }
}
