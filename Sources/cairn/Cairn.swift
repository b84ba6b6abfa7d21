import ArgumentParser
import CommandLanguage
import Console
import Workbench

/// The program: reads its arguments, and joins the console to the workbench.
@main
struct Cairn: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cairn",
        abstract: "A debugger and notebook for training convolutional networks.",
        discussion: """
            Without a subcommand: the prompt, or what a pipe brings. Exit status: 0; 1 if a command or an `expect` failed; \
            2 if the script does not check; 130 if Ctrl-C ended it.
            """,
        version: Session.version,
        subcommands: [Run.self, Learn.self, Test.self, Lint.self, Verify.self, Reference.self])

    @OptionGroup var options: Options
    @Option(
        name: .customShort("c"), parsing: .unconditionalSingleValue,
        help: "Run these commands and stop; several are run as one script.")
    var commands: [String] = []

    func run() throws {
        let program = Program(options)
        if !commands.isEmpty {
            try program.run(commands.map { Source(name: "-c", text: $0) })
        } else if TerminalSession.isInteractive, !options.json {
            try program.interact()
        } else {
            try program.runScript("-")
        }
    }
}

/// What every way in takes.
struct Options: ParsableArguments {
    @Option(help: "The seed of every random choice.") var seed: UInt32 = 1
    @Option(help: "Threads that compute; they change no bit of the result. (default: one for each processor)")
    var threads: Int?
    @Option(
        help: ArgumentHelp(
            "The file in which runs are kept. (default: $CAIRN_RUNS, or ~/.local/share/cairn/runs.sqlite)",
            valueName: "file"))
    var runs: String?
    @Flag(help: "Show results only: no banner, no progress, no echo.") var quiet = false
    @Flag(help: "Write events as lines of JSON, for other programs (docs/json-events.md).") var json = false

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads must be in 1...256, not \(threads)")
        }
    }
}

/// `cairn run FILE`, `cairn run LESSON`
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Run a .cairn script, the ```cairn cells of a Markdown file, or a lesson without questions.",
        discussion: "A lesson's runs are not kept among yours, unless --runs says where.")

    @OptionGroup var options: Options
    @ArgumentParser.Argument(
        help: "The script, a lesson's name or number, or - for standard input.",
        completion: .file(extensions: ["cairn", "md"]))
    var file: String

    @ParentCommand private var cairn: Cairn

    func validate() throws {
        if !cairn.commands.isEmpty { throw ValidationError("give either -c or a script to run") }
    }

    func run() throws {
        let lesson = Program.lesson(file)
        let program = Program(options, runs: lesson == nil ? nil : Session.runStoreInMemory)
        program.echoStatements()
        try program.runScript(lesson?.path ?? file)
    }
}

/// `cairn verify FILE`
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replay a script that `keep` wrote, and say whether it gives the same numbers.",
        discussion: "Exit status: 0 if they are equal, or within the tolerance; 1 if they differ.")

    @OptionGroup var options: Options
    @Option(help: "How far a loss may be off, relative if it is above 1. (default: 0.01)") var tolerance:
        Double?
    @ArgumentParser.Argument(help: "The script.", completion: .file(extensions: ["cairn", "md"]))
    var file: String

    func validate() throws {
        if let tolerance, !(0...1).contains(tolerance) {
            throw ValidationError("--tolerance must be in 0...1, not \(tolerance)")
        }
    }

    func run() throws {
        let file = Value.text(file).literal
        let tolerance = tolerance.map { " tolerance=\($0.literal)" } ?? ""
        try Program(options).run([Source(name: "cairn verify", text: "verify \(file)\(tolerance)")])
    }
}

/// `cairn reference`
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the command reference (docs/commands.md).")

    func run() { print(Session.commandReference, terminator: "") }
}
