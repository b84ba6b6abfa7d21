/// Errors in what a command is given.
enum ArgumentErrorCode: String, ErrorCode {
    case unknownArgument = "unknown-argument"
    case duplicateArgument = "duplicate-argument"
    case missingArgument = "missing-argument"
    case missingVariant = "missing-variant"
    case unknownVariant = "unknown-variant"
    case bareComparison = "bare-comparison"
    case surplusValue = "surplus-value"
    case flag
    case valueAfterNamed = "value-after-named"
    case wrongValue = "wrong-value"
    case missingPath = "missing-path"
    case missingBlock = "missing-block"
    case unexpectedBlock = "unexpected-block"
    case blockName = "block-name"
    case noResult = "no-result"
    case outputInsideBlock = "output-inside-block"
    case notOnScreen = "not-on-screen"
    case unknownFormat = "unknown-format"

    var explanation: ErrorExplanation {
        switch self {
        case .unknownArgument:
            .init(
                """
                The command has no argument of this name. `help` with the command lists those it has, with ranges and \
                defaults; Tab after the command completes them.
                """,
                wrong: "optimizer sgd momentun=0.9", right: "optimizer sgd momentum=0.9")
        case .duplicateArgument:
            .init(
                "The argument is given twice, maybe once by its place and once by its name. Leave one of them out.",
                wrong: "optimizer sgd rate=0.1 rate=0.2", right: "optimizer sgd rate=0.1")
        case .missingArgument:
            .init(
                "The command cannot do without this argument, and it has no default. The hint shows one that would fit.",
                wrong: "seed", right: "seed 7")
        case .missingVariant:
            .init(
                "The command is one of several, and its next word says which. Tab lists them.",
                wrong: "optimizer", right: "optimizer adam")
        case .unknownVariant:
            .init(
                """
                The word after the command chooses among its kinds, and this is none of them. Check the spelling; `help` \
                with the command explains each.
                """,
                wrong: "optimizer adamm", right: "optimizer adam")
        case .bareComparison:
            .init(
                """
                Expressions stand in parentheses, since outside of them words are words, and `>` writes what a command shows \
                into a file.
                """,
                wrong: "pause when loss > 2", right: "pause when (loss > 2)")
        case .surplusValue:
            .init(
                "More values stand here than the command takes without a name. Give the others as `name=value`.",
                wrong: "batch 64 128", right: "batch 64")
        case .flag:
            .init(
                """
                Options with dashes are a habit from shells. Here an argument is `name=value`, also if it is only true \
                or false.
                """,
                wrong: "optimizer sgd --nesterov", right: "optimizer sgd momentum=0.9 nesterov=true")
        case .valueAfterNamed:
            .init(
                "Values without a name find their place by order, so they stand before all that have one.",
                wrong: "model m { conv kernel=3 8; flatten; dense 3 }",
                right: "model m { conv 8 kernel=3; flatten; dense 3 }",
                setup: "data shapes size=12 count=60 classes=3")
        case .wrongValue:
            .init(
                """
                The value is of another kind than the argument takes, or out of its range; the message says which kind \
                and range. A value that a variable brings is checked when the statement runs.
                """,
                wrong: "optimizer sgd rate=-1", right: "optimizer sgd rate=0.1")
        case .missingPath:
            .init(
                """
                What is to be read does not exist, or the folder to write into does not. Check the spelling and where \
                you are: relative paths start in the folder in which Cairn was started. Tab completes paths.
                """,
                wrong: "load nowhere.safetensors", right: "save here.safetensors\nload here.safetensors",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .missingBlock:
            .init(
                """
                The command needs a block in `{ }` that says what it is about: its layers, its settings. At the prompt, \
                Enter after `{` begins a new line of the block.
                """,
                wrong: "search grid", right: "search grid epochs=1 { rate = [0.1, 0.01] }",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .unexpectedBlock:
            .init(
                """
                The command takes no block, or not so many. Check whether a `{` belongs to the statement before or after \
                it.
                """,
                wrong: "seed 7 { print done }", right: "seed 7\nprint done")
        case .blockName:
            .init(
                """
                The blocks of a command are told apart by the words before their `{`, so no two have the same, nor one \
                that the command itself gives. A block without a name gets one with its number.
                """,
                wrong: "fork low { rate 0.01; train 1 } low { rate 0.001; train 1 }",
                right: "fork low { rate 0.01; train 1 } lower { rate 0.001; train 1 }",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .noResult:
            .init(
                """
                `-> name` keeps the result of a command, and this one only does something. `help` with the command shows \
                the fields of a result, if there is one.
                """,
                wrong: "seed 7 -> x", right: "train 1 -> x",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .outputInsideBlock:
            .init(
                """
                `> file` and `as csv` save what a command shows; the entries of a block show nothing. Put it after the \
                block.
                """,
                wrong: "model m { flatten > m.md; dense 3 }",
                right: "model m { flatten; dense 3 }\nshow model > m.md",
                setup: "data shapes size=12 count=60 classes=3")
        case .notOnScreen:
            .init(
                "`as csv`, `as json` and `as markdown` write text to the screen; a picture has to go to a file.",
                wrong: "show images as png", right: "show images > images.png",
                setup: "data shapes size=12 count=60 classes=3")
        case .unknownFormat:
            .init(
                "The end of the file's name says what to write: `.svg`, `.png`, `.csv`, `.json` or `.md`.",
                wrong: "help > help.doc", right: "help > help.md")
        }
    }
}
