import ArgumentParser
import CommandLanguage
import Console
import Foundation
import Workbench

/// The program: reads its arguments, and joins the console to the workbench.
@main
struct Cairn: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cairn",
        abstract: "A debugger and notebook for training convolutional networks.",
        discussion: """
            Without a subcommand: the prompt, or what a pipe brings. Exit status: 0; 1 if a command or an `expect` failed; \
            2 if the script does not check.
            """,
        version: Session.version, subcommands: [Run.self, Reference.self])

    @OptionGroup var options: Options
    @Option(name: .customShort("c"), parsing: .unconditional, help: "Run these commands and stop.")
    var commands: String?

    func run() throws {
        let program = Program(options)
        if let commands {
            try program.run([Source(name: "-c", text: commands)])
        } else if TerminalSession.isInteractive {
            try program.interact()
        } else {
            let input = FileHandle.standardInput.readDataToEndOfFile()
            try program.run([Source(name: "standard input", text: String(decoding: input, as: UTF8.self))])
        }
    }
}

/// What every way in takes.
struct Options: ParsableArguments {
    @Option(help: "The seed of every random choice.") var seed: UInt32 = 1
    @Option(help: "Threads that compute; they change no bit of the result. (default: one for each processor)")
    var threads: Int?
    @Flag(help: "Show results only: no banner, no progress, no echo.") var quiet = false

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads must be in 1...256, not \(threads)")
        }
    }
}

/// `cairn run FILE`
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a .cairn script, or the ```cairn cells of a Markdown file.")

    @OptionGroup var options: Options
    @ArgumentParser.Argument(help: "The script.", completion: .file(extensions: ["cairn", "md"])) var file:
        String

    func run() throws {
        let program = Program(options)
        guard let data = FileManager.default.contents(atPath: file) else {
            try program.refuse("cannot read the script `\(file)`")
        }
        let text = String(decoding: data, as: UTF8.self)
        let isMarkdown = file.hasSuffix(".md") || file.hasSuffix(".markdown")
        let sources = isMarkdown ? cairnCells(inMarkdown: text, name: file) : [Source(name: file, text: text)]
        guard !sources.isEmpty else { try program.refuse("`\(file)` has no ```cairn cells") }
        program.echoStatements()
        try program.run(sources)
    }
}

/// `cairn reference`
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the command reference (docs/commands.md).")

    func run() { print(Session.commandReference, terminator: "") }
}
