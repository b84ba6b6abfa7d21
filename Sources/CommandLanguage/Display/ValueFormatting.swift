extension Value {
    /// The value as it is shown by `print` and in texts: numbers with six significant digits, long lists and
    /// records abbreviated.
    package var formatted: String {
        switch self {
        case .nothing: "nothing"
        case .number(let number): number.sixDigits
        case .boolean(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .list(let elements): "[" + Self.abbreviated(elements.map(\.brief)) + "]"
        case .range(let lower, let upper):
            "\(lower.sixDigits)..\(upper.sixDigits)"
        case .size(let extents): extents.map(String.init).joined(separator: "x")
        case .record(let record):
            record.names.isEmpty
                ? "{}"
                : "{ "
                    + Self.abbreviated(record.names.map { "\($0): \(record[$0]?.brief ?? "")" }, limit: 12)
                    + " }"
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

    /// The value inside another.
    private var brief: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .list(let elements) where elements.count > 4: "[\(elements.count) values]"
        case .record(let record): "{ \(Self.abbreviated(record.names, limit: 4)) }"
        default: formatted
        }
    }

    /// The first ones, a count of those left out, the last: the end of a history matters as much as its start.
    private static func abbreviated(_ parts: [String], limit: Int = 10) -> String {
        guard parts.count > limit else { return parts.joined(separator: ", ") }
        let head = parts.prefix(limit - 2).joined(separator: ", ")
        return "\(head), ... (\(parts.count - limit + 1) more), \(parts[parts.count - 1])"
    }
}
