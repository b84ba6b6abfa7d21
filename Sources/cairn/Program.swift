import ArgumentParser
import CommandLanguage
import Console
import Foundation
import Workbench

/// One start of Cairn: a session, its interpreter, and the terminal.
struct Program {
    private let options: Options
    private let terminal: TerminalSession
    private let session: Session
    private let shell: Interpreter<Session>

    init(_ options: Options) {
        self.options = options
        terminal = TerminalSession(environment: ProcessInfo.processInfo.environment, isQuiet: options.quiet)
        session = Session(seed: UInt64(options.seed), threads: options.threads) { Interrupt.isPending }
        shell = session.makeShell()
    }

    /// Shows each statement of a script before it runs, as if it had been typed.
    func echoStatements() {
        guard !options.quiet else { return }
        shell.surroundings.willRun = { [terminal, unowned shell] source, span in
            terminal.echo(source, span, promptWords: shell.promptWords)
        }
    }

    func run(_ sources: [Source]) throws {
        try finish(terminal.run(sources, in: shell))
    }

    func interact() throws {
        try finish(terminal.interact(with: shell, banner: options.quiet ? nil : session.banner))
    }

    /// Says why nothing was run.
    func refuse(_ message: String) throws -> Never {
        terminal.errors.show(Diagnostic(message: message))
        throw ExitCode(ExitStatus.rejected.rawValue)
    }

    private func finish(_ status: ExitStatus) throws {
        if status != .success { throw ExitCode(status.rawValue) }
    }
}
