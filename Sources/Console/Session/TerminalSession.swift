import CommandLanguage
import Glibc

/// What the program needs of the console: made once, at the start.
package final class TerminalSession {
    package let sink: TerminalSink
    package let errors: TerminalSink
    private let terminal: Terminal
    private let environment: [String: String]

    /// Takes the locale, installs the signal handlers and looks at the terminal.
    ///
    /// - Parameter isQuiet: Only errors are shown.
    package init(environment: [String: String], isQuiet: Bool = false) {
        Charset.adopt(environment: environment)
        Signals.install()
        self.environment = environment
        terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
        sink = TerminalSink(output: .standard(), terminal: terminal, isQuiet: isQuiet)
        errors = TerminalSink(
            output: .standardError(), terminal: Terminal(descriptor: STDERR_FILENO, environment: environment))
    }

    /// Whether somebody types: standard input is a terminal.
    package static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// The prompt: with editing and history where the terminal can do it, else line by line.
    package func interact(with shell: any Shell, banner: StyledText) -> ExitStatus {
        REPL(shell: shell, reader: reader(for: shell), sink: sink, errors: errors).run(banner: banner)
    }

    /// Runs files, the text of `-c`, or what a pipe brings, until one does not succeed.
    package func run(_ sources: [Source], in shell: any Shell, echoesCommands: Bool = false) -> ExitStatus {
        ScriptRunner(shell: shell, sink: sink, errors: errors, echoesCommands: echoesCommands).run(sources)
    }

    private func reader(for shell: any Shell) -> any LineReader {
        let history = History(file: HistoryFile(environment: environment))
        if terminal.isInteractive,
            let reader = EditLineReader(shell: shell, history: history, output: sink.output, terminal: terminal)
        {
            return reader
        }
        return PlainReader(shell: shell, promptOutput: TerminalSession.isInteractive ? sink.output : nil)
    }
}
