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
    /// What the first word chooses among: `sgd` and `adam` for `optimizer`. Empty for most.
    package var variants: [Signature]
    /// The statements that its `{ }` may hold, or nil if it takes no block.
    package var block: BlockRule?
    /// The fields of the result that `-> name` keeps, with what they hold.
    package var result: [Field]
    package var examples: [Example]
    /// How it is typed, where the arguments do not tell: `if (condition) { ... }`.
    package var usageOverride: String?

    package init(
        _ name: String, _ summary: String, details: String = "", topic: String = "", keywords: [String] = [],
        arguments: [Argument] = [], variants: [Signature] = [], block: BlockRule? = nil, result: [Field] = [],
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
        self.result = result
        self.examples = examples
        usageOverride = usage
    }

    /// What may stand in a command's block: declarations that are collected, not run, such as the layers of
    /// `model { }`. Control flow (`repeat`, `for`, `if`) works in there too.
    package struct BlockRule: Sendable {
        package var isRequired: Bool
        /// What one statement of it is called in errors: "layer".
        package var noun: String
        package var vocabulary: [Signature]

        package init(isRequired: Bool = true, noun: String, vocabulary: [Signature]) {
            self.isRequired = isRequired
            self.noun = noun
            self.vocabulary = vocabulary
        }
    }

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

/// One argument of a command: a word in its place, or `name=value`.
package struct Argument: Sendable {
    package enum Form: Sendable, Equatable {
        /// A word or value in its place: `conv 32`. May also be given by name: `conv filters=32`.
        case positional
        /// `kernel=3`
        case named
        /// All remaining words: `plot $a.val.accuracy $b.val.accuracy`. Its value is a list.
        case rest
    }

    /// What values are allowed; also their wording in help and errors.
    package indirect enum Kind: Sendable {
        case number(NumberRange, unit: String? = nil)
        case integer(ClosedRange<Int>, unit: String? = nil)
        case boolean
        case choice([Choice])
        /// Any text.
        case text
        /// A new name: a letter, then letters, digits, `-` and `_`.
        case name
        /// A file or folder to read (which must exist when the script is checked, unless an earlier statement
        /// makes it) or to write.
        case path(PathUse)
        /// `28x28x1` with this many extents.
        case size(ClosedRange<Int>)
        case range(NumberRange)
        case list(of: Kind)
        /// Anything, such as the values of `print` and `plot`.
        case any
        /// The first that fits: `padding` is `same`, `valid` or an integer.
        case either([Kind])
    }

    package enum PathUse: Sendable, Equatable { case read, write }

    package struct Choice: Sendable, Hashable {
        package var word: String
        package var summary: String

        package init(_ word: String, _ summary: String = "") {
            self.word = word
            self.summary = summary
        }
    }

    package var name: String
    package var kind: Kind
    package var form: Form
    /// What it is, in a few words: "how many filters".
    package var summary: String
    /// Nil: required, unless `isOptional`.
    package var defaultValue: Value?
    /// May be left out without a default: the command then decides.
    package var isOptional: Bool

    package init(
        _ name: String, _ kind: Kind, _ form: Form, _ summary: String,
        default defaultValue: Value? = nil,
        isOptional: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.form = form
        self.summary = summary
        self.defaultValue = defaultValue
        self.isOptional = isOptional
    }

    /// An argument that is given by name, as most are.
    package init(
        _ name: String, _ kind: Kind, _ summary: String, default defaultValue: Value? = nil,
        isOptional: Bool = false
    ) {
        self.init(name, kind, .named, summary, default: defaultValue, isOptional: isOptional)
    }
}

/// The numbers an argument takes; prints as `0..<1`, `> 0` or `any number`.
package struct NumberRange: Sendable, Hashable, CustomStringConvertible {
    package var lower: Double?
    package var upper: Double?
    package var includesLower: Bool
    package var includesUpper: Bool

    private init(_ lower: Double?, _ upper: Double?, _ includesLower: Bool, _ includesUpper: Bool) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower
        self.includesUpper = includesUpper
    }

    package static let any = NumberRange(nil, nil, false, false)
    package static func above(_ bound: Double) -> NumberRange { NumberRange(bound, nil, false, false) }
    package static func atLeast(_ bound: Double) -> NumberRange { NumberRange(bound, nil, true, false) }
    package static func within(_ range: ClosedRange<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, true)
    }
    package static func within(_ range: Range<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, false)
    }

    package func contains(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        if let lower, includesLower ? number < lower : number <= lower { return false }
        if let upper, includesUpper ? number > upper : number >= upper { return false }
        return true
    }

    package var description: String {
        switch (lower, upper) {
        case (nil, nil): "any number"
        case (let lower?, nil): (includesLower ? ">= " : "> ") + formatted(lower)
        case (nil, let upper?): (includesUpper ? "<= " : "< ") + formatted(upper)
        case (let lower?, let upper?):
            formatted(lower) + (includesLower ? ".." : "<..") + (includesUpper ? "" : "<") + formatted(upper)
        }
    }

    private func formatted(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
