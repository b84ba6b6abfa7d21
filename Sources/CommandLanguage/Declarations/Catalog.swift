/// All declared words and where each may stand: what the checker, help and completion look words up in.
package struct Catalog: Sendable {
    /// A word that help knows: a command, one of its variants, or an entry of its block.
    package struct Entry: Sendable {
        /// `["optimizer", "sgd"]`, `["conv"]`
        package let path: [String]
        package let signature: Signature
        /// The command whose block it stands in, such as `model` for a layer.
        package let container: String?
        /// What the container calls it: "layer".
        package let noun: String?

        /// As it is typed: `optimizer sgd`.
        package var name: String { path.joined(separator: " ") }
    }

    /// The commands in the order they were declared.
    package let commands: [Signature]
    /// Every word with a declaration, each command before its variants and entries.
    package let entries: [Entry]
    let vocabularies: [Vocabulary]
    private let commandsByName: [String: Signature]

    package init(_ commands: [Signature]) {
        self.commands = commands
        commandsByName = Dictionary(commands.map { ($0.name, $0) }) { _, second in
            preconditionFailure("two commands named \(second.name)")
        }
        var collection = Collection()
        for command in commands { collection.add(command, after: [], in: nil) }
        entries = collection.entries
        vocabularies = collection.vocabularies
    }

    /// Every word once, though blocks may hold themselves.
    private struct Collection {
        private(set) var entries: [Entry] = []
        private(set) var vocabularies: [Vocabulary] = []
        /// The words of blocks, each with what its block calls it.
        private var known: Set<[String]> = []

        mutating func add(_ signature: Signature, after parents: [String], in home: Vocabulary?) {
            let path = parents + [signature.name]
            entries.append(
                Entry(path: path, signature: signature, container: home?.container, noun: home?.noun))
            for variant in signature.completeVariants { add(variant, after: path, in: home) }
            guard let rule = signature.block else { return }
            let vocabulary = Vocabulary(rule, container: path.joined(separator: " "))
            vocabularies.append(vocabulary)
            // A word that stands in several blocks, a layer in a model and in a layer's block say, is known from the
            // outermost, with its own block.
            let new = vocabulary.signatures.filter { known.insert([rule.noun, $0.name]).inserted }
            for entry in new { add(entry, after: [], in: vocabulary) }
        }
    }

    func command(_ name: String) -> Signature? { commandsByName[name] }

    /// The first vocabulary that has this word.
    func vocabulary(with word: String) -> Vocabulary? { vocabularies.first { $0[word] != nil } }
}

/// The words that may stand in a block.
struct Vocabulary: Sendable, Equatable {
    /// What one of its statements is called: "layer".
    let noun: String
    /// The command whose block it is: "model".
    let container: String
    let signatures: [Signature]
    /// What follows the `=` of `name = value...`; nil if there are no such statements.
    let assigned: Argument?
    private let byName: [String: Signature]

    init(_ rule: Signature.BlockRule, container: String) {
        noun = rule.noun
        self.container = container
        signatures = rule.vocabulary
        assigned = rule.assigned
        byName = Dictionary(rule.vocabulary.map { ($0.name, $0) }) { _, second in
            preconditionFailure("two entries named \(second.name) in \(container)")
        }
    }

    subscript(word: String) -> Signature? { byName[word] }

    var takesAssignments: Bool { assigned != nil }

    /// What the statement is bound to: an entry of that word, or `name = value...`.
    func signature(of command: CommandNode) -> Signature? {
        guard command.isAssignment else { return self[command.verb.text] }
        return assigned.map { Signature(command.verb.text, "Set.", arguments: [$0]) }
    }

    static func == (a: Vocabulary, b: Vocabulary) -> Bool { a.container == b.container && a.noun == b.noun }
}

/// Where a statement stands: among commands that run, or among entries of a block that are collected.
enum Setting: Equatable {
    case commands
    case entries(Vocabulary)

    var vocabulary: Vocabulary? {
        if case .entries(let vocabulary) = self { vocabulary } else { nil }
    }
}
