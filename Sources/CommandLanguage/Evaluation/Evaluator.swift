/// Runs checked scripts, one statement after the other.
///
/// Control flow is a value (`Flow`), never an error; an error is a `Diagnostic`, placed in the source it comes from.
/// The methods are kept small: each block inside a block takes several of their frames.
final class Evaluator {
    /// Blocks and `def`s running inside each other; more would overrun the stack.
    static let depthLimit = 200

    /// The statements of a block that are collected, not run.
    final class Collector {
        let vocabulary: Vocabulary
        var calls: [Call] = []

        init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }
    }

    let help: Help
    let codes: ErrorCodes
    let environment: Environment
    let surroundings: Surroundings
    var sink: any DisplaySink
    let runCommand: (Call) throws -> Value
    /// Told of each statement of a script's outermost level when it has ended.
    var didRun: (Source, Span, Input.Ending) -> Void = { _, _, _ in }
    var source: Source
    /// The variables of the running `def`, if one is running.
    var locals: [String: Value]?
    var collector: Collector?
    /// What the statement in hand reads, while its arguments and block are evaluated.
    var inputs: StatementInputs?
    /// How many `def`s run inside each other.
    var definitionLevel = 0
    private var depth = 0

    var catalog: Catalog { help.catalog }

    init(
        help: Help, codes: ErrorCodes, environment: Environment, surroundings: Surroundings,
        sink: any DisplaySink,
        runCommand: @escaping (Call) throws -> Value
    ) {
        self.help = help
        self.codes = codes
        self.environment = environment
        self.surroundings = surroundings
        self.sink = sink
        self.runCommand = runCommand
        source = Source(name: "", text: "")
    }

    /// Runs a script's statements; tells the surroundings before each.
    func run(_ script: Script) throws(Diagnostic) -> Flow {
        source = script.source
        for statement in script.statements {
            surroundings.beginStatement(source[statement.span])
            surroundings.willRun?(source, statement.span)
            let flow: Flow
            do throws(Diagnostic) {
                flow = try execute(statement)
            } catch {
                didRun(source, statement.span, .failed)
                throw error
            }
            didRun(source, statement.span, flow == .interrupted ? .interrupted : .succeeded)
            if flow != .next { return flow }
        }
        return .next
    }

    // MARK: Statements

    func execute(_ block: Block) throws(Diagnostic) -> Flow {
        guard depth < Self.depthLimit else {
            throw diagnostic(.tooMuchRecursion(Self.depthLimit), Span(block.span.start, block.span.start + 1))
        }
        depth += 1
        defer { depth -= 1 }
        for statement in block.statements {
            let flow = try execute(statement)
            if flow != .next { return flow }
        }
        return .next
    }

    private func execute(_ statement: Statement) throws(Diagnostic) -> Flow {
        if surroundings.shouldStop() { return .interrupted }
        switch statement.kind {
        case .command(let command): return try execute(command, statement.span)
        case .show(let expression): return try show(expression)
        case .letBinding(let name, let value):
            set(name.text, to: try evaluate(value))
            return .next
        case .conditional(let branches, let otherwise): return try execute(branches, otherwise: otherwise)
        case .whileLoop(let condition, let body): return try executeWhile(condition, body)
        case .forLoop(let name, let sequence, let body): return try executeFor(name, sequence, body)
        case .repeatLoop(let count, let body): return try executeRepeat(count, body)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        case .definition(let definition): return try define(definition)
        case .returnValue(let value): return .returned(try value.map(evaluate) ?? .nothing)
        case .expectation(let condition): return try check(condition)
        }
    }

    private func show(_ expression: Expression) throws(Diagnostic) -> Flow {
        let value = try evaluate(expression)
        sink.show(.text(StyledText(value.formatted)))
        sink.result(value, keptAs: nil)
        return .next
    }

    private func execute(_ branches: [Statement.Branch], otherwise: Block?) throws(Diagnostic) -> Flow {
        for branch in branches where try condition(branch.condition, of: .if) {
            return try execute(branch.body)
        }
        return try otherwise.map(execute) ?? .next
    }

    private func executeWhile(_ condition: Expression, _ body: Block) throws(Diagnostic) -> Flow {
        while try self.condition(condition, of: .while) {
            if surroundings.shouldStop() { return .interrupted }
            let flow = try execute(body)
            if !flow.endsTurnOnly { return flow.afterLoop }
        }
        return .next
    }

    private func executeFor(_ name: Identifier, _ sequence: Expression, _ body: Block) throws(Diagnostic)
        -> Flow
    {
        let value = try evaluate(sequence)
        guard let elements = Sequences.elements(of: value) else {
            throw diagnostic(.notSequence(value), sequence.span)
        }
        for element in elements {
            if surroundings.shouldStop() { return .interrupted }
            set(name.text, to: element)
            let flow = try execute(body)
            if !flow.endsTurnOnly { return flow.afterLoop }
        }
        return .next
    }

    private func executeRepeat(_ count: Expression, _ body: Block) throws(Diagnostic) -> Flow {
        let value = try evaluate(count)
        guard let turns = Sequences.count(value) else { throw diagnostic(.notCount(value), count.span) }
        for _ in 0..<turns {
            if surroundings.shouldStop() { return .interrupted }
            let flow = try execute(body)
            if !flow.endsTurnOnly { return flow.afterLoop }
        }
        return .next
    }

    private func define(_ definition: Definition) throws(Diagnostic) -> Flow {
        var defaults: [String: Value] = [:]
        for parameter in definition.parameters {
            if let value = parameter.defaultValue { defaults[parameter.name.text] = try evaluate(value) }
        }
        environment.definitions[definition.name.text] = DefinedCommand(
            definition, in: source, defaults: defaults)
        return .next
    }

    private func check(_ condition: Expression) throws(Diagnostic) -> Flow {
        if try self.condition(condition, of: .expect) { return .next }
        var observed: [(text: String, value: Value)] = []
        for expression in condition.observables {
            let text = source[expression.span]
            // What cannot be measured now has decided nothing.
            if !observed.contains(where: { $0.text == text }), let value = try? evaluate(expression) {
                observed.append((text, value))
            }
        }
        throw diagnostic(
            .expectationFailed(source[condition.unwrapped.span], observed: observed), condition.span)
    }

    // MARK: Values

    func evaluate(_ expression: Expression) throws(Diagnostic) -> Value {
        do throws(ScriptError) {
            return try ExpressionEvaluator(variable: variable, measuredName: surroundings.measure)
                .value(of: expression)
        } catch {
            throw Diagnostic(error, in: source)
        }
    }

    private func condition(_ expression: Expression, of keyword: Keyword) throws(Diagnostic) -> Bool {
        let value = try evaluate(expression)
        guard case .boolean(let flag) = value else {
            throw diagnostic(.notBoolean(keyword.rawValue, found: value), expression.span)
        }
        return flag
    }

    /// A `def`'s own variables hide the session's.
    func variable(_ name: String) -> Value? {
        let local = locals?[name]
        inputs?.note(readOf: name, isLocal: local != nil, level: definitionLevel)
        return local ?? environment.variables[name]
    }

    /// Inside a `def` a name is set for this run of it only.
    func set(_ name: String, to value: Value) {
        inputs?.note(settingOf: name, level: definitionLevel)
        if locals != nil { locals?[name] = value } else { environment.variables[name] = value }
    }

    func diagnostic(_ kind: ScriptError.Kind, _ span: Span) -> Diagnostic {
        Diagnostic(ScriptError(kind, span), in: source)
    }
}
