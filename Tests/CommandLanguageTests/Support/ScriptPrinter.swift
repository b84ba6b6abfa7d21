@testable import CommandLanguage

/// Writes a syntax tree as a text whose tree is the same: the other half of the law print∘parse = identity.
struct ScriptPrinter {
    static func text(of statements: [Statement]) -> String {
        statements.map { text(of: $0) + "\n" }.joined()
    }

    private static func text(of block: Block) -> String { "{\n\(text(of: block.statements))}" }

    private static func text(of statement: Statement) -> String {
        switch statement.kind {
        case .command(let command):
            ([command.verb.text] + (command.isAssignment ? ["="] : [])
                + command.arguments.map { argument in
                    (argument.name.map { $0.text + "=" } ?? "") + inCommand(argument.value)
                }
                + [
                    command.block.map(text(of:)),
                    command.furtherBlocks.isEmpty
                        ? nil
                        : command.furtherBlocks.map {
                            ($0.name.map { $0.text + " " } ?? "") + text(of: $0.block)
                        }
                        .joined(separator: " "),
                    command.output.map(text(of:)),
                    command.result.map { "-> " + $0.text },
                ].compactMap { $0 })
                .joined(separator: " ")
        case .show(let value): inCommand(value)
        case .letBinding(let name, let value): "let \(name.text) = \(inCommand(value))"
        case .conditional(let branches, let otherwise):
            branches.map { "if \(inCommand($0.condition)) \(text(of: $0.body))" }.joined(separator: " else ")
                + (otherwise.map { " else " + text(of: $0) } ?? "")
        case .whileLoop(let condition, let body): "while \(inCommand(condition)) \(text(of: body))"
        case .forLoop(let name, let values, let body):
            "for \(name.text) in \(inCommand(values)) \(text(of: body))"
        case .repeatLoop(let count, let body): "repeat \(inCommand(count)) \(text(of: body))"
        case .breakLoop: "break"
        case .continueLoop: "continue"
        case .definition(let definition):
            "def \(definition.name.text)("
                + definition.parameters.map { parameter in
                    parameter.name.text + (parameter.defaultValue.map { "=" + inExpression($0) } ?? "")
                }.joined(separator: ", ") + ") " + text(of: definition.body)
        case .returnValue(let value): "return" + (value.map { " " + inCommand($0) } ?? "")
        case .expectation(let condition): "expect \(inCommand(condition))"
        }
    }

    private static func text(of output: OutputNode) -> String {
        switch output.kind {
        case .file(let file): "> \(inCommand(file))"
        case .shown(let format): "as \(format.rawValue)"
        }
    }

    /// A value where commands stand: lists hold words, a calculation stands in parentheses already.
    private static func inCommand(_ expression: Expression) -> String {
        if case .list(let elements) = expression.kind {
            return "[" + elements.map(inCommand).joined(separator: ", ") + "]"
        }
        return inExpression(expression)
    }

    private static func inExpression(_ expression: Expression) -> String {
        switch expression.kind {
        case .constant(let value): value.literal
        case .word(let word), .name(let word): word
        case .text(let parts):
            "\""
                + parts.map { part in
                    switch part {
                    case .literal(let literal): literal.escaped
                    case .reference(let reference): inExpression(reference)
                    }
                }.joined() + "\""
        case .variable(let name): "$" + name
        case .access(let base, let accessors):
            inExpression(base)
                + accessors.map { accessor in
                    switch accessor {
                    case .field(let name): "." + name.text
                    case .index(let index): "[" + inExpression(index) + "]"
                    }
                }.joined()
        case .list(let elements): "[" + elements.map(inExpression).joined(separator: ", ") + "]"
        case .group(let inner): "(" + inExpression(inner) + ")"
        case .unary(.minus, let operand): "- " + inExpression(operand)
        case .unary(.not, let operand): "not " + inExpression(operand)
        case .operation(let first, let terms):
            inExpression(first)
                + terms.map { " \($0.operator.rawValue) \(inExpression($0.operand))" }.joined()
        case .range(let lower, let upper): inExpression(lower) + " .. " + inExpression(upper)
        case .function(let name, let arguments):
            name.text + "(" + arguments.map(inExpression).joined(separator: ", ") + ")"
        }
    }
}
