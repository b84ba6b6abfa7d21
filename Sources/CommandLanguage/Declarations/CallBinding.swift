/// Which argument of a declaration each word and `name=value` of a statement is meant for. Types are checked later:
/// by the checker where a value is written out, by the evaluator everywhere.
struct CallBinding {
    struct Slot {
        let argument: Argument
        /// None if it was left out, several only for `.rest`.
        var nodes: [ArgumentNode] = []
    }

    /// The command's name, then the variant's.
    private(set) var path: [String]
    /// What is bound: the variant's own declaration if there is one. Its block counts before the command's.
    private(set) var signature: Signature
    private(set) var slots: [Slot] = []
    /// The blocks of statements, each with its name.
    private(set) var blocks: [(name: String, block: Block)] = []
    private(set) var errors: [ScriptError] = []
    private let node: CommandNode
    private let source: Source

    /// Nil if the variant is only known when the script runs (`optimizer $name`): `variant` gives the word for the
    /// expression in its place, if it is known. Throws if there is no such variant.
    init?(
        _ node: CommandNode, to signature: Signature, in source: Source,
        variant: (Expression) throws(ScriptError) -> String?
    ) throws(ScriptError) {
        self.node = node
        self.source = source
        self.signature = signature
        path = [signature.name]
        var given = node.arguments[...]
        if let rule = signature.entry {
            guard try bindEntry(rule, &given, variant) else { return nil }
        } else if !signature.variants.isEmpty {
            let names = signature.variants.map(\.name)
            if let first = given.first, first.name == nil, first.value.hasNoNames {
                guard let word = try variant(first.value) else { return nil }
                if let chosen = signature.choice(word) {
                    given = given.dropFirst()
                    path.append(word)
                    self.signature = chosen
                } else if !signature.standsAlone {
                    throw ScriptError(
                        .unknownVariant(
                            word, command: signature.name, nearest: nearest(to: word, among: names),
                            variants: names),
                        first.span)
                }
            } else if !signature.standsAlone {
                throw ScriptError(.missingVariant(command: signature.name, variants: names), node.verb.span)
            }
        }
        if self.signature.blocks != nil, let place = node.placeOfBlockName, given.indices.contains(place) {
            given = given[..<place] + given[(place + 1)...]
        }
        slots = self.signature.arguments.map { Slot(argument: $0) }
        assign(given)
        if let output = node.output, case .file = output.kind, takesMeasurements {
            error(.bareComparison(">", condition: condition(around: output.span)), output.span)
        }
        if errors.isEmpty { checkMissing() }
        if let rule = self.signature.blocks { bindBlocks(rule) } else { checkBlock() }
    }

    /// Takes the entry's word out of what is given; false if it is only known when the script runs.
    private mutating func bindEntry(
        _ rule: Signature.BlockRule, _ given: inout ArraySlice<ArgumentNode>,
        _ variant: (Expression) throws(ScriptError) -> String?
    ) throws(ScriptError) -> Bool {
        let places = signature.leadingPlaces
        let unnamed = given.prefix { $0.name == nil }
        guard unnamed.count > places else {
            guard unnamed.count == places else { return true }
            let missing = Argument(
                rule.noun, .text, .positional, "\(rule.noun.withArticle) as it stands in a block")
            throw ScriptError(
                .missingArgument(
                    missing, command: signature.name, example: signature.exampleCall(path) ?? signature.usage),
                node.verb.span)
        }
        let first = unnamed[unnamed.startIndex + places]
        guard let word = try variant(first.value) else { return false }
        guard let chosen = signature.choice(word) else {
            let words = rule.vocabulary.map(\.name)
            throw ScriptError(
                .unknownEntry(
                    word, noun: rule.noun, container: signature.name, nearest: nearest(to: word, among: words)
                ),
                first.span)
        }
        given = given.prefix(places) + given.dropFirst(places + 1)
        path.append(word)
        signature = chosen
        return true
    }

    /// The name in messages: `sgd` for `optimizer sgd`.
    private var name: String { path[path.count - 1] }

    private mutating func assign(_ given: ArraySlice<ArgumentNode>) {
        var named = false
        // What the value before is for.
        var previous: Argument?
        for argument in given {
            if argument.name == nil, case .word(let word) = argument.value.kind,
                previous?.isCounted(by: word) == true
            {
                previous = nil
                continue
            }
            previous = nil
            if let name = argument.name {
                named = true
                previous = assign(argument, to: name)
            } else if named {
                error(
                    .wordAfterNamed(source[argument.span], nextPlace.map { slots[$0].argument }),
                    argument.span)
            } else if case .word(let word) = argument.value.kind, isFlag(word) {
                error(.flag(word, argument: declared(word.drop { $0 == "-" })), argument.span)
            } else if takesMeasurements, case .word(let word) = argument.value.kind, word.isComparison {
                error(.bareComparison(word, condition: condition(around: argument.span)), argument.span)
                return
            } else if let place = nextPlace {
                slots[place].nodes.append(argument)
                previous = slots[place].argument
            } else {
                let places = slots.count { $0.argument.form == .positional } + path.count - 1
                error(
                    .surplusWord(
                        source[argument.span], command: name, places: places,
                        fitting: self.argument(thatTakes: argument)),
                    argument.span)
                return
            }
        }
    }

