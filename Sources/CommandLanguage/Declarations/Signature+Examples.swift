extension Signature {
    /// How an example calls it, without the block and the `->`: `train 3`. A variant is called by its whole path.
    func exampleCall(_ path: [String]) -> String? {
        examples.lazy.compactMap { example in
            let source = Source(name: "", text: example.script)
            let script = Parser.parse(source).script
            return Self.call(path, in: script.statements, of: source)
        }.first
    }

    private static func call(_ path: [String], in statements: [Statement], of source: Source) -> String? {
        for case .command(let command) in statements.map(\.kind) {
            let end = command.arguments.last?.span ?? command.verb.span
            let words = [command.verb.text] + command.arguments.map { source[$0.span] }
            if words.starts(with: path) { return source[command.verb.span.joined(to: end)] }
            if let inner = command.block.flatMap({ call(path, in: $0.statements, of: source) }) {
                return inner
            }
        }
        return nil
    }
}
