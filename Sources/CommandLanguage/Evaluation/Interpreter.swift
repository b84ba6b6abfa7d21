/// A session: reads, checks and runs inputs one after the other, and remembers variables and `def`s between them.
///
/// An input that does not check changes nothing. One that fails leaves everything as the last statement that
/// succeeded left it.
package final class Interpreter<Context>: Shell {
    /// What the commands work on; the language never looks into it.
    package let context: Context
    /// The host's commands and the language's own.
    package let catalog: Catalog
    package var surroundings: Surroundings
    private let runners: [String: @Sendable (Call, Context) throws -> Value]
    private let habits: [ForeignHabit]
    private let synonyms: [Synonym]
    private let codes: ErrorCodes
    private let environment = Environment()
    /// What was run so far, oldest first.
    package private(set) var inputs: [Input] = []
    /// Runs the input in hand.
    private var running: Evaluator?

    /// `habits`, `synonyms` and `codes` are those of the host's field; the language knows habits from shells and other
    /// languages, and the codes of its own errors.
    ///
    /// - Precondition: no two commands have the same name, and none that of a word of the language.
    package init(
        commands: [Command<Context>], context: Context, surroundings: Surroundings = Surroundings(),
        habits: [ForeignHabit] = [], synonyms: [Synonym] = [], codes: [any ErrorCode.Type] = []
    ) {
        self.context = context
        self.surroundings = surroundings
        self.habits = ForeignHabit.own + habits
        self.synonyms = synonyms
        self.codes = ErrorCodes(host: codes)
        catalog = Catalog(commands.map(\.signature) + Signature.own)
        runners = Dictionary(uniqueKeysWithValues: commands.map { ($0.signature.name, $0.run) })
    }

    package var promptWords: [String] { surroundings.promptWords() }

    /// What a variable of the session holds.
    package func value(of name: String) -> Value? { environment.variables[name] }

    /// What the session remembers between inputs.
    package var memory: Memory {
        get { Memory(variables: environment.variables, definitions: environment.definitions) }
        set { (environment.variables, environment.definitions) = (newValue.variables, newValue.definitions) }
    }

    /// The value of a source that is one expression.
    ///
    /// - Throws: `Diagnostic` if it does not check, is something else, or has no value.
    package func value(of source: Source) throws(Diagnostic) -> Value {
        let scripts: [Script]
        switch checked([source]) {
        case .failure(let failure): throw failure.diagnostics[0]
        case .success(let checked): scripts = checked
        }
        guard let statement = scripts.first?.statements.first, case .show(let expression) = statement.kind
        else {
            throw Diagnostic(ScriptError(.expected("an expression", found: nil), Span(0, 0)), in: source)
        }
        do throws(ScriptError) {
            return try ExpressionEvaluator(
                variable: { [environment] in environment.variables[$0] }, measuredName: surroundings.measure
            ).value(of: expression)
        } catch {
            throw Diagnostic(error, in: source)
        }
    }

    /// What a source fails with, if it does, when it runs as nobody's input and shows nothing: an `expect`.
    package func failure(of source: Source) -> Diagnostic? {
        switch checked([source]) {
        case .failure(let failure): return failure.diagnostics[0]
        case .success(let scripts):
            // Whether it holds does not depend on who listens or on Ctrl-C.
            var apart = surroundings
            (apart.shouldStop, apart.beginStatement, apart.willRun) = ({ false }, { _ in }, nil)
            let evaluator = evaluator(in: apart, showing: SilentSink())
            do throws(Diagnostic) {
                for script in scripts { _ = try evaluator.run(script) }
                return nil
            } catch {
                return error
            }
        }
    }

    package func status(of text: String) -> InputStatus {
        switch Parser.parse(Source(name: "", text: text)) {
        case .complete: .complete
        case .incomplete(let depth, _, _): .incomplete(depth: depth)
        case .invalid: .invalid
        }
    }

    /// All errors that the sources, as the cells of one script, have before they run.
    package func check(_ sources: [Source]) -> [Diagnostic] {
        if case .failure(let failure) = checked(sources) { failure.diagnostics } else { [] }
    }

    package func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome {
        let outcome: ExecutionOutcome =
            switch checked(sources) {
            case .failure(let failure): reject(sources, failure)
            case .success(let scripts): run(scripts, sink)
            }
        if let code = outcome.diagnostics.lazy.compactMap(\.code).first { environment.lastError = code }
        return outcome
    }

    private func reject(_ sources: [Source], _ failure: CheckFailure) -> ExecutionOutcome {
        for source in sources { note(source.text, .failed) }
        return .rejected(failure.diagnostics)
    }

    /// The number that the statement in hand will have among the inputs.
    package var currentInput: Int { inputs.count + 1 }

    /// Runs a block of the call in hand; its results go to another sink if one is given.
    ///
    /// - Throws: `Diagnostic` if a statement fails; `CommandInterruption` after Ctrl-C; `CommandExit` after `quit`.
    ///   A command lets them pass.
    /// - Precondition: a command is running.
    package func run(_ block: StatementBlock, showing sink: (any DisplaySink)? = nil) throws {
        try evaluatorInHand.run(block, showing: sink)
    }

    /// Checks and runs sources as part of the call in hand, with the session's variables.
    ///
    /// - Throws: as `run(_:showing:)` does; `CheckFailure` if they do not check.
    /// - Precondition: a command is running.
    package func include(_ sources: [Source]) throws {
        try evaluatorInHand.include(checked(sources).get())
    }

    private var evaluatorInHand: Evaluator {
        guard let running else { preconditionFailure("blocks and scripts run while a command does") }
        return running
    }

    private func note(_ text: String, _ ending: Input.Ending) {
        inputs.append(Input(number: currentInput, text: text, ending: ending))
    }

    package func completions(in text: String, at cursor: Int) -> CompletionList {
        completer.completions(in: text, at: cursor)
    }

    package func hint(for text: String) -> StyledText? { completer.hint(for: text) }

    private var completer: Completer {
        Completer(
            catalog: catalog, definitions: environment.definitions, variables: environment.variables,
            namesInFolder: surroundings.namesInFolder, names: names(of:))
    }

    private func names(of noun: String) -> [CompletionList.Item] {
        noun == ErrorCodes.noun ? codes.completions : surroundings.names(noun)
    }

    private func checked(_ sources: [Source]) -> Result<[Script], CheckFailure> {
        var checker = Checker(
            catalog: catalog, habits: habits, environment: environment, pathExists: surroundings.pathExists,
            isMeasurable: surroundings.isMeasurable)
        return checker.check(sources)
    }

    private func run(_ scripts: [Script], _ sink: any DisplaySink) -> ExecutionOutcome {
        surroundings.useSink(sink)
        let evaluator = evaluator(in: surroundings, showing: sink)
        evaluator.didRun = { [unowned self] source, span, ending in note(source[span], ending) }
        let outer = running
        running = evaluator
        defer { running = outer }
        do throws(Diagnostic) {
            for script in scripts {
                switch try evaluator.run(script) {
                case .quit: return .quit
                case .interrupted: return .interrupted
                default: break
                }
            }
            return .succeeded
        } catch {
            return .failed(error)
        }
    }

    private func evaluator(
        in surroundings: Surroundings, showing sink: any DisplaySink
    ) -> Evaluator {
        Evaluator(
            help: Help(catalog, synonyms: synonyms), codes: codes, environment: environment,
            surroundings: surroundings, sink: sink
        ) { [runners, context] call in
            guard let run = runners[call.path[0]] else {
                preconditionFailure("`\(call.path[0])` has no runner")
            }
            return try run(call, context)
        }
    }
}
