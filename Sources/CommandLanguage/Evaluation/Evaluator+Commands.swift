extension Evaluator {
    func execute(_ command: CommandNode, _ span: Span) throws(Diagnostic) -> Flow {
        let word = command.verb.text
        if !command.isAssignment, let defined = environment.definitions[word] {
            return try call(defined, command)
        }
        return try runDeclared(command, span)
    }

    /// Apart from the above, so that recursion of `def`s does not take the room of a call on each level.
    private func runDeclared(_ command: CommandNode, _ span: Span) throws(Diagnostic) -> Flow {
        let word = command.verb.text
        let signature = collector.map { $0.vocabulary.signature(of: command) } ?? catalog.command(word)
        guard let signature else { throw diagnostic(.unknownCommand(word, nearest: nil), command.verb.span) }
        if let collector {
            let (call, flow) = try makeCall(command, signature, span)
            if flow == .next { collector.calls.append(call) }
            return flow
        }
        let (call, flow) = try recordCall(command, signature, span)
        guard flow == .next else { return flow }
        guard let output = command.output else { return try run(call, keeping: command.result) }
        return try publish(output) { () throws(Diagnostic) in try run(call, keeping: command.result) }
    }

    /// The call with the statement as it can be evaluated again.
    func recordCall(
        _ command: CommandNode, _ signature: Signature, _ span: Span
    ) throws(Diagnostic) -> (Call, Flow) {
        let variables = locals.map { environment.variables.merging($0) { $1 } } ?? environment.variables
        let definitions = environment.definitions
        inputs = StatementInputs(level: definitionLevel)
        defer { inputs = nil }
        var (call, flow) = try makeCall(command, signature, span)
        call.recorded = RecordedStatement(
            command: command, span: span, source: source, variables: variables, definitions: definitions,
            inputs: inputs?.read ?? [])
        return (call, flow)
    }

    // MARK: Arguments

    /// The checked call, and how collecting its block ended.
    private func makeCall(
        _ command: CommandNode, _ signature: Signature, _ span: Span
    ) throws(Diagnostic) -> (Call, Flow) {
        let binding = try bind(command, to: signature)
        var arguments: [String: Value] = [:]
        var spans: [String: Span] = [:]
        var elementSpans: [Span] = []
        for slot in binding.slots {
            if slot.argument.form == .rest { elementSpans = slot.nodes.map(\.value.span) }
            if let first = slot.nodes.first, let last = slot.nodes.last {
                spans[slot.argument.name] = first.value.span.joined(to: last.value.span)
            }
            arguments[slot.argument.name] = try value(of: slot)
        }
        var calls: [Call]?
        var flow = Flow.next
        if let block = command.block, let rule = binding.signature.block {
            let inner = Collector(Vocabulary(rule, container: binding.path.joined(separator: " ")))
            flow = try collect(block, into: inner)
            calls = inner.calls
        }
        let call = Call(
            path: binding.path, arguments: arguments, block: calls, blocks: statementBlocks(of: binding),
            span: span, argumentSpans: spans, elementSpans: elementSpans, source: source)
        return (call, flow)
    }

    private func bind(_ command: CommandNode, to signature: Signature) throws(Diagnostic) -> CallBinding {
        var problem: ScriptError?
        var binding: CallBinding?
        do throws(ScriptError) {
            binding = try CallBinding(command, to: signature, in: source) {
                (expression) throws(ScriptError) in
                try ExpressionEvaluator(variable: self.variable).value(of: expression).literal
            }
        } catch {
            problem = error
        }
        if let error = problem ?? binding?.errors.first { throw Diagnostic(error, in: source) }
        guard let binding else { preconditionFailure("a variant is known when the script runs") }
        return binding
    }

    /// The value of an argument as the command gets it, nil if it is left out and has no default.
    private func value(of slot: CallBinding.Slot) throws(Diagnostic) -> Value? {
        let argument = slot.argument
        guard argument.form == .rest else {
            return try slot.nodes.first.map { (node) throws(Diagnostic) in try value(of: node, as: argument) }
                ?? argument.defaultValue
        }
        if slot.nodes.isEmpty { return argument.defaultValue ?? .list([]) }
        var values: [Value] = []
        for node in slot.nodes { values.append(try value(of: node, as: argument)) }
        return .list(values)
    }

    func value(of node: ArgumentNode, as argument: Argument) throws(Diagnostic) -> Value {
        if case .formula(let variables) = argument.kind, !node.value.isConstant {
            return .text(try formulaText(of: node.value, variables.map(\.word), as: argument))
        }
        if case .condition = argument.kind, !node.value.isConstant {
            return .text(source[node.value.unwrapped.span])
        }
        if argument.kind.isMeasurement || argument.kind.measuredNames == .any && !node.value.hasNoNames {
            // A word, or a text that a loop has put together, is a name.
            if node.value.hasNoNames, case .text(let name)? = try? evaluate(node.value),
                let formula = Formula(ofName: name)
            {
                return .text(formula.text)
            }
            return .text(try formulaText(of: node.value, [], as: argument))
        }
        let value = try evaluate(node.value)
        guard let accepted = argument.kind.accepting(value, typedAs: node.value, in: source) else {
            throw diagnostic(.wrongValue(argument.name, argument.kind, found: value), node.value.span)
        }
        // Paths that are written out were looked up by the checker, which knows what the script itself makes.
        if !node.value.isConstant, case .text(let path) = accepted,
            let use = argument.kind.pathUse(of: value),
            let required = use.required(for: path), !surroundings.pathExists(required)
        {
            throw diagnostic(.missingPath(required, use), node.value.span)
        }
        return accepted
    }

    private func formulaText(
        of expression: Expression, _ variables: [String], as argument: Argument
    ) throws(Diagnostic) -> String {
        try expression.formulaText(of: variables, in: source) { (reference) throws(Diagnostic) in
            let value = try evaluate(reference)
            switch value {
            case .number(let number): return number < 0 ? "(\(value.literal))" : value.literal
            case .list, .text, .boolean, .range: return value.expressionLiteral
            default: throw diagnostic(.wrongValue(argument.name, argument.kind, found: value), reference.span)
            }
        }
    }

    private func collect(_ block: Block, into inner: Collector) throws(Diagnostic) -> Flow {
        let outer = collector
        collector = inner
        defer { collector = outer }
        return try execute(block)
    }

    // MARK: Running

    private func run(_ call: Call, keeping result: Identifier?) throws(Diagnostic) -> Flow {
        if let flow = try runOwn(call) { return flow }
        do {
            let value = try runCommand(call)
            if let result { set(result.text, to: value) }
            if value != .nothing { sink.result(value, keptAs: result?.text) }
            return .next
        } catch let interruption as CommandInterruption {
            if let value = interruption.result {
                if let result { set(result.text, to: value) }
                sink.result(value, keptAs: result?.text)
            }
            return .interrupted
        } catch is CommandExit {
            return .quit
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch let failure as any CommandFailure {
            throw place(failure, in: call)
        } catch {
            throw Diagnostic(message: String(describing: error), source: call.source, span: call.span)
        }
    }

    /// At the argument at fault, in the block's statement at fault; else at the whole statement.
    private func place(_ failure: any CommandFailure, in call: Call) -> Diagnostic {
        var place = call
        if let index = failure.blockIndex, let block = call.block, block.indices.contains(index) {
            place = block[index]
        }
        let span = failure.argument.flatMap { place.argumentSpans[$0] } ?? place.span
        return Diagnostic(
            code: failure.code, message: failure.message, hint: failure.hint, source: place.source, span: span
        )
    }

    private func statementBlocks(of binding: CallBinding) -> [StatementBlock] {
        binding.blocks.map { name, block in
            StatementBlock(name: name, span: block.span, source: source, block: block, locals: locals)
        }
    }

    // MARK: Calling a def

    private func call(_ defined: DefinedCommand, _ command: CommandNode) throws(Diagnostic) -> Flow {
        let binding = try bind(command, to: defined.signature)
        var values: [String: Value] = [:]
        for slot in binding.slots { values[slot.argument.name] = try value(of: slot) }
        let flow = try execute(defined, with: values)
        switch flow {
        case .quit, .interrupted: return flow
        case .returned(let value):
            if let result = command.result { set(result.text, to: value) }
        default:
            if let result = command.result { set(result.text, to: .nothing) }
        }
        return .next
    }

    private func execute(_ defined: DefinedCommand, with values: [String: Value]) throws(Diagnostic) -> Flow {
        let outside = (source, locals)
        (source, locals) = (defined.source, values)
        definitionLevel += 1
        defer {
            (source, locals) = outside
            definitionLevel -= 1
        }
        return try execute(defined.definition.body)
    }
}
