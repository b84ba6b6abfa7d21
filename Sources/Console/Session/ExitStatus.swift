import CommandLanguage

/// How the process ends.
package enum ExitStatus: Int32, Sendable {
    case success = 0
    /// A command or an `expect` failed, or results could not be written.
    case failed = 1
    /// The script does not check; nothing was run.
    case rejected = 2
    /// Ctrl-C, as shells number it: 128 + SIGINT.
    case interrupted = 130

    package init(_ outcome: ExecutionOutcome) {
        self =
            switch outcome {
            case .succeeded, .quit: .success
            case .rejected: .rejected
            case .failed: .failed
            case .interrupted: .interrupted
            }
    }
}
