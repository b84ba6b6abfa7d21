/// Finds what could stand at the cursor. All of it, and its descriptions, comes from the declarations and from what
/// the session holds.
struct Completer {
    let catalog: Catalog
    let definitions: [String: DefinedCommand]
    let variables: [String: Value]
    let namesInFolder: (String) -> [String]
    let names: (String) -> [CompletionList.Item]

    func completions(in text: String, at cursor: Int) -> CompletionList {
        let cursor = min(max(cursor, 0), text.utf8.count)
        let prefix = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
        let context = CursorContext(prefix)
        let items = items(for: context, before: prefix).filter { item in
            // A path that needs quotes may be typed without.
            item.text.hasPrefix(context.partial) || item.text.hasPrefix("\"" + context.partial)
        }
        return CompletionList(range: min(context.start, cursor)..<cursor, items: items)
    }

    private func items(for context: CursorContext, before prefix: String) -> [CompletionList.Item] {
        if context.isInComment { return [] }
        if !context.isInText, context.partial.hasPrefix("$") {
            return VariableCompleter(prefix: prefix, catalog: catalog, variables: variables)
                .items(for: context.partial)
        }
        switch context.bracket {
        case .leftParenthesis?:
            let functions = Function.all.map {
                CompletionList.Item($0.name + "(", "\($0.usage): \($0.summary)", endsWord: false)
            }
            let variables = VariableCompleter(prefix: prefix, catalog: catalog, variables: variables).items(
                for: "$")
            return context.isInText ? [] : variables + functions + names(noun(ofExpressionIn: context))
        case .leftBracket?: return elements(context)
        default: break
        }
        let setting = setting(inside: context.heads)
        guard let first = context.before.first else {
            return context.isInText ? [] : verbs(in: setting)
        }
        guard let verb = first.word else { return [] }
        return arguments(of: verb, in: setting, context)
    }

    /// What the names in the expression at the cursor are: a measurement knows no facts.
    private func noun(ofExpressionIn context: CursorContext) -> String {
        let outside = Array(context.before.prefix { $0.symbol != .leftParenthesis })
        guard let verb = outside.first?.word,
            let place = place(of: verb, in: setting(inside: context.heads), outside)
        else { return Formula.factNoun }
        return place.argument?.kind.isMeasurement == true ? Formula.noun : Formula.factNoun
    }

    /// What a list can hold.
    private func elements(_ context: CursorContext) -> [CompletionList.Item] {
        guard let kind = place(ofListIn: context)?.argument?.kind.elementKind else { return [] }
        return values(of: kind, "", context)
    }

    /// What is expected where the list at the cursor stands.
    func place(ofListIn context: CursorContext) -> Place? {
        guard let outside = context.beforeList, let verb = outside.first?.word else { return nil }
        return place(of: verb, in: setting(inside: context.heads), outside)
    }

    // MARK: Verbs

    private func verbs(in setting: Setting) -> [CompletionList.Item] {
        let own = Set(Keyword.allCases.map(\.rawValue))
        let words = setting.vocabulary.map { vocabulary in
            // Control flow works in a block; commands do not.
            vocabulary.signatures + catalog.commands.filter { own.contains($0.name) }
        }
        let defined = definitions.values.map(\.signature).sorted { $0.name < $1.name }
        let assigned = setting.vocabulary.flatMap { $0.assigned == nil ? nil : names($0.noun) } ?? []
        return assigned.map { CompletionList.Item($0.text + " = ", $0.summary, endsWord: false) }
            + ((words ?? catalog.commands) + defined).map { CompletionList.Item($0.name, $0.summary) }
    }

    /// What may stand in the innermost block whose command has one.
    func setting(inside heads: [[Token]]) -> Setting {
        var setting = Setting.commands
        for head in heads {
            guard let verb = head.first?.word, let signature = signature(of: verb, in: setting) else {
                continue
            }
            let place = 1 + signature.leadingPlaces
            let chosen = head.indices.contains(place) ? head[place].word.flatMap(signature.choice) : nil
            if (chosen ?? signature).blocks != nil { setting = .commands }
            guard let rule = (chosen ?? signature).block else { continue }
            setting = .entries(Vocabulary(rule, container: verb))
        }
        return setting
    }

    private func signature(of verb: String, in setting: Setting) -> Signature? {
        definitions[verb]?.signature ?? setting.vocabulary?[verb] ?? catalog.command(verb)
    }

    // MARK: Arguments

    private func arguments(
        of verb: String, in setting: Setting, _ context: CursorContext
    ) -> [CompletionList.Item] {
        if verb == "help" { return helpWords() }
        if context.before.last?.symbol == .arrow { return [] }
        if verb == Keyword.for.rawValue, context.before.count == 2 {
            return [CompletionList.Item("in", "for name in values { ... }")]
        }
        guard let place = place(of: verb, in: setting, context.before) else { return [] }
        if place.isNamed {
            return place.argument.map { argument in
                let values = values(for: argument, context)
                return values.isEmpty && !context.isInText ? argument.ends : values
            } ?? []
        }
        let here = place.argument.map { values(for: $0, context) } ?? []
        guard !context.isInText else { return here }
        return place.variants.map { CompletionList.Item($0.name, $0.summary) } + here
            + place.open.map {
                CompletionList.Item($0.name + "=", "\($0.summary) (\($0.facts))", endsWord: false)
            }
    }

