import CommandLanguage
import Lessons
import Testing
import Workbench

/// Lessons and the learner's own work know nothing of each other, and `play` leaves nothing behind.
@Suite struct LessonSessionTests {
    private let own: TestSession
    private let host: LessonSession

    private static let work = """
        data shapes size=12 count=60 classes=3
        model m { flatten; dense 3 }
        train 1
        search grid { rate = [0.1, 0.01] } epochs=1
        pause when (loss < 0)
        watch loss
        snapshot base
        """

    /// What is refused where nothing of that work is known.
    private static let traces = [
        "undo", "restore base", "runs show 1", "runs show 3", "pause delete 1", "watch delete 1", "print $f",
    ]

    init() throws {
        own = try TestSession()
        host = LessonSession(own.session, shell: own.shell)
    }

    private func run(_ text: String) -> ExecutionOutcome {
        host.execute(Source(name: "", text: text), sink: SilentSink())
    }

    private func isKnown(_ statement: String) -> Bool {
        host.failure(of: Source(name: "", text: statement)) == nil
    }

    @Test func aLessonKnowsNothingOfTheLearnersWork() throws {
        #expect(run(Self.work + "\nfork { train 1 } -> f") == .succeeded)
        let outside = host.mark()
        host.startAfresh()
        for trace in Self.traces { #expect(!isKnown(trace), "\(trace)") }
        #expect(run(Self.work) == .succeeded)
        #expect(run("runs show 3; snapshots delete base; runs delete 1") == .succeeded)
        host.restore(outside)
        for trace in ["restore base", "runs show 1", "print $f"] { #expect(isKnown(trace), "\(trace)") }
    }

    @Test func whatIsTriedLeavesNothingBehind() throws {
        #expect(run("data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }") == .succeeded)
        let mark = host.mark()
        #expect(run("train 1; snapshot base; pause when (loss < 0); watch loss; let f = 1") == .succeeded)
        #expect(host.epochsTrained == 1)
        host.restore(mark)
        #expect(host.epochsTrained == 0)
        for trace in Self.traces where !trace.hasPrefix("runs") && trace != "undo" {
            #expect(!isKnown(trace), "\(trace)")
        }
        #expect(isKnown("undo 2") && !isKnown("undo 1"))
    }
}
