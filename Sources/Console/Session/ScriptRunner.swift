import CommandLanguage
import Glibc

/// Runs sources without anybody at the keyboard: files, `-c`, a pipe.
package final class ScriptRunner {
    private let shell: any Shell
    private let sink: TerminalSink
    private let errors: TerminalSink
    private let echoesCommands: Bool

    /// - Parameters:
    ///   - sink: Where results go.
    ///   - errors: Where errors go.
    ///   - echoesCommands: Each source is shown before it runs.
    package init(shell: any Shell, sink: TerminalSink, errors: TerminalSink, echoesCommands: Bool = false) {
        self.shell = shell
        self.sink = sink
        self.errors = errors
        self.echoesCommands = echoesCommands
    }

    /// Runs one source after the other, up to the first that does not succeed or says `quit`.
    package func run(_ sources: [Source]) -> ExitStatus {
        for source in sources {
            if echoesCommands { echo(source) }
            let outcome = shell.execute(source, sink: sink)
            sink.finish()
            if let failure = sink.output.failure { return report(failure) }
            switch outcome {
            case .succeeded: continue
            case .quit: return .success
            case .rejected(let diagnostics):
                for diagnostic in diagnostics { errors.show(diagnostic) }
                return .rejected
            case .failed(let diagnostic):
                errors.show(diagnostic)
                return .failed
            case .interrupted:
                errors.show(.text(StyledText("interrupted", .warning)))
                return .interrupted
            }
        }
        return .success
    }

    private func echo(_ source: Source) {
        let prompt = Prompt(words: shell.promptWords, width: 80)
        for (index, line) in source.text.split(separator: "\n").enumerated() {
            sink.show(.text((index == 0 ? prompt.first : prompt.continuation) + StyledText(String(line), .code)))
        }
    }

    /// A pipe whose reader has left (`| head`) is no news.
    private func report(_ failure: Int32) -> ExitStatus {
        if failure != EPIPE {
            errors.show(Diagnostic(message: "cannot write the results: \(String(cString: strerror(failure)))"))
        }
        return .failed
    }
}