    /// What is expected at the cursor of a statement.
    struct Place {
        /// Those that the first word may choose among, if it is not there yet.
        var variants: [Signature] = []
        /// The argument that a value is for; nil if only names can follow.
        var argument: Argument?
        /// Whether `name=` stands right before the cursor.
        var isNamed = false
        /// The arguments that can still be given by name.
        var open: [Argument] = []
    }

    func place(of verb: String, in setting: Setting, _ statement: [Token]) -> Place? {
        let isAssignment = statement.dropFirst().first?.symbol == .equals
        if isAssignment, let assigned = setting.vocabulary?.assigned { return Place(argument: assigned) }
        guard let signature = signature(of: verb, in: setting) else { return nil }
        var given = GivenArguments(statement.dropFirst())
        var declared = signature.arguments
        var variants: [Signature] = []
        if let entry = signature.entry {
            let places = signature.leadingPlaces
            if given.values.count > places {
                declared =
                    given.values.remove(at: places).word.flatMap(signature.choice)?.arguments ?? declared
            } else if given.values.count == places, given.names.isEmpty {
                return Place(variants: entry.vocabulary)
            }
        } else if !signature.variants.isEmpty {
            if let first = given.values.first {
                let chosen = first.word.flatMap(signature.choice)
                declared = chosen?.arguments ?? declared
                if chosen != nil || !signature.standsAlone { given.values.removeFirst() }
            } else if given.names.isEmpty {
                variants = signature.variants
                if !signature.standsAlone { return Place(variants: variants) }
            }
        }
        if let name = given.openName {
            return Place(argument: declared.first { $0.name == name }, isNamed: true)
        }
        let missing = declared.filter { !given.names.contains($0.name) }
        let places = missing.filter { $0.form == .positional }.dropFirst(given.values.count)
        let next = places.first ?? missing.first { $0.form == .rest }
        return Place(
            variants: variants, argument: given.names.isEmpty ? next : nil,
            open: missing.filter { $0.form == .named })
    }

    private func helpWords() -> [CompletionList.Item] {
        var seen: Set<String> = []
        let entries = catalog.entries.filter { seen.insert($0.signature.name).inserted }
        return entries.map { CompletionList.Item($0.signature.name, $0.signature.summary) }
            + Help(catalog).topics.map { CompletionList.Item($0.name, "topic") }
    }

    private func values(for argument: Argument, _ context: CursorContext) -> [CompletionList.Item] {
        let items =
            argument.kind.isMeasurement && !context.isInText
            ? names(Formula.noun) : values(of: argument.kind, argument.summary, context)
        guard items.isEmpty, !context.isInText, let value = argument.typedDefault, !value.isEmpty else {
            return items
        }
        return [CompletionList.Item(value, "\(argument.summary) (\(argument.facts))")]
    }

    private func values(of kind: Argument.Kind, _ summary: String, _ context: CursorContext)
        -> [CompletionList.Item]
    {
        switch kind {
        case .choice(let choices):
            context.isInText
                ? []
                : choices.map { choice in
                    CompletionList.Item(choice.word, choice.summary.isEmpty ? summary : choice.summary)
                }
        case .boolean:
            context.isInText
                ? [] : [CompletionList.Item("true", summary), CompletionList.Item("false", summary)]
        case .either(let kinds): kinds.flatMap { values(of: $0, summary, context) }
        case .path: paths(context)
        case .naming(let noun, let kind):
            (context.isInText ? [] : names(noun)) + values(of: kind, summary, context)
        case .list(let kind):
            context.isInText
                ? []
                : values(of: kind, summary, context).map { CompletionList.Item("[\($0.text)]", $0.summary) }
        case .any:
            context.isInText
                ? [] : VariableCompleter(prefix: "", catalog: catalog, variables: variables).items(for: "$")
        default: []
        }
    }

    /// The names in the folder that is typed so far. A name that is more than a word is put in quotes.
    private func paths(_ context: CursorContext) -> [CompletionList.Item] {
        let isQuoted = context.isInText
        let typed = isQuoted ? context.partial.dropFirst() : context.partial[...]
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        return namesInFolder(folder).map { name in
            let path = folder + name
            let isFolder = name.hasSuffix("/")
            guard isQuoted || !path.isPlainWord else {
                return CompletionList.Item(path, "", endsWord: !isFolder)
            }
            return CompletionList.Item("\"" + path.escaped + (isFolder ? "" : "\""), "", endsWord: !isFolder)
        }
    }
}
