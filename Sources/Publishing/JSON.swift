import CommandLanguage

/// A value as JSON has it (RFC 8259); an object's members stay in order.
enum JSON {
    case null
    case boolean(Bool)
    /// Null if it is not finite: JSON has no such numbers.
    case number(Double)
    case text(String)
    case array([JSON])
    case object([Member])

    typealias Member = (name: String, value: JSON)

    /// On one line, in ASCII and UTF-8.
    var encoded: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .number(let number): text += number.isFinite ? number.literal : "null"
        case .text(let string): Self.write(string, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSON {
    /// Null for nil.
    init(_ text: String?) { self = text.map(JSON.text) ?? .null }
    init(_ number: Double?) { self = number.map(JSON.number) ?? .null }

    init(_ value: Value) {
        self =
            switch value {
            case .nothing: .null
            case .number(let number): .number(number)
            case .boolean(let flag): .boolean(flag)
            case .text(let text): .text(text)
            case .list(let elements): .array(elements.map { JSON($0) })
            case .range(let lower, let upper): .array([.number(lower), .number(upper)])
            case .size(let extents): .array(extents.map { .number(Double($0)) })
            case .record(let record):
                .object(record.names.map { ($0, record[$0].map { JSON($0) } ?? .null) })
            }
    }
}
