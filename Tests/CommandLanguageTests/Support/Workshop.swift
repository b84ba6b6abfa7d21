import CommandLanguage

/// A small set of commands with every kind of argument, for a language that has no networks of its own.
final class Workshop {
    var sink: (any DisplaySink)?
    weak var interpreter: Interpreter<Workshop>?
    /// Each call that ran, as `name argument=value...`, in the order of the names.
    var log: [String] = []
    var calls: [Call] = []
    var files: Set<String> = ["data/images.gz", "out"]
    var isInterrupted = false
    /// Asked to stop after so many questions.
    var patience: Int?
    var announced: [String] = []
}

/// The one code of the workshop's own errors.
enum WorkshopErrorCode: String, ErrorCode {
    case broken

    var explanation: ErrorExplanation {
        ErrorExplanation(
            "The workshop fails when it is asked to.", wrong: "fail argument", right: "fail nothing")
    }
}

struct WorkshopFailure: CommandFailure {
    let code: any ErrorCode = WorkshopErrorCode.broken
    let message: String
    var hint: String?
    var argument: String?
    var blockIndex: Int?
}

struct PlainError: Error, CustomStringConvertible {
    var description: String { "the disk is full" }
}

extension Signature {
    static let conv = Signature(
        "conv", "Convolve with square filters.", topic: "Layers", keywords: ["filter"],
        arguments: [
            Argument("filters", .integer(1...65536), .positional, "how many filters"),
            Argument("kernel", .integer(1...64), "height and width of a filter", default: .number(3)),
            Argument(
                "padding", .either([.choice([.init("same"), .init("valid")]), .integer(0...64)]),
                "zeros at the edges",
                default: .text("valid")),
        ], examples: ["model m {\n  conv 8 kernel=5\n}"])

