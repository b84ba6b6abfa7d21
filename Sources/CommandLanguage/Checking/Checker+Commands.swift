extension Checker {
    mutating func check(_ command: CommandNode) {
        defer {
            // Unless it was meant as a comparison.
            if let output = command.output, !found.contains(where: { $0.span == output.span }) {
                check(output)
            }
            if let result = command.result, variables[result.text] == nil {
                variables[result.text] = .unknown
            }
        }
        let verb = command.verb
        if command.isAssignment, setting == .commands {
            error(assignment(command), verb.span)
            checkLoosely(command)
        } else if !command.isAssignment, let definition = definitions[verb.text] {
            check(callOf: definition, verb)
            check(command, as: definition.signature)
        } else if let vocabulary = setting.vocabulary {
            guard let signature = vocabulary.signature(of: command) else {
                if !isDefinedLater(verb) { error(misplaced(command, in: vocabulary), verb.span) }
                return checkLoosely(command)
            }
            check(command, as: signature)
            if let result = command.result { error(.noResult(command: verb.text), result.span) }
        } else if let signature = catalog.command(verb.text) {
            check(command, as: signature)
        } else {
            if !isDefinedLater(verb) { error(unknown(verb), verb.span) }
            checkLoosely(command)
        }
    }

    private mutating func check(_ output: OutputNode) {
        if setting.vocabulary != nil { error(.outputOfEntry, output.span) }
        switch output.kind {
        case .shown(let format):
            if !OutputFormat.texts.contains(format) { error(.notOnScreen(format), output.span) }
        case .file(let file):
            check(ArgumentNode(name: nil, value: file), as: .outputFile)
            if case .text(let path) = file.constantValue, OutputFormat(path: path) == nil {
                error(.unknownFormat(path), file.span)
            }
        }
    }

    private func isDefinedLater(_ verb: Identifier) -> Bool {
        isInDefinition && laterDefinitions.contains(verb.text)
    }

    // MARK: Unknown words

    private func unknown(_ verb: Identifier) -> ScriptError.Kind {
        if let vocabulary = catalog.vocabulary(with: verb.text) {
            return .entryOutside(verb.text, noun: vocabulary.noun, container: vocabulary.container)
        }
        if let hint = habit(of: verb.text) { return .foreignHabit(verb.text, hint: hint) }
        let words = catalog.commands.map(\.name) + definitions.keys.sorted()
        if let close = nearest(to: verb.text, among: words) {
            return .unknownCommand(verb.text, nearest: close)
        }
        for vocabulary in catalog.vocabularies {
            if let close = nearest(to: verb.text, among: vocabulary.signatures.map(\.name)) {
                return .misspeltEntry(
                    verb.text, nearest: close, noun: vocabulary.noun, container: vocabulary.container)
            }
        }
        return .unknownCommand(verb.text, nearest: nil)
    }

    private func assignment(_ command: CommandNode) -> ScriptError.Kind {
        let values = command.arguments.map { source[$0.span] }.joined(separator: " ")
        return .assignmentWithoutLet(command.verb.text, value: values, hint: nil)
    }

    private func misplaced(_ command: CommandNode, in vocabulary: Vocabulary) -> ScriptError.Kind {
        let verb = command.verb
        if command.isAssignment { return assignment(command) }
        if vocabulary.takesAssignments { return .assignmentWithoutEquals(verb.text) }
        if catalog.command(verb.text) != nil {
            return .commandInside(verb.text, noun: vocabulary.noun, container: vocabulary.container)
        }
        // One block further in, or anywhere.
        for word in vocabulary.signatures {
            guard let rule = word.block, rule.vocabulary.contains(where: { $0.name == verb.text }) else {
                continue
            }
            return .entryOutside(verb.text, noun: rule.noun, container: word.name)
        }
        if let other = catalog.vocabulary(with: verb.text) {
            return .entryOutside(verb.text, noun: other.noun, container: other.container)
        }
        if let hint = habit(of: verb.text) { return .foreignHabit(verb.text, hint: hint) }
        let words = vocabulary.signatures.map(\.name) + definitions.keys.sorted()
        return .unknownEntry(
            verb.text, noun: vocabulary.noun, container: vocabulary.container,
            nearest: nearest(to: verb.text, among: words))
    }

    /// The names in the arguments of a command that nobody knows.
    private mutating func checkLoosely(_ command: CommandNode) {
        for argument in command.arguments { check(argument.value) }
    }

    // MARK: Arguments

    private mutating func check(_ command: CommandNode, as signature: Signature) {
        var binding: CallBinding?
        do throws(ScriptError) {
            binding = try CallBinding(command, to: signature, in: source) { expression in
                expression.constantValue?.literal
            }
        } catch {
            self.error(error)
        }
        guard let binding else {
            checkLoosely(command)
            if let block = command.block, let rule = signature.block {
                check(block, as: rule, of: [signature.name])
            }
            if let result = command.result { variables[result.text] = .unknown }
            return
        }
        binding.errors.forEach { error($0) }
        for slot in binding.slots {
            for node in slot.nodes { check(node, as: slot.argument, blocks: binding.blocks.map(\.name)) }
        }
        if let block = command.block, let rule = binding.signature.block {
            check(block, as: rule, of: binding.path)
        }
        if binding.signature.setsVariables { hasOtherVariables = true }
        for entry in binding.blocks { check(statementsOf: entry.block) }
        if let result = command.result { note(result, of: binding, setting: setting) }
    }

    private mutating func note(_ result: Identifier, of binding: CallBinding, setting: Setting) {
        if binding.signature.result.isEmpty, setting == .commands {
            error(.noResult(command: binding.path.joined(separator: " ")), result.span)
        }
        let fields = binding.signature.resultPaths(blocks: binding.blocks.map(\.name))
        variables[result.text] = fields.isEmpty ? .unknown : .result(fields)
    }

    private mutating func check(_ node: ArgumentNode, as argument: Argument, blocks: [String] = []) {
        let outside = variables
        if case .condition = argument.kind {
            for name in blocks { variables[name] = .unknown }
        }
        if case .formula(let own) = argument.kind {
            for variable in own { variables[variable.word] = .unknown }
        }
        names = argument.kind.measuredNames
        check(node.value)
        names = .measurable
        variables = outside
        guard let value = node.value.constantValue else { return }
        guard let accepted = argument.kind.accepting(value, typedAs: node.value, in: source) else {
            return error(.wrongValue(argument.name, argument.kind, found: value), node.value.span)
        }
        guard case .text(let path) = accepted, let use = argument.kind.pathUse(of: value) else { return }
        if let required = use.required(for: path), !isWritten(required), !pathExists(required) {
            error(.missingPath(required, use), node.value.span)
        }
        if use == .write { writtenPaths.insert(path) }
    }

    /// Whether an earlier statement of the script makes the file, or the folder it is in.
    private func isWritten(_ path: String) -> Bool {
        writtenPaths.contains(path)
            || writtenPaths.contains { path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
    }

    // MARK: Blocks

    private mutating func check(_ block: Block, as rule: Signature.BlockRule, of path: [String]) {
        let outside = (setting, loopDepth, isInDefinition)
        setting = .entries(Vocabulary(rule, container: path.joined(separator: " ")))
        loopDepth = 0
        check(block)
        (setting, loopDepth, isInDefinition) = outside
    }

    /// Commands that run: what they set is known inside only.
    private mutating func check(statementsOf block: Block) {
        let outside = (setting, loopDepth, variables, definitions)
        (setting, loopDepth) = (.commands, 0)
        check(block)
        (setting, loopDepth, variables, definitions) = outside
    }

    // MARK: Definitions

    mutating func check(_ definition: Definition) {
        let name = definition.name
        if Keyword(rawValue: name.text) != nil {
            error(.reservedName(name.text, isKeyword: true), name.span)
        } else if catalog.command(name.text) != nil || catalog.vocabulary(with: name.text) != nil {
            error(.reservedName(name.text, isKeyword: false), name.span)
        }
        var seen: Set<String> = []
        var hasDefault = false
        for parameter in definition.parameters {
            if !seen.insert(parameter.name.text).inserted {
                error(.duplicateParameter(parameter.name.text), parameter.name.span)
            }
            if let value = parameter.defaultValue {
                hasDefault = true
                check(value)
            } else if hasDefault {
                error(.requiredParameterAfterDefault(parameter.name.text), parameter.name.span)
            }
        }
        let defined = DefinedCommand(definition, in: source)
        definitions[name.text] = defined
        checkBody(of: defined)
    }

    private mutating func checkBody(of defined: DefinedCommand) {
        let outside = (variables, setting, loopDepth, isInDefinition)
        for parameter in defined.definition.parameters { variables[parameter.name.text] = .unknown }
        setting = settings(of: defined).first ?? .commands
        loopDepth = 0
        isInDefinition = true
        check(defined.definition.body)
        (variables, setting, loopDepth, isInDefinition) = outside
    }

    /// A `def` that holds layers is called where layers stand, one that runs commands where commands stand.
    private mutating func check(callOf defined: DefinedCommand, _ verb: Identifier) {
        let usable = settings(of: defined)
        guard !usable.contains(setting) else { return }
        let vocabulary = usable.first?.vocabulary
        error(
            .definitionNotUsableHere(verb.text, noun: vocabulary?.noun, container: vocabulary?.container),
            verb.span)
    }

    /// Where all words of the body can stand; if there is no such place, where most of them can.
    private func settings(of defined: DefinedCommand) -> [Setting] {
        var visited: Set<String> = []
        let verbs = verbs(of: defined, &visited)
        let all = [Setting.commands] + catalog.vocabularies.map(Setting.entries)
        let counts = all.map { setting in verbs.count { stands($0, in: setting) } }
        let most = counts.max() ?? 0
        return zip(all, counts).filter { $0.1 == most }.map(\.0)
    }

    private func stands(_ verb: String, in setting: Setting) -> Bool {
        setting.vocabulary.map { $0[verb] != nil } ?? (catalog.command(verb) != nil)
    }

    /// The words of the body, through the `def`s that it calls.
    private func verbs(of defined: DefinedCommand, _ visited: inout Set<String>) -> [String] {
        guard visited.insert(defined.signature.name).inserted else { return [] }
        var all: [String] = []
        for verb in defined.definition.body.verbs {
            if let inner = definitions[verb] { all += verbs(of: inner, &visited) } else { all.append(verb) }
        }
        return all
    }
}

extension Argument.Kind {
    /// Whether a value is taken as a path, and what for.
    func pathUse(of value: Value) -> Argument.PathUse? {
        switch self {
        case .path(let use): use
        case .either(let kinds): kinds.first { $0.accepting(value) != nil }?.pathUse(of: value)
        default: nil
        }
    }
}
