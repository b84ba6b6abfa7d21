/// A command's statement with all that it read, to be evaluated again with other values of its variables.
///
/// It evaluates to a `Call`; running that is the host's business.
package struct RecordedStatement: Sendable {
    let command: CommandNode
    let span: Span
    let source: Source
    /// All variables as the statement saw them.
    let variables: [String: Value]
    let definitions: [String: DefinedCommand]
    /// The variables that it read, in the order it read them.
    package let inputs: [String]

    /// What a variable held.
    package func value(of name: String) -> Value? { variables[name] }

    /// The call with other values of some variables; the session's own stay as they are.
    ///
    /// - Throws: what is wrong with the statement with these values.
    package func call(with values: [String: Value] = [:], in catalog: Catalog) throws(Diagnostic) -> Call {
        let environment = Environment()
        environment.variables = variables.merging(values) { $1 }
        environment.definitions = definitions
        return try Self.call(of: command, span, in: source, environment, catalog)
    }

    /// The call of a statement that stands alone in a text, such as `rate 0.01`.
    ///
    /// - Throws: what is wrong with the text.
    package static func call(of text: String, in catalog: Catalog) throws(Diagnostic) -> Call {
        let source = Source(name: text, text: text)
        let environment = Environment()
        var checker = Checker(
            catalog: catalog, habits: [], environment: environment, pathExists: { _ in true },
            isMeasurable: { _ in true })
        switch checker.check([source]) {
        case .failure(let failure): throw failure.diagnostics[0]
        case .success(let scripts):
            let statements = scripts.flatMap(\.statements)
            guard statements.count == 1, case .command(let command) = statements[0].kind else {
                throw Diagnostic(
                    code: EvaluationErrorCode.notOneCommand, message: "`\(text)` is not one command",
                    source: source)
            }
            return try call(of: command, statements[0].span, in: source, environment, catalog)
        }
    }

    private static func call(
        of command: CommandNode, _ span: Span, in source: Source, _ environment: Environment,
        _ catalog: Catalog
    ) throws(Diagnostic) -> Call {
        let evaluator = Evaluator(
            help: Help(catalog), codes: ErrorCodes(host: []), environment: environment,
            surroundings: Surroundings(), sink: SilentSink()
        ) { _ in .nothing }
        evaluator.source = source
        guard let signature = catalog.command(command.verb.text) else {
            throw Diagnostic(
                ScriptError(.unknownCommand(command.verb.text, nearest: nil), command.verb.span), in: source)
        }
        return try evaluator.recordCall(command, signature, span).0
    }
}
