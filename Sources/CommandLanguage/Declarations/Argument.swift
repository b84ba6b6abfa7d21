/// One argument of a command: a word in its place, or `name=value`.
package struct Argument: Sendable {
    /// How it is given.
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
        /// More than nothing and at most a year, `60s`, `2min` or `1.5h`; its value is a number, in seconds.
        case duration
        case boolean
        case choice([Choice])
        /// Any text.
        case text
        /// A new name of letters, digits, `-` and `_`, but no word of the language such as `repeat`.
        case name
        /// Parts with dots between them, each of letters, digits, `-` and `_`: `layer1.0`.
        case dottedName
        /// A file or folder to read (which must exist when the script is checked, unless an earlier statement
        /// makes it) or to write (whose folder must exist).
        case path(PathUse)
        /// `28x28x1` with this many extents.
        case size(ClosedRange<Int>)
        case range(NumberRange)
        case list(of: Kind)
        /// An expression over these variables, which have values only later; its value is the text of a `Formula`.
        case formula([Choice])
        /// An expression that is true or false, evaluated by the command; its value is the text of a `Condition`, whose
        /// variables are the session's and the command's blocks.
        case condition
        /// An expression over names that the host measures while a command runs, and whose example this is without its
        /// parentheses: `conv1.gradient.norm > 10`; one name needs none. Its value is the text of a `Formula`.
        case measurement(example: String)
        /// Anything, such as the values of `print` and `plot`.
        case any
        /// A value that names something there is in the session, such as a `layer`: `Surroundings.names` completes it.
        case naming(String, Kind)
        /// The first that fits: `padding` is `same`, `valid` or an integer.
        case either([Kind])
    }

    /// What a path is for.
    package enum PathUse: Sendable, Equatable {
        case read, write

        /// What must be there beforehand: what is read, or the folder of what is written; nil for the current one.
        func required(for path: String) -> String? {
            guard self == .write else { return path }
            var folder = path[...]
            while folder.count > 1, folder.last == "/" { folder.removeLast() }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            return slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    /// One of the words that a choice allows.
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
