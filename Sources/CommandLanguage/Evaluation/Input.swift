/// A statement of the outermost level that was run, or a text that does not check.
package struct Input: Sendable, Equatable {
    /// How it ended.
    package enum Ending: Sendable, Equatable {
        case succeeded
        /// Also if it does not check: then nothing of it was run.
        case failed
        /// Ctrl-C.
        case interrupted
    }

    /// From 1.
    package let number: Int
    /// As it was typed.
    package let text: String
    package let ending: Ending
}
