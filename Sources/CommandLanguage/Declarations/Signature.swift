/// The one declaration of a command: parsing, checking, help, completion, error text, the command reference and
/// the tests of its examples all read it.
package struct Signature: Sendable {
    /// The word that is typed: `train`; a variant's own word, such as `sgd` in `optimizer sgd`.
    package var name: String
    /// One sentence that starts with a verb and ends with a full stop.
    package var summary: String
    /// More: formula, shapes, defaults explained, the paper. Paragraphs.
    package var details: String
    /// The heading it stands under in help: "Data", "Model", "Training", ...
    package var topic: String
    /// Words that find it with `apropos`, symptoms too: "stuck", "nan".
    package var keywords: [String]
    package var arguments: [Argument]
    /// What the first word chooses among: `sgd` and `adam` for `optimizer`. Empty for most. A command that takes a
    /// value without a name can do without one of them: `batch 64` beside `batch find`.
    package var variants: [Signature]
    /// The statements that its `{ }` may hold, or nil if it takes no block.
    package var block: BlockRule?
    /// The blocks of ordinary statements that it runs itself, or nil if it takes none.
    package var blocks: StatementsRule?
    /// What it takes one entry of, typed after its own words as in a block: the layer in `insert dropout 0.3
    /// after=relu2`. Its arguments with a name may follow the entry's. Nil if it takes none.
    package var entry: BlockRule?
    /// The fields of the result that `-> name` keeps, with what they hold; a dot leads into a field that is a record
    /// itself (`val.accuracy`), and one in `<>` stands for the name of each block (`<arm>.val.accuracy`). A result that
    /// is no record is one field without a name. Empty: no result.
    package var result: [Field]
    package var examples: [Example]
    /// Whether it sets variables that nobody can know before it runs, as `source` does.
    package private(set) var setsVariables = false
    /// How it is typed, where the arguments do not tell: `if (condition) { ... }`.
    package var usageOverride: String?

    package init(
        _ name: String, _ summary: String, details: String = "", topic: String = "", keywords: [String] = [],
        arguments: [Argument] = [], variants: [Signature] = [], block: BlockRule? = nil,
        blocks: StatementsRule? = nil, entry: BlockRule? = nil, result: [Field] = [],
        examples: [Example] = [], usage: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.topic = topic
        self.keywords = keywords
        self.arguments = arguments
        self.variants = variants
        self.block = block
        self.blocks = blocks
        self.entry = entry
        self.result = result
        self.examples = examples
        usageOverride = usage
    }

    /// The same of a command that sets variables which nobody can know before it runs.
    package var settingVariables: Signature {
        var signature = self
        signature.setsVariables = true
        return signature
    }

    /// Whether a call needs none of the variants.
    var standsAlone: Bool { arguments.contains { $0.form != .named } }

    /// The variants with what they have of the command: its arguments after their own, and its block and result
    /// unless they have their own. A command that stands alone keeps what is its own.
    package var completeVariants: [Signature] {
        if standsAlone { return variants }
        return variants.map { variant in
            var complete = variant
            complete.arguments += arguments.filter { own in
                !variant.arguments.contains { $0.name == own.name }
            }
            complete.block = variant.block ?? block
            complete.blocks = variant.blocks ?? blocks
            if variant.result.isEmpty { complete.result = result }
            return complete
        }
    }

    /// How many values stand before the word that the first of its variants, or its entry, begins with.
    package var leadingPlaces: Int {
        entry == nil ? 0 : arguments.count { $0.form == .positional }
    }

    /// What a word chooses, with what it has of the command: a variant, or the entry that it takes.
    package func choice(_ word: String) -> Signature? {
        guard let entry else { return completeVariants.first { $0.name == word } }
        guard var chosen = entry.vocabulary.first(where: { $0.name == word }) else { return nil }
        let own = arguments.filter { own in !chosen.arguments.contains { $0.name == own.name } }
        chosen.arguments =
            own.filter { $0.form == .positional } + chosen.arguments + own.filter { $0.form == .named }
        chosen.result = result
        return chosen
    }

    /// What may stand in a command's block: declarations that are collected, not run, such as the layers of
    /// `model { }`. Control flow (`repeat`, `for`, `if`) works in there too.
    package struct BlockRule: Sendable {
        /// Whether the command can do without a block.
        package var isRequired: Bool
        /// What one statement of it is called in errors: "layer".
        package var noun: String
        /// The one argument of statements like `name = value...`, whatever the name; nil if there are none.
        package var assigned: Argument?
        private let words: @Sendable () -> [Signature]

        /// `vocabulary` is not asked for before a block is looked into: so a word may stand in its own block.
        package init(
            isRequired: Bool = true, noun: String,
            vocabulary: @autoclosure @escaping @Sendable () -> [Signature] = [], assigned: Argument? = nil
        ) {
            self.isRequired = isRequired
            self.noun = noun
            self.assigned = assigned
            words = vocabulary
        }

        /// The words that may stand in it; maybe the one whose block it is, too.
        package var vocabulary: [Signature] { words() }
    }

    /// The blocks of ordinary statements that a command runs itself, as often as it likes: the arms of
    /// `fork low { rate 0.01; train 2 } adam { optimizer adam; train 2 }`. The word before a `{` names the block. What a
    /// block sets is gone when it ends, as in a `def`.
    package struct StatementsRule: Sendable {
        /// What one of them is called: "arm"; those without a name are `arm1`, `arm2`, ...
        package var noun: String
        /// How many there may be.
        package var count: ClosedRange<Int>
        /// Names that the command itself gives.
        package var ownNames: [String]

        package init(noun: String, count: ClosedRange<Int>, ownNames: [String] = []) {
            self.noun = noun
            self.count = count
            self.ownNames = ownNames
        }
    }

    /// A field of a command's result.
    package struct Field: Sendable {
        package var name: String
        package var summary: String

        package init(_ name: String, _ summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    /// A script that runs as it stands in the test suite; `setup` runs first and is not shown.
    package struct Example: Sendable, ExpressibleByStringLiteral {
        package var script: String
        package var setup: String

        package init(_ script: String, setup: String = "") {
            self.script = script
            self.setup = setup
        }

        package init(stringLiteral script: String) { self.init(script) }
    }
}
