/// A piece of a text that the parser takes as one.
struct Token: Sendable {
    enum Kind: Sendable {
        case word(String)
        case number(Double)
        case size([Int])
        case range(Double, Double)
        case text([TextPart])
        /// `$base.val.accuracy`: the name, then the fields.
        case variable(String, fields: [String])
        /// `.last` right after a `)` or `]`.
        case field(String)
        case symbol(Symbol)
        case invalid(ScriptError.Kind)
        case end
    }

    let kind: Kind
    let span: Span
    /// Nothing stands between it and the token before: `rate=0.1` is one argument, `$x[0]` one element.
    let isGlued: Bool

    var symbol: Symbol? {
        if case .symbol(let symbol) = kind { symbol } else { nil }
    }

    var word: String? {
        if case .word(let word) = kind { word } else { nil }
    }
}

/// The marks of the language; the raw value is how a mark is typed.
enum Symbol: String, Sendable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case semicolon = ";"
    case newline = "\n"
    case equals = "="
    case arrow = "->"
    // Only between parentheses; in a command `>` is a word like any other.
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"
    case caret = "^"
    case doubleStar = "**"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case dots = ".."

    /// What closes it, if it is an opening bracket.
    var closing: Symbol? {
        switch self {
        case .leftParenthesis: .rightParenthesis
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }

    var isClosing: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }
}
