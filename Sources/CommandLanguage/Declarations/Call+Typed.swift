extension Call {
    /// The call as it would be typed with the values that it got: no variables, loops or `def`s, no defaults.
    package func typed(in catalog: Catalog) -> String {
        guard let command = catalog.command(path[0]) else {
            preconditionFailure("a call of an undeclared command: \(path[0])")
        }
        return lines(as: command).joined(separator: "\n")
    }

    private func lines(as declared: Signature) -> [String] {
        let signature = path.count > 1 ? declared.choice(path[1]) ?? declared : declared
        let given = signature.arguments.filter { argumentSpans[$0.name] != nil }
        // One value says by its command what it is; of several each has its name, unless others follow without one.
        let hasRest = given.contains { $0.form == .rest }
        let places = given.filter { $0.form != .named }.prefix(
            hasRest ? given.count : max(declared.leadingPlaces, 1))
        let unnamed = places.flatMap { argument -> [String] in
            if argument.form == .rest { return list(argument.name).map(argument.kind.typed) }
            return [argument.kind.typed(value(argument.name))]
        }
        let named = given.filter { argument in !places.contains { $0.name == argument.name } }.map {
            "\($0.name)=\($0.kind.typed(value($0.name)))"
        }
        let leading = declared.leadingPlaces
        let words = [path[0]] + unnamed.prefix(leading) + path.dropFirst() + unnamed.dropFirst(leading)
        let head = (words + named).joined(separator: " ")
        if !blocks.isEmpty {
            return [([head] + blocks.map { "\($0.name) \($0.text)" }).joined(separator: " ")]
        }
        guard let block, let rule = signature.block else { return [head] }
        if let assigned = rule.assigned {
            let lines = block.map { entry in
                "    \(entry.path[0]) = "
                    + entry.list(assigned.name).map(assigned.kind.typed).joined(separator: " ")
            }
            return [head + " {"] + lines + ["}"]
        }
        let entries = block.flatMap { entry in
            rule.vocabulary.first { $0.name == entry.path[0] }.map(entry.lines) ?? []
        }
        return [head + " {"] + entries.map { "    " + $0 } + ["}"]
    }
}
