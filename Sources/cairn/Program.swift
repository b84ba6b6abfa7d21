import ArgumentParser
import CommandLanguage
import Console
import Foundation
import Lessons
import Publishing
import Workbench

/// One start of Cairn: a session, its interpreter, and the terminal.
struct Program {
    let options: Options
    let terminal: TerminalSession
    let session: Session
    let shell: Interpreter<Session>

    /// Runs are kept where the options say, or else in `runs`, or else in the usual file.
    init(_ options: Options, runs: String? = nil) {
        self.options = options
        let environment = ProcessInfo.processInfo.environment
        terminal = TerminalSession(environment: environment, isQuiet: options.quiet)
        session = Session(
            seed: UInt64(options.seed), threads: options.threads,
            runs: options.runs ?? runs ?? Session.usualRunStore(environment: environment),
            spillFolder: Session.usualSpillFolder(environment: environment)
        ) { Interrupt.isPending }
        shell = session.makeShell()
    }

    /// Shows each statement of a script before it runs, as if it had been typed.
    func echoStatements() {
        guard !options.quiet, !options.json else { return }
        shell.surroundings.willRun = { [terminal, unowned shell] source, span in
            terminal.echo(source, span, promptWords: shell.promptWords)
        }
    }

    /// Runs a file, a pipe, or standard input (`-`).
    func runScript(_ path: String) throws {
        let name = path == "-" ? "standard input" : path
        let text: String
        do {
            text = try readScript(path)
        } catch {
            try refuse(
                FrontEndErrorCode.unreadableScript, "cannot read the script `\(name)`: \(error.reason)")
        }
        let isMarkdown = [".md", ".markdown"].contains { path.lowercased().hasSuffix($0) }
        let sources =
            isMarkdown ? Source.cells(ofMarkdown: text, name: name) : [Source(name: name, text: text)]
        guard !sources.isEmpty else {
            try refuse(FrontEndErrorCode.noCells, "`\(name)` has no ```cairn cells")
        }
        try run(sources)
    }

    func run(_ sources: [Source]) throws {
        try finish(options.json ? streamEvents(of: sources) : terminal.run(sources, in: shell))
    }

    /// Runs sources as one script whose events go to standard output.
    private func streamEvents(of sources: [Source]) -> ExitStatus {
        let events = beginEvents()
        shell.surroundings.willRun = { source, span in events.statement(span, of: source) }
        let outcome = shell.execute(sources, sink: events)
        events.end(outcome)
        return terminal.sink.output.failure == nil ? ExitStatus(outcome) : .failed
    }

    private func beginEvents() -> EventStream {
        let events = EventStream { [output = terminal.sink.output] line in
            output.write(line)
            // Nobody reads any more.
            if output.failure != nil { Interrupt.request() }
        }
        events.begin(cairn: Session.version, seed: UInt64(options.seed))
        return events
    }

    func interact() throws {
        session.isInteractive = true
        try finish(terminal.interact(with: makePlayer(), banner: options.quiet ? nil : session.banner))
    }

    /// Says why nothing was run.
    func refuse(_ code: any ErrorCode, _ message: String) throws -> Never {
        try refuse(Diagnostic(code: code, message: message))
    }

    func refuse(_ diagnostic: Diagnostic) throws -> Never {
        if options.json {
            beginEvents().end(.rejected([diagnostic]))
        } else {
            terminal.errors.show(diagnostic)
        }
        throw ExitCode(ExitStatus.rejected.rawValue)
    }

    func finish(_ status: ExitStatus) throws {
        if status != .success { throw ExitCode(status.rawValue) }
    }
}
