@testable import CommandLanguage

/// The words of a catalog that statements use, as `optimizer sgd` or `conv`, in all blocks; choices as `init he`, and
/// metrics as `metric f1`, whether they are read, measured, drawn or chosen.
struct UsedWords {
    private let catalog: Catalog
    private(set) var words: Set<String> = []

    init(of catalog: Catalog) { self.catalog = catalog }

    mutating func add(_ source: Source) {
        add(Parser.parse(source).script.statements, in: nil)
    }

    private mutating func add(_ statements: [Statement], in vocabulary: Vocabulary?) {
        for statement in statements {
            switch statement.kind {
            case .command(let command): add(command, in: vocabulary)
            case .show(let value), .letBinding(_, let value), .returnValue(.some(let value)),
                .expectation(let value):
                add(value)
            case .conditional(let branches, let otherwise):
                for branch in branches {
                    add(branch.condition)
                    add(branch.body.statements, in: vocabulary)
                }
                add(otherwise?.statements ?? [], in: vocabulary)
            case .whileLoop(let value, let body), .forLoop(_, let value, let body),
                .repeatLoop(let value, let body):
                add(value)
                add(body.statements, in: vocabulary)
            case .definition(let definition): add(definition.body.statements, in: nil)
            case .breakLoop, .continueLoop, .returnValue(nil): break
            }
        }
    }

    private mutating func add(_ command: CommandNode, in vocabulary: Vocabulary?) {
        command.arguments.map(\.value).forEach { add($0) }
        let verb = command.verb.text
        // The body of a `def` may hold commands or entries of any block.
        guard
            let signature = vocabulary?.signature(of: command) ?? catalog.command(verb)
                ?? catalog.vocabulary(with: verb)?[verb],
            let binding = try? CallBinding(
                command, to: signature, in: Source(name: "", text: ""),
                variant: {
                    $0.constantValue?.literal
                })
        else { return }
        words.insert(signature.name)
        words.insert(binding.path.joined(separator: " "))
        // The layer of `insert dropout 0.3`.
        if signature.entry != nil { words.formUnion(binding.path.dropFirst()) }
        for slot in binding.slots {
            for case .word(let word) in slot.nodes.map(\.value.kind) {
                add(word, as: slot.argument, of: signature.name)
            }
        }
        if let block = command.block, let rule = binding.signature.block {
            add(
                block.statements,
                in: Vocabulary(rule, container: binding.path.joined(separator: " ")))
        }
        for block in binding.blocks { add(block.block.statements, in: nil) }
    }

    private mutating func add(_ word: String, as argument: Argument, of command: String) {
        words.insert("\(argument.name == "init" ? "init" : command) \(word)")
        if argument.name == "metric" || command == "plot" { words.insert("metric \(word)") }
        addMeasured(word)
    }

    private static let partsOfLists = ["first", "last", "min", "max", "mean", "count"]

    /// Metrics, wherever they stand: `(val.f1 > 0.8)`, `$run.val.f1.last`.
    private mutating func add(_ expression: Expression) {
        var names: [String] = []
        expression.visit { part in
            switch part.kind {
            case .access(_, let accessors):
                let fields = accessors.compactMap { accessor in
                    if case .field(let name) = accessor { name.text } else { nil }
                }
                // An arm of a fork may be called as a metric is.
                if let last = fields.last(where: { !Self.partsOfLists.contains($0) }) {
                    names.append("val.\(last)")
                }
            case .name(let name): names.append(name)
            default: break
            }
        }
        names.forEach { addMeasured($0) }
    }

    private mutating func addMeasured(_ name: String) {
        if name.hasPrefix("val.") { words.insert("metric " + name.dropFirst(4)) }
    }
}