    static let workshop: [Signature] = [
        Signature(
            "data", "Load images.", topic: "Data", keywords: ["load", "images"],
            variants: [
                Signature(
                    "idx", "Load IDX files.",
                    arguments: [Argument("images", .path(.read), .positional, "the file of images")],
                    examples: ["data idx data/images.gz"]),
                Signature(
                    "shapes", "Draw coloured shapes.",
                    arguments: [
                        Argument("size", .size(2...3), .positional, "extents", default: .size([16, 16, 3])),
                        Argument(
                            "noise", .number(.within(0...1)), "strength of the noise", default: .number(0)),
                        Argument(
                            "channels", .choice([.init("1"), .init("3")]), "colour planes",
                            default: .text("3")),
                    ], examples: ["data shapes 16x16x1 noise=10%"]),
            ],
            // An argument that every variant takes too.
            result: []),
        Signature(
            "model", "Declare a network.", topic: "Model",
            arguments: [Argument("name", .name, .positional, "what to call it")],
            block: .init(
                noun: "layer",
                vocabulary: [
                    conv,
                    Signature(
                        "relu", "Keep what is positive.", topic: "Layers", examples: ["model m { relu }"]),
                    Signature(
                        "dense", "Connect everything.", topic: "Layers",
                        arguments: [Argument("units", .integer(1...65536), .positional, "how many outputs")],
                        examples: ["model m { dense 10 }"]),
                    Signature(
                        "branch", "Run layers side by side.",
                        block: .init(
                            noun: "path",
                            vocabulary: [
                                Signature("path", "One side.", examples: ["model m { branch { path } }"])
                            ]),
                        examples: ["model m { branch { path } }"]),
                ]), examples: ["model lenet {\n  conv 8\n  relu\n  dense 10\n}"]),
        Signature(
            "optimizer", "Choose the update rule.", topic: "Training", keywords: ["stuck"],
            arguments: [Argument("l2", .number(.atLeast(0)), "weight decay", default: .number(0))],
            variants: [
                Signature(
                    "sgd", "Follow the gradient.",
                    arguments: [
                        Argument("rate", .number(.above(0)), "learning rate", default: .number(0.01)),
                        Argument(
                            "momentum", .number(.within(0..<1)), "share of the last step kept",
                            default: .number(0)),
                        Argument("nesterov", .boolean, "look ahead", default: .boolean(false)),
                    ], examples: ["optimizer sgd rate=0.1 momentum=0.9"]),
                Signature(
                    "adam", "Scale each step by its history.",
                    arguments: [
                        Argument("rate", .number(.above(0)), "learning rate", default: .number(0.001))
                    ],
                    examples: ["optimizer adam"]),
            ]),
        Signature(
            "train", "Train for some epochs.", topic: "Training",
            keywords: ["fit", "learn", "validation accuracy stuck"],
            arguments: [
                Argument("epochs", .integer(1...1000), .positional, "how often to go through the data"),
                Argument("time", .number(.above(0), unit: "seconds"), "when to stop", isOptional: true),
                Argument("milestones", .list(of: .integer(1...1000)), "epochs to report", isOptional: true),
                Argument("scale", .range(.within(0...2)), "of the images", default: .range(1, 1)),
                Argument("note", .text, "words to keep", isOptional: true),
            ],
            result: [
                Signature.Field("epochs", "how many were trained"),
                Signature.Field("val.accuracy", "on the validation images, by epoch"),
                Signature.Field("val.loss", "on the validation images, by epoch"),
            ],
            examples: [.init("train 3 -> run\nprint $run.val.accuracy.last")]),
        Signature(
            "save", "Write a checkpoint.", topic: "Files",
            arguments: [Argument("file", .path(.write), .positional, "where to")], examples: ["save out/m"]),
        Signature(
            "load", "Read a checkpoint.", topic: "Files",
            arguments: [Argument("file", .path(.read), .positional, "where from")],
            examples: [.init("load out/m", setup: "save out/m")]),
        Signature(
            "plot", "Draw curves.", topic: "Looking",
            arguments: [
                Argument("series", .any, .rest, "what to draw"),
                Argument("title", .text, "heading", default: .text("")),
            ], examples: ["plot [1, 2, 3] title=up"]),
        Signature(
            "curve", "Keep a formula.", topic: "Testing",
            arguments: [
                Argument(
                    "formula", .formula([.init("x", "place"), .init("t", "time")]), .positional, "of what")
            ], examples: ["curve ($x + $t)"]),
        Signature(
            "gauge", "Keep a measurement.", topic: "Testing",
            arguments: [
                Argument("what", .measurement(example: "loss"), .positional, "of what"),
                Argument("budget", .duration, "how long", isOptional: true),
            ], examples: ["gauge (loss / 2) budget=60s"]),
        Signature(
            "fail", "Fail on purpose.", topic: "Testing",
            arguments: [
                Argument(
                    "how",
                    .choice([
                        .init("argument", "names an argument"), .init("block"), .init("plain"), .init("stop"),
                        .init("nothing"),
                    ]),
                    .positional, "in which way")
            ],
            block: .init(isRequired: false, noun: "attempt", vocabulary: [conv]),
            result: [Signature.Field("epochs", "how far it came")], examples: []),
        Signature(
            "fork", "Run blocks side by side.", topic: "Testing",
            arguments: [
                Argument("times", .integer(0...3), "how often each", default: .number(1)),
                Argument("when", .condition, "what must hold", isOptional: true),
            ],
            blocks: .init(noun: "arm", count: 1...3, ownNames: ["unchanged"]),
            result: [
                Signature.Field("best", "the best arm"), Signature.Field("<arm>.loss", "of each arm"),
            ], examples: ["fork slow { train 3 } fast { train 1 } -> f"]),
    ]
}

extension Workshop {
    static let commands: [Command<Workshop>] = Signature.workshop.map { signature in
        Command(signature) { call, workshop in try workshop.run(call) }
    }

