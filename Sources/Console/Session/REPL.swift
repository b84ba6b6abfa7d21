import CommandLanguage

/// Reads an entry, evaluates it, shows its results, and again.
package final class REPL {
    private let shell: any Shell
    private let reader: any LineReader
    private let sink: TerminalSink
    private let errors: TerminalSink

    /// Results go to `sink`, errors to `errors`.
    package init(shell: any Shell, reader: any LineReader, sink: TerminalSink, errors: TerminalSink) {
        self.shell = shell
        self.reader = reader
        self.sink = sink
        self.errors = errors
    }

    /// Goes on until `quit`, Ctrl-D or the end of the input; errors are shown and end nothing.
    package func run(banner: StyledText? = nil) -> ExitStatus {
        if let banner { sink.show(.text(banner)) }
        while sink.output.failure == nil {
            // Not later: Ctrl-C right after Enter is meant for the command.
            Interrupt.clear()
            switch reader.readEntry(prompt: shell.promptWords) {
            case .endOfInput: return .success
            case .interrupted: continue
            case .entry(let text):
                if text.allSatisfy(\.isWhitespace), !shell.acceptsBlank { continue }
                if evaluate(text) == .quit { return .success }
            }
        }
        return .failed
    }

    private func evaluate(_ text: String) -> ExecutionOutcome {
        let start = ContinuousClock.now
        let outcome = withoutEcho { shell.execute(Source(name: "prompt", text: text), sink: sink) }
        let duration = ContinuousClock.now - start
        sink.finish()
        // A command that was interrupted has said where it stopped.
        for diagnostic in outcome.diagnostics { errors.show(diagnostic) }
        if outcome != .quit, shell.saysUsage, let line = Usage.line(after: duration) {
            sink.show(.text(line))
        }
        return outcome
    }

    /// `4.2 s`, `3 min 05 s`, `2 h 10 min`
    package static func words(for duration: Duration) -> String {
        let tenths = Int(duration / .milliseconds(100))
        let seconds = tenths / 10
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        if seconds < 60 { return "\(seconds).\(tenths % 10) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
        return "\(seconds / 3600) h \(two(seconds / 60 % 60)) min"
    }
}
