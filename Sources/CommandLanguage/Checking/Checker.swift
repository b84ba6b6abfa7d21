/// Reads whole scripts before anything runs and finds what would fail: unknown words and names, wrong arguments,
/// missing files, misplaced statements.
///
/// It follows the order of the statements: a name is known after the statement that sets it, also if that is inside
/// an `if`. What only running can tell (a value that comes from `$name`) is left to the evaluator, which words it
/// the same.
struct Checker {
    let catalog: Catalog
    let habits: [ForeignHabit]
    let pathExists: (String) -> Bool

    var variables: [String: KnownValue]
    var definitions: [String: DefinedCommand]
    /// Defined by any statement of the script, for the bodies of `def`s, which run later.
    var laterVariables: Set<String> = []
    var laterDefinitions: Set<String> = []
    var writtenPaths: Set<String> = []
    var source = Source(name: "", text: "")
    var setting = Setting.commands
    var loopDepth = 0
    var isInDefinition = false
    let isMeasurable: (String) -> Bool
    /// Something may have set variables that are not known here.
    var hasOtherVariables = false
    /// Which bare names the expression in hand may have.
    var names = MeasuredNames.measurable
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var found: [ScriptError] = []

    /// More errors than this help nobody; the rest is counted.
    static let limit = 20

    init(
        catalog: Catalog, habits: [ForeignHabit], environment: Environment,
        pathExists: @escaping (String) -> Bool, isMeasurable: @escaping (String) -> Bool
    ) {
        self.catalog = catalog
        self.habits = habits
        self.pathExists = pathExists
        self.isMeasurable = isMeasurable
        variables = environment.variables.mapValues { .value($0) }
        definitions = environment.definitions
    }

    /// Checks the sources as the cells of one script. Gives the scripts, or all errors in the order of the sources.
    mutating func check(_ sources: [Source]) -> Result<[Script], CheckFailure> {
        let outcomes = sources.map(Parser.parse)
        for outcome in outcomes { noteLaterNames(outcome.script) }
        for outcome in outcomes {
            source = outcome.script.source
            found = outcome.errors.map(withHabit)
            for name in outcome.script.brokenNames { variables[name] = .unknown }
            check(outcome.script.statements)
            found.sort { $0.span.start < $1.span.start }
            diagnostics += found.map { Diagnostic($0, in: source) }
        }
        guard diagnostics.isEmpty else {
            let surplus = diagnostics.count - Self.limit
            if surplus > 0 {
                diagnostics.removeLast(surplus)
                diagnostics.append(Diagnostic(message: "\(surplus) more error\(surplus == 1 ? "" : "s")"))
            }
            return .failure(CheckFailure(diagnostics: diagnostics))
        }
        return .success(outcomes.map(\.script))
    }

    private mutating func noteLaterNames(_ script: Script) {
        laterVariables.formUnion(script.brokenNames)
        laterDefinitions.formUnion(script.brokenNames)
        let whole = Block(statements: script.statements, span: Span(0, 0))
        laterVariables.formUnion(whole.assignedNames)
        whole.visitStatements { statement in
            if case .definition(let definition) = statement.kind {
                laterDefinitions.insert(definition.name.text)
            }
        }
    }

    mutating func error(_ kind: ScriptError.Kind, _ span: Span) { error(ScriptError(kind, span)) }
    mutating func error(_ error: ScriptError) { found.append(error) }

    // MARK: Statements

    mutating func check(_ block: Block) { check(block.statements) }

    private mutating func check(_ statements: [Statement]) {
        for statement in statements { check(statement) }
    }

    private mutating func check(_ statement: Statement) {
        switch statement.kind {
        case .command(let command): check(command)
        case .show(let expression):
            if let vocabulary = setting.vocabulary {
                error(
                    .onlyDeclarations(noun: vocabulary.noun, container: vocabulary.container), statement.span)
            }
            check(expression)
        case .letBinding(let name, let value):
            check(value)
            variables[name.text] = value.constantValue.map { .value($0) } ?? .unknown
        case .conditional(let branches, let otherwise): check(branches, otherwise: otherwise)
        case .whileLoop(let condition, let body):
            forget(body.assignedNames)
            checkCondition(condition, of: .while)
            checkLoop(body)
        case .forLoop(let name, let sequence, let body):
            check(sequence)
            if let value = sequence.constantValue, Sequences.elements(of: value) == nil {
                error(.notSequence(value), sequence.span)
            }
            forget(body.assignedNames)
            variables[name.text] = .unknown
            checkLoop(body)
        case .repeatLoop(let count, let body):
            check(count)
            if let value = count.constantValue, Sequences.count(value) == nil {
                error(.notCount(value), count.span)
            }
            forget(body.assignedNames)
            checkLoop(body)
        case .breakLoop: if loopDepth == 0 { error(.outsideLoop("break"), statement.span) }
        case .continueLoop: if loopDepth == 0 { error(.outsideLoop("continue"), statement.span) }
        case .definition(let definition): check(definition)
        case .returnValue(let value):
            if !isInDefinition { error(.returnOutsideDefinition, statement.span) }
            if let value { check(value) }
        case .expectation(let condition): checkCondition(condition, of: .expect)
        }
    }

    private mutating func check(_ branches: [Statement.Branch], otherwise: Block?) {
        // Each way through starts from the same knowledge; after it holds what all ways agree on.
        var afterwards: [[String: KnownValue]] = []
        for branch in branches {
            checkCondition(branch.condition, of: .if)
            let before = variables
            check(branch.body)
            afterwards.append(variables)
            variables = before
        }
        if let otherwise { check(otherwise) }
        for way in afterwards { merge(way) }
    }

    private mutating func merge(_ other: [String: KnownValue]) {
        for (name, known) in other where variables[name] != known { variables[name] = .unknown }
        for name in variables.keys where other[name] == nil { variables[name] = .unknown }
    }

    private mutating func checkLoop(_ body: Block) {
        loopDepth += 1
        check(body)
        loopDepth -= 1
        forget(body.assignedNames)
    }

    /// What a loop's body sets is not known at its start: it may be the second turn.
    private mutating func forget(_ names: Set<String>) {
        for name in names where variables[name] != nil { variables[name] = .unknown }
    }

    private mutating func checkCondition(_ condition: Expression, of keyword: Keyword) {
        check(condition)
        if let value = condition.constantValue {
            if case .boolean = value { return }
            error(.notBoolean(keyword.rawValue, found: value), condition.span)
        } else if condition.isNeverBoolean {
            error(.notBoolean(keyword.rawValue, found: nil), condition.span)
        }
    }
}

/// All errors of scripts that do not check, worded and in order.
package struct CheckFailure: Error {
    package let diagnostics: [Diagnostic]
}

extension Parser.Outcome {
    var script: Script {
        switch self {
        case .complete(let script), .incomplete(_, let script, _), .invalid(let script, _): script
        }
    }

    var errors: [ScriptError] {
        switch self {
        case .complete: []
        case .incomplete(_, _, let errors), .invalid(_, let errors): errors
        }
    }
}
