extension Value {
    /// The value as it is shown by `print` and in texts: numbers with six significant digits, long lists and
    /// records abbreviated.
    package var formatted: String {
        switch self {
        case .nothing: "nothing"
        case .number(let number): number.sixDigits
        case .boolean(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .list(let elements): "[" + Self.abbreviated(elements) { $0.brief(depth: 1) } + "]"
        case .range(let lower, let upper):
            "\(lower.sixDigits)..\(upper.sixDigits)"
        case .size(let extents): extents.map(String.init).joined(separator: "x")
        case .record(let record):
            record.names.isEmpty
                ? "{}"
                : "{ "
                    + Self.abbreviated(record.names, limit: 12) {
                        "\($0): \(record[$0]?.brief(depth: 1) ?? "")"
                    } + " }"
        }
    }

    /// The value in an error: texts in backticks and cut, containers without their contents.
    var quoted: String {
        switch self {
        case .nothing: return "nothing"
        case .text(let text):
            let line = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
            return "`\(line.count > 40 ? line.prefix(39) + "..." : line)`"
        case .record: return "a record"
        case .list(let elements) where elements.count > 8: return "a list of \(elements.count)"
        default: return formatted
        }
    }

    /// What kind of value it is, with its article.
    package var kindName: String {
        switch self {
        case .nothing: "nothing"
        case .number: "a number"
        case .boolean: "true or false"
        case .text: "text"
        case .list: "a list"
        case .range: "a range"
        case .size: "a size"
        case .record: "a record"
        }
    }

    /// The value inside others, so many levels deep.
    private func brief(depth: Int) -> String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .list(let elements):
            elements.count > 4 || (depth > 3 && !elements.isEmpty)
                ? "[\(elements.count) value\(elements.count == 1 ? "" : "s")]"
                : "[" + elements.map { $0.brief(depth: depth + 1) }.joined(separator: ", ") + "]"
        case .record(let record): "{ \(Self.abbreviated(record.names, limit: 4) { $0 }) }"
        default: formatted
        }
    }

    /// The first ones, a count of those left out, the last: the end of a history matters as much as its start.
    private static func abbreviated<Part>(
        _ parts: [Part], limit: Int = 10, _ text: (Part) -> String
    ) -> String {
        guard parts.count > limit else { return parts.map(text).joined(separator: ", ") }
        let head = parts.prefix(limit - 2).map(text).joined(separator: ", ")
        return "\(head), ... (\(parts.count - limit + 1) more), \(text(parts[parts.count - 1]))"
    }
}
