import CommandLanguage
import Lessons

/// A session as the player of lessons needs it: lessons are played in sessions of their own beside the learner's.
package final class LessonSession: LessonHost {
    /// The learner's own, or that of the lesson.
    private var session: Session
    private var shell: Interpreter<Session>
    /// Lessons begin with it, whatever the learner's own seed is: numbers in their texts were measured so.
    private static let seed: UInt64 = 1

    package init(_ session: Session, shell: Interpreter<Session>) {
        self.session = session
        self.shell = shell
    }

    private struct Mark: LessonMark {
        let session: Session
        let shell: Interpreter<Session>
        let state: SessionState
        let memory: Memory
        let effort: Effort
        let snapshots: Snapshots.Content
        let instruments: Instruments.Content
        let arms: [Arm]
    }

    package func mark() -> any LessonMark {
        Mark(
            session: session, shell: shell, state: session.state, memory: shell.memory,
            effort: session.effort, snapshots: session.snapshots.content,
            instruments: session.instruments.content, arms: session.arms)
    }

    package func restore(_ mark: any LessonMark) {
        guard let mark = mark as? Mark else { preconditionFailure("a mark of another host") }
        // Another session has stayed as it was.
        guard mark.session === session else {
            (session, shell) = (mark.session, mark.shell)
            return
        }
        do {
            try session.adopt(mark.state)
        } catch {
            preconditionFailure("a session's own state fits it: \(error)")
        }
        (shell.memory, session.effort, session.arms) = (mark.memory, mark.effort, mark.arms)
        session.snapshots.content = mark.snapshots
        session.instruments.content = mark.instruments
    }

    package func startAfresh() {
        let fresh = Session(beside: session, seed: Self.seed, runs: Session.runStoreInMemory)
        fresh.isInteractive = session.isInteractive
        (session, shell) = (fresh, fresh.makeShell())
    }

    package func beginTask() { session.effort = Effort() }
    package var epochsTrained: Int { session.trainer?.history.epochs.count ?? 0 }

    package func value(of source: Source) throws(Diagnostic) -> Value { try shell.value(of: source) }
    package func failure(of source: Source) -> Diagnostic? { shell.failure(of: source) }
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
