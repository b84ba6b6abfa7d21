import CommandLanguage
import Glibc

/// Runs sources without anybody at the keyboard: files, `-c`, a pipe.
package final class ScriptRunner {
    private let shell: any Shell
    private let sink: TerminalSink
    private let errors: TerminalSink

    /// Results go to `sink`, errors to `errors`.
    package init(shell: any Shell, sink: TerminalSink, errors: TerminalSink) {
        self.shell = shell
        self.sink = sink
        self.errors = errors
    }

    /// Checks the sources as one script, then runs one after the other, up to the first failure or `quit`.
    package func run(_ sources: [Source]) -> ExitStatus {
        let outcome = shell.execute(sources, sink: sink)
        sink.finish()
        if let failure = sink.output.failure { return report(failure) }
        for diagnostic in outcome.diagnostics { errors.show(diagnostic) }
        if outcome == .interrupted { errors.show(.text(ScriptRunner.interruption)) }
        return ExitStatus(outcome)
    }

    /// What Ctrl-C leaves of a script.
    private static let interruption =
        StyledText("interrupted", .warning)
        + ": files that were written stay; what was only in memory is gone"

    /// A pipe whose reader has left (`| head`) is no news.
    private func report(_ failure: Int32) -> ExitStatus {
        if failure != EPIPE {
            errors.show(
                Diagnostic(
                    code: FrontEndErrorCode.unwritableResults,
                    message: "cannot write the results: \(String(cString: strerror(failure)))"))
        }
        return .failed
    }
}