    func run(_ call: Call) throws -> Value {
        log.append(call.summary)
        calls.append(call)
        switch call.path[0] {
        case "save": files.insert(call.text("file"))
        case "train":
            let accuracy = (1...call.integer("epochs")).map { Value.number(1 - 1 / Double($0 + 1)) }
            let validation = Record(["accuracy": .list(accuracy), "loss": .list([])])
            return .record(
                Record(["epochs": .number(Double(call.integer("epochs"))), "val": .record(validation)]))
        case "fork":
            var arms = Record(["best": .text(call.blocks[0].name)])
            for block in call.blocks {
                for _ in 0..<call.integer("times") { try interpreter?.run(block) }
                arms[block.name] = .record(["loss": .number(0.5)])
            }
            return .record(arms)
        case "fail":
            switch call.text("how") {
            case "argument":
                throw WorkshopFailure(message: "no data yet", hint: "`data shapes`", argument: "how")
            case "block":
                throw WorkshopFailure(message: "the layer does not fit", argument: "kernel", blockIndex: 1)
            case "plain": throw PlainError()
            case "nothing": throw CommandInterruption()
            default: throw CommandInterruption(keeping: .record(Record(["epochs": .number(2)])))
            }
        default: break
        }
        return .nothing
    }
}

extension Call {
    var summary: String {
        let given = arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.literal)" }
        let inner = block.map { " { " + $0.map(\.summary).joined(separator: "; ") + " }" } ?? ""
        return (path + given).joined(separator: " ") + inner
    }
}

/// Keeps what is shown.
final class RecordingSink: DisplaySink {
    var shown: [Displayable] = []

    func show(_ displayable: Displayable) { shown.append(displayable) }
    func show(_ progress: Progress) {}

    var lines: [String] {
        shown.map { displayable in
            switch displayable {
            case .text(let text): text.plain
            case .table(let table):
                ([table.title].compactMap { $0 } + table.rows.map { $0.map(\.plain).joined(separator: " | ") })
                    .joined(separator: "\n")
            case .chart, .image, .heatMap: "(picture)"
            }
        }
    }
}

/// A session with the workshop's commands.
struct Session {
    let workshop = Workshop()
    let sink = RecordingSink()
    let interpreter: Interpreter<Workshop>

    init() {
        let workshop = workshop
        interpreter = Interpreter(
            commands: Workshop.commands, context: workshop,
            surroundings: Surroundings(
                shouldStop: {
                    guard let patience = workshop.patience else { return false }
                    workshop.patience = patience - 1
                    return patience <= 0
                },
                pathExists: { workshop.files.contains($0) },
                namesInFolder: {
                    $0 == "data/" ? ["images.gz", "my file"] : $0 == "" ? ["data/", "notes.md"] : []
                },
                promptWords: { ["cairn"] },
                useSink: { workshop.sink = $0 },
                willRun: { source, span in workshop.announced.append(source[span]) }),
            habits: [ForeignHabit(["model.fit"], "`train 3` trains for three epochs", command: "train")],
            synonyms: [
                Synonym(["interrupt"], ["train"]), Synonym(["underfit", "underfitting"], ["stuck"]),
                Synonym(["lr"], ["rate"]),
            ], codes: [WorkshopErrorCode.self])
        workshop.interpreter = interpreter
    }

    @discardableResult
    func run(_ text: String) -> ExecutionOutcome {
        interpreter.execute(Source(name: "test", text: text), sink: sink)
    }

    /// The errors of a text as they are shown, or "" if it succeeds.
    func errors(_ text: String) -> String {
        switch run(text) {
        case .succeeded: ""
        case .rejected(let diagnostics): diagnostics.map(\.rendered.plain).joined(separator: "\n")
        case .failed(let diagnostic): diagnostic.rendered.plain
        case .interrupted: "interrupted"
        case .quit: "quit"
        }
    }

    /// What a text shows; its error instead if it fails.
    func output(_ text: String) -> [String] {
        let count = sink.shown.count
        let errors = errors(text)
        return errors.isEmpty ? Array(sink.lines.dropFirst(count)) : [errors]
    }
}
