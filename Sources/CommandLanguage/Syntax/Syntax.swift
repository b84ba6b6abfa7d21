// The syntax tree. Two nodes are equal when they say the same, wherever they stand.

/// A parsed text.
struct Script: Sendable {
    let source: Source
    let statements: [Statement]
    /// Names that statements with a syntax error would have defined: nobody complains that they are missing.
    let brokenNames: Set<String>
}

/// A name with its place.
struct Identifier: Sendable, Equatable {
    let text: String
    let span: Span

    static func == (a: Identifier, b: Identifier) -> Bool { a.text == b.text }
}

/// The statements between `{` and `}`.
struct Block: Sendable, Equatable {
    let statements: [Statement]
    let span: Span

    static func == (a: Block, b: Block) -> Bool { a.statements == b.statements }
}

struct Statement: Sendable, Equatable {
    indirect enum Kind: Sendable, Equatable {
        case command(CommandNode)
        /// A bare `$name` or `(expression)`, whose value is shown.
        case show(Expression)
        case letBinding(Identifier, Expression)
        /// The branches of `if` and `else if`, then `else`.
        case conditional([Branch], otherwise: Block?)
        case whileLoop(Expression, Block)
        case forLoop(Identifier, Expression, Block)
        case repeatLoop(Expression, Block)
        case breakLoop
        case continueLoop
        case definition(Definition)
        case returnValue(Expression?)
        case expectation(Expression)
    }

    struct Branch: Sendable, Equatable {
        let condition: Expression
        let body: Block
    }

    let kind: Kind
    let span: Span

    static func == (a: Statement, b: Statement) -> Bool { a.kind == b.kind }
}

/// `verb [word...] [key=value...] [{ block }] [[name] { block }...] [key=value...] [-> name]`, or `name = value...` in
/// a block.
struct CommandNode: Sendable, Equatable {
    let verb: Identifier
    let arguments: [ArgumentNode]
    var block: Block?
    /// Those after the first.
    var furtherBlocks: [NamedBlock] = []
    var output: OutputNode?
    var result: Identifier?
    /// `name = value...`: the verb is the name, and the values are its arguments.
    var isAssignment = false

    /// Where among the arguments the bare word right before the first block stands: its name, if the command's
    /// blocks have names.
    var placeOfBlockName: Int? {
        guard let block,
            let last = arguments.lastIndex(where: { $0.span.end <= block.span.start }),
            arguments[last].name == nil, case .word = arguments[last].value.kind
        else { return nil }
        return last
    }

    /// What that word names the first block, if the command's blocks have names.
    var nameOfFirstBlock: Identifier? {
        guard let place = placeOfBlockName, case .word(let word) = arguments[place].value.kind else {
            return nil
        }
        return Identifier(text: word, span: arguments[place].span)
    }
}

/// `name { ... }` after a command's first block.
struct NamedBlock: Sendable, Equatable {
    let name: Identifier?
    let block: Block
    /// Of its name, or else of its `{`.
    var span: Span { name?.span ?? Span(block.span.start, block.span.start + 1) }
}

/// `> file` or `as format` after a command: where what it shows goes instead of the screen, or in which form.
struct OutputNode: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case file(Expression)
        case shown(OutputFormat)
    }

    let kind: Kind
    let span: Span

    static func == (a: OutputNode, b: OutputNode) -> Bool { a.kind == b.kind }
}

/// A value in its place, or `name=value`.
struct ArgumentNode: Sendable, Equatable {
    let name: Identifier?
    let value: Expression
    var span: Span { name.map { $0.span.joined(to: value.span) } ?? value.span }
}

/// `def name(parameter, parameter=default) { }`
struct Definition: Sendable, Equatable {
    let name: Identifier
    let parameters: [Parameter]
    let body: Block

    struct Parameter: Sendable, Equatable {
        let name: Identifier
        let defaultValue: Expression?
    }
}

struct Expression: Sendable, Equatable {
    indirect enum Kind: Sendable, Equatable {
        /// A number, boolean, size or range that is written out.
        case constant(Value)
        case word(String)
        /// A bare word in an expression, `conv1.gradient.norm`: what the host measures while a command runs.
        case name(String)
        case text([TextPart])
        case variable(String)
        /// `$base.val[0]`: a value, then what is taken of it. A chain, so that a long one is not deep.
        case access(Expression, [Accessor])
        case list([Expression])
        /// `( ... )` in a command.
        case group(Expression)
        case unary(UnaryOperator, Expression)
        /// Operators of one precedence, left to right; a chain, so that a long sum is not deep.
        case operation(Expression, [Term])
        case range(Expression, Expression)
        case function(Identifier, [Expression])
    }

    enum Accessor: Sendable, Equatable {
        case field(Identifier)
        case index(Expression)
    }

    struct Term: Sendable, Equatable {
        let `operator`: BinaryOperator
        let operand: Expression
    }

    let kind: Kind
    let span: Span

    static func == (a: Expression, b: Expression) -> Bool { a.kind == b.kind }

    /// `$name.field.field`
    static func reference(_ name: String, fields: [String], _ span: Span) -> Expression {
        let variable = Expression(
            kind: .variable(name), span: Span(span.start, span.start + 1 + name.utf8.count))
        guard !fields.isEmpty else { return variable }
        var end = variable.span.end
        let accessors = fields.map { field in
            let start = end + 1
            end = start + field.utf8.count
            return Accessor.field(Identifier(text: field, span: Span(start, end)))
        }
        return Expression(kind: .access(variable, accessors), span: span)
    }
}

/// A piece of "text with $name".
enum TextPart: Sendable, Equatable {
    case literal(String)
    case reference(Expression)
}

enum UnaryOperator: String, Sendable {
    case minus = "-"
    case not
}

enum BinaryOperator: String, Sendable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"
    case power = "^"

    enum Precedence: Int, Comparable {
        case or, and, comparison, range, sum, product, power

        static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
        /// What the operands of this precedence must at least have.
        var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
    }

    var precedence: Precedence {
        switch self {
        case .or: .or
        case .and: .and
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .plus, .minus: .sum
        case .times, .divided, .modulo: .product
        case .power: .power
        }
    }
}
