/// How the process ends.
package enum ExitStatus: Int32, Sendable {
    case success = 0
    /// A command or an `expect` failed, or results could not be written.
    case failed = 1
    /// The script does not check; nothing was run.
    case rejected = 2
    /// Ctrl-C, as shells number it: 128 + SIGINT.
    case interrupted = 130
}
