import CommandLanguage
import Lessons

/// A session as the player of lessons needs it.
package final class LessonSession: LessonHost {
    private let session: Session
    private let shell: Interpreter<Session>
    /// Lessons begin with it, whatever the learner's own seed is: numbers in their texts were measured so.
    private static let seed: UInt64 = 1

    package init(_ session: Session, shell: Interpreter<Session>) {
        self.session = session
        self.shell = shell
    }

    private struct Mark: LessonMark {
        let state: SessionState
        let memory: Memory
        let effort: Effort
    }

    package func mark() -> any LessonMark {
        Mark(state: session.state, memory: shell.memory, effort: session.effort)
    }

    package func restore(_ mark: any LessonMark) {
        guard let mark = mark as? Mark else { preconditionFailure("a mark of another host") }
        adopt(mark.state)
        (shell.memory, session.effort) = (mark.memory, mark.effort)
    }

    package func startAfresh() {
        adopt(Session(beside: session, seed: Self.seed).state)
        (shell.memory, session.effort) = (.empty, Effort())
    }

    private func adopt(_ state: SessionState) {
        do {
            try session.adopt(state)
        } catch {
            preconditionFailure("a session's own state fits it: \(error)")
        }
    }

    package func beginTask() { session.effort = Effort() }

    package func value(of source: Source) throws(Diagnostic) -> Value { try shell.value(of: source) }
    package func check(_ sources: [Source]) -> [Diagnostic] { shell.check(sources) }

    // MARK: Shell

    package var promptWords: [String] { shell.promptWords }
    package func status(of text: String) -> InputStatus { shell.status(of: text) }
    package func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome {
        shell.execute(sources, sink: sink)
    }
    package func completions(in text: String, at cursor: Int) -> CompletionList {
        shell.completions(in: text, at: cursor)
    }
    package func hint(for text: String) -> StyledText? { shell.hint(for: text) }
}
