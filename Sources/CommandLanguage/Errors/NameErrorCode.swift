/// Errors in names: of commands, entries of blocks, variables, fields and functions.
package enum NameErrorCode: String, ErrorCode {
    case unknownCommand = "unknown-command"
    case foreignHabit = "foreign-habit"
    case unknownEntry = "unknown-entry"
    case entryOutsideBlock = "entry-outside-block"
    case commandInsideBlock = "command-inside-block"
    case definitionNotUsableHere = "definition-not-usable-here"
    case unknownVariable = "unknown-variable"
    case unknownField = "unknown-field"
    case unknownFunction = "unknown-function"
    case unknownTopic = "unknown-topic"
    case unknownCode = "unknown-code"
    case reservedName = "reserved-name"

    package var explanation: ErrorExplanation {
        switch self {
        case .unknownCommand:
            .init(
                """
                The first word of a statement is none of the commands, nor a `def` that came before. Check its spelling: \
                `help` lists all commands, `apropos word` finds them by what they are about, and Tab completes them.
                """,
                wrong: "optimiser sgd", right: "optimizer sgd")
        case .foreignHabit:
            .init(
                """
                The word belongs to another language or tool, and here the same is said in another way: the hint says \
                how.
                """,
                wrong: "import torch", right: "help")
        case .unknownEntry:
            .init(
                """
                The block of a command takes words of its own, such as the layers of `model { }`, and this is none of \
                them. `help` with the command lists them; Tab completes them.
                """,
                wrong: "model m { convolution 8 }", right: "model m { conv 8; flatten; dense 3 }",
                setup: "data shapes size=12 count=60 classes=3")
        case .entryOutsideBlock:
            .init(
                """
                The word is known, but only inside the block of a command: a layer needs a model around it. Check that \
                no `}` closed the block too early.
                """,
                wrong: "conv 8", right: "model m { conv 8; flatten; dense 3 }",
                setup: "data shapes size=12 count=60 classes=3")
        case .commandInsideBlock:
            .init(
                """
                A block declares things, such as layers; commands cannot run inside of it, only `let`, `if` and loops. \
                Check that the block is closed before the command.
                """,
                wrong: "model m { flatten; dense 3; train 1 }",
                right: "model m { flatten; dense 3 }\ntrain 1",
                setup: "data shapes size=12 count=60 classes=3")
        case .definitionNotUsableHere:
            .init(
                "A `def` holds either commands or the entries of a block, and is called where those could stand.",
                wrong: "def block() { conv 4; relu }\nblock",
                right: "def block() { conv 4; relu }\nmodel m { block; flatten; dense 3 }",
                setup: "data shapes size=12 count=60 classes=3")
        case .unknownVariable:
            .init(
                """
                No statement before this one sets the name, and a script is checked in order. Check the spelling; what \
                is set inside a `def` is gone when it ends.
                """,
                wrong: "print $rate", right: "let rate = 0.1\nprint $rate")
        case .unknownField:
            .init(
                """
                The value has fields, but none of this name; `help` with the command that made it lists its result. A \
                list has `count`, `first`, `last`, `min`, `max` and `mean`.
                """,
                wrong: "let rates = [0.1, 0.01]\nprint $rates.length",
                right: "let rates = [0.1, 0.01]\nprint $rates.count")
        case .unknownFunction:
            .init(
                """
                Expressions know a few functions, such as `max`, `abs` and `sqrt`: `help functions` lists them. Commands \
                are no functions: their results are kept with `-> name`.
                """,
                wrong: "print (maximum(1, 2))", right: "print (max(1, 2))")
        case .unknownTopic:
            .init(
                """
                `help` knows commands, the words of blocks and the topics that it lists. `apropos` searches in all that \
                they say.
                """,
                wrong: "help momentun", right: "apropos momentum")
        case .unknownCode:
            .init(
                """
                `explain` takes the code of an error, which stands in brackets after `error`. Alone it explains the \
                last error; Tab lists all codes.
                """,
                wrong: "explain no-modell", right: "explain unknown-command")
        case .reservedName:
            .init(
                "A `def` cannot take over the name of a command or of a word of the language. Choose another.",
                wrong: "def train(x) { print $x }", right: "def train-twice(x) { print $x }")
        }
    }
}
