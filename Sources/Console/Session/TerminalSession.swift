import CommandLanguage
import Glibc

/// What the program needs of the console: made once, at the start.
package final class TerminalSession {
    package let sink: TerminalSink
    package let errors: TerminalSink
    private let terminal: Terminal
    private let environment: [String: String]

    /// Takes the locale, installs the signal handlers and looks at the terminal; a quiet one shows results and errors,
    /// no progress.
    package init(environment: [String: String], isQuiet: Bool = false) {
        Charset.adopt(environment: environment)
        Signals.install()
        self.environment = environment
        terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
        sink = TerminalSink(
            output: .standard(), terminal: terminal, isQuiet: isQuiet, graphics: .told(by: environment))
        errors = TerminalSink(
            output: .standardError(), terminal: Terminal(descriptor: STDERR_FILENO, environment: environment))
    }

    /// Whether somebody types: standard input is a terminal.
    package static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// The prompt: with editing and history where the terminal can do it, else line by line.
    package func interact(with shell: any Shell, banner: StyledText?) -> ExitStatus {
        REPL(shell: shell, reader: reader(for: shell), sink: sink, errors: errors).run(banner: banner)
    }

    /// Runs the cells of a file, the text of `-c`, or what a pipe brings, as one script.
    package func run(_ sources: [Source], in shell: any Shell) -> ExitStatus {
        ScriptRunner(shell: shell, sink: sink, errors: errors).run(sources)
    }

    /// Shows a statement of a script as if it had been typed.
    package func echo(_ source: Source, _ span: Span, promptWords: [String]) {
        let bytes = Array(source.text.utf8)
        let range = min(span.start, bytes.count)..<min(max(span.start, span.end), bytes.count)
        let prompt = Prompt(words: promptWords, width: terminal.width)
        for (index, line) in String(decoding: bytes[range], as: UTF8.self).split(separator: "\n").enumerated()
        {
            sink.show(
                .text((index == 0 ? prompt.first : prompt.continuation) + StyledText(String(line), .code)))
        }
    }

    private func reader(for shell: any Shell) -> any LineReader {
        let history = History(file: HistoryFile(environment: environment))
        if terminal.isInteractive,
            let reader = EditLineReader(
                shell: shell, history: history, output: sink.output, terminal: terminal)
        {
            return reader
        }
        return PlainReader(shell: shell, promptOutput: TerminalSession.isInteractive ? sink.output : nil)
    }
}