    /// `kernel_size` has the word `kernel` in it, `p` begins `probability`, `momentun` is misspelt.
    private static func meant(by name: String, among known: [Argument]) -> Argument? {
        let parts = name.split { "_-".contains($0) }.map(String.init)
        if parts.count > 1, let argument = known.first(where: { parts.contains($0.name) }) { return argument }
        let begun = known.filter { $0.name.hasPrefix(name) }
        if begun.count == 1 { return begun[0] }
        let close = nearest(to: name, among: known.map(\.name))
        return known.first { $0.name == close }
    }

    /// - Returns: the argument of that name.
    private mutating func assign(_ argument: ArgumentNode, to name: Identifier) -> Argument? {
        guard let index = slots.firstIndex(where: { $0.argument.name == name.text }) else {
            let known = slots.map(\.argument)
            let suggestion = Self.meant(by: name.text, among: known)
            error(
                .unknownArgument(name.text, command: self.name, nearest: suggestion, known: known), name.span)
            return nil
        }
        if slots[index].nodes.isEmpty {
            slots[index].nodes = [argument]
        } else {
            error(.duplicateArgument(name.text), name.span)
        }
        return slots[index].argument
    }

    private var takesMeasurements: Bool { slots.contains { $0.argument.kind.isMeasurement } }

    /// The place that the next value without a name goes to.
    private var nextPlace: Int? {
        slots.firstIndex { $0.argument.form == .positional && $0.nodes.isEmpty }
            ?? slots.firstIndex { $0.argument.form == .rest }
    }

    /// The argument that a value without a place was perhaps meant for.
    private func argument(thatTakes node: ArgumentNode) -> Argument? {
        guard let value = node.value.constantValue else { return nil }
        return slots.map(\.argument).first { argument in
            argument.form == .named && argument.kind.accepting(value) != nil
                && !self.node.arguments.contains { $0.name?.text == argument.name }
        }
    }

    /// A comparison without parentheses, as far as it stands around its sign.
    private func condition(around sign: Span) -> String {
        let left = node.arguments.last { $0.span.end <= sign.start }
        let right = node.arguments.first { $0.span.start >= sign.end }
        return source[Span(left?.span.start ?? sign.start, right?.span.end ?? sign.end)]
    }

    private func isFlag(_ word: String) -> Bool {
        word.hasPrefix("-") && word.drop { $0 == "-" }.utf8.first?.isLetter == true
    }

    private func declared(_ name: Substring) -> Argument? {
        slots.first { $0.argument.name == name }?.argument
    }

    private mutating func checkMissing() {
        for slot in slots
        where slot.nodes.isEmpty && slot.argument.defaultValue == nil && !slot.argument.isOptional {
            let command = path.joined(separator: " ")
            let place = "\(command) \(slot.argument.example)"
            let example =
                slot.argument.form == .named
                ? slot.argument.example : signature.exampleCall(path) ?? place
            error(.missingArgument(slot.argument, command: command, example: example), node.verb.span)
        }
    }

    private mutating func checkBlock() {
        if let block = node.block, signature.block == nil {
            error(.unexpectedBlock(command: name), Span(block.span.start, block.span.start + 1))
        } else if node.block == nil, let rule = signature.block, rule.isRequired {
            error(.missingBlock(command: name, noun: rule.noun), node.verb.span)
        } else if let further = node.furtherBlocks.first {
            error(.furtherBlock(command: name), further.span)
        }
    }

    private mutating func bindBlocks(_ rule: Signature.StatementsRule) {
        var given: [(name: Identifier?, block: Block)] = []
        if let first = node.block { given.append((node.nameOfFirstBlock, first)) }
        given += node.furtherBlocks.map { ($0.name, $0.block) }
        if given.count < rule.count.lowerBound {
            error(
                .missingBlocks(command: name, noun: rule.noun, count: rule.count.lowerBound), node.verb.span)
        }
        for (index, entry) in given.enumerated() {
            let brace = Span(entry.block.span.start, entry.block.span.start + 1)
            let span = entry.name?.span ?? brace
            let label = entry.name?.text ?? "\(rule.noun)\(index + 1)"
            if index == rule.count.upperBound {
                error(.surplusBlock(command: name, noun: rule.noun, limit: rule.count.upperBound), span)
            } else if !NameRule.variable.allows(label) {
                error(.badVariableName(label), span)
            } else if rule.ownNames.contains(label) {
                error(.reservedBlock(label, command: name, noun: rule.noun), span)
            } else if blocks.contains(where: { $0.name == label }) {
                error(.duplicateBlock(label, noun: rule.noun), span)
            }
            blocks.append((label, entry.block))
        }
    }

    private mutating func error(_ kind: ScriptError.Kind, _ span: Span) {
        errors.append(ScriptError(kind, span))
    }
}

extension String {
    /// Whether a command's word is an operator that compares.
    fileprivate var isComparison: Bool {
        BinaryOperator(rawValue: self).map { $0.precedence == .comparison } ?? false
    }
}
