extension Block {
    /// Visits every statement, those of inner `if`s and loops too, but not those of commands' blocks and `def`s.
    func visitStatements(_ action: (Statement) -> Void) {
        for statement in statements {
            action(statement)
            switch statement.kind {
            case .conditional(let branches, let otherwise):
                for branch in branches { branch.body.visitStatements(action) }
                otherwise?.visitStatements(action)
            case .whileLoop(_, let body), .forLoop(_, _, let body), .repeatLoop(_, let body):
                body.visitStatements(action)
            default: break
            }
        }
    }

    /// The names that it may set.
    var assignedNames: Set<String> {
        var names: Set<String> = []
        visitStatements { statement in
            switch statement.kind {
            case .letBinding(let name, _), .forLoop(let name, _, _): names.insert(name.text)
            case .command(let command): if let result = command.result { names.insert(result.text) }
            default: break
            }
        }
        return names
    }

    /// The commands, entries and defs that it uses.
    var verbs: [String] {
        var verbs: [String] = []
        visitStatements { statement in
            if case .command(let command) = statement.kind { verbs.append(command.verb.text) }
            if case .show = statement.kind { verbs.append("print") }
        }
        return verbs
    }
}
