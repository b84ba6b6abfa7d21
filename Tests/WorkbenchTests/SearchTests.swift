import CommandLanguage
import Foundation
import Testing
import Workbench

/// Searches from the prompt: the session they leave, and what they remember.
struct SearchTests {
    private static let setup = """
        data shapes size=12 count=120 classes=3 channels=1
        let filters = 4
        def block(n) { conv $n padding=same; relu }
        model tiny { block $filters; maxpool 2; dropout 0.2; flatten; dense 3 }
        optimizer sgd rate=0.05 momentum=0.9
        augment { flip }
        batch 32

        """

    private static let search =
        "search random { filters = 2..8; rate = log 1e-3..1e-1; augment = [\"{ flip }\", \"{ shift 1 }\"] } trials=4 epochs=2"

    /// The bytes of everything that training changes.
    private func state(of session: TestSession) throws -> Data {
        #expect(session.run("save state.safetensors") == .succeeded)
        return try Data(contentsOf: session.folder.appending(path: "state.safetensors"))
    }

    /// The state without the clock's part of it.
    private func accuracies(of session: TestSession) -> String {
        session.type("evaluate -> e\nprint $e.accuracy $e.loss")
    }

    @Test(arguments: [
        search, search.replacing("random", with: "halving"), "rate find steps=20", "batch find seconds=0.01",
    ])
    func theSessionStaysAsItWas(_ script: String) throws {
        let session = try TestSession()
        #expect(session.run(Self.setup + "train 2") == .succeeded)
        let (before, settings) = (try state(of: session), session.type("show settings\nprint $filters"))
        #expect(session.run(script) == .succeeded)
        #expect(try state(of: session) == before)
        #expect(session.type("show settings\nprint $filters") == settings)
    }

    /// A script that is printed declares and trains what the search found, in a session that knows nothing.
    @Test func thePrintedScriptGivesTheScore() throws {
        let session = try TestSession()
        #expect(session.run(Self.setup + Self.search + " -> found") == .succeeded)
        guard case .record(let found) = session.shell.value(of: "found"),
            case .text(let script) = found["script"],
            case .number(let score) = found["score"]
        else {
            Issue.record("no result")
            return
        }
        let other = try TestSession(seed: 7)
        #expect(other.run(script + " -> run\nlet score = $run.val.accuracy.last") == .succeeded)
        #expect(other.shell.value(of: "score") == .number(score))
    }

    @Test func theBestCanBeKept() throws {
        let session = try TestSession()
        #expect(session.run(Self.setup + Self.search + " keep=best -> found") == .succeeded)
        #expect(session.run("evaluate -> e\nexpect ($e.accuracy == $found.score)") == .succeeded)
        // From the run store alone it is the same.
        let again = try TestSession(runs: session.folder.appending(path: "runs.sqlite").path)
        #expect(again.run(Self.setup + Self.search + " keep=best -> found") == .succeeded)
        #expect(accuracies(of: again) == accuracies(of: session))
        // It can be searched further, from its own values.
        #expect(session.run("search grid { batch = [16, 32] } epochs=1 -> next") == .succeeded)
    }

    /// Also if the session's own, trained model does not fit its images.
    @Test func theBestCanBeKeptWithItsImages() throws {
        let session = try TestSession()
        let script = """
            let size = 12
            data shapes size=$size count=120 classes=3 channels=1
            model tiny { conv 2; flatten; dense 3 }
            train 1
            search grid { size = [16] } epochs=1 keep=best -> found
            evaluate -> e
            expect ($e.accuracy == $found.score)
            """
        #expect(session.run(script) == .succeeded)
        #expect(session.type("show data").contains("16x16x1"))
    }

    /// Ctrl-C: what there is stays, under its name too, and another session goes on with it.
    @Test func aStoppedSearchGoesOnInAnotherSession() throws {
        let whole = try TestSession()
        #expect(whole.run(Self.setup + Self.search + " -> found") == .succeeded)

        var questions = Int.min
        let stopped = try TestSession {
            questions += 1
            return questions > 14
        }
        #expect(stopped.run(Self.setup) == .succeeded)
        questions = 0
        #expect(stopped.run(Self.search + " -> found") == .interrupted)
        #expect(stopped.shown.contains("stopped: the same search goes on from here"))
        questions = Int.min
        #expect(stopped.run("expect ($found.trials > 0 and $found.trials < 4)") == .succeeded)

        let second = try TestSession(runs: stopped.folder.appending(path: "runs.sqlite").path)
        #expect(second.run(Self.setup + Self.search + " -> found") == .succeeded)
        #expect(second.shown.contains("from an earlier run"))
        #expect(second.shell.value(of: "found") == whole.shell.value(of: "found"))
        // Anew, on demand.
        #expect(second.run(Self.search + " resume=false") == .succeeded)
        #expect(!second.shown.contains("from an earlier run"))
    }

    /// The data can be varied too, and the seeds of a trial then share it.
    @Test func dataIsSearchable() throws {
        let session = try TestSession()
        let script = """
            let noise = 0.1
            data shapes size=12 count=120 classes=3 channels=1 noise=$noise
            model tiny { flatten; dense 3 }
            search grid { noise = [0, 0.9] } epochs=2 seeds=2 -> found
            """
        #expect(session.run(script) == .succeeded)
        #expect(session.run("expect ($found.scores[0] != $found.scores[1])") == .succeeded)
        #expect(session.type("show data").contains("train 90"))
    }

    /// What was said about some layers adds up, and a new model begins without it.
    @Test func whatIsAboutLayersIsDeclaredAgain() throws {
        let declared = """
            freeze conv1
            freeze conv2
            rate 0.001 layers=[dense1]
            rate 0.02
            clip norm 1
            schedule expression (0.1 / ($epoch + 1))
            batch 32
            """
        let session = try TestSession()
        let script = """
            data shapes size=12 count=120 classes=3 channels=1
            model tiny { conv 2; conv 2; flatten; dense 3 }
            freeze conv1
            model tiny { conv 2; conv 2; flatten; dense 3 }
            \(declared)
            search grid { augment = ["{ flip }"] } epochs=1 -> found
            """
        #expect(session.run(script) == .succeeded)
        guard case .record(let found) = session.shell.value(of: "found"),
            case .text(let text) = found["script"]
        else {
            Issue.record("no result")
            return
        }
        #expect(text.contains("}\n" + declared + "\naugment {\n    flip\n}\ntrain 1"))
        let other = try TestSession()
        #expect(other.run(text + " -> run\nlet score = $run.val.accuracy.last") == .succeeded)
        #expect(other.shell.value(of: "score") == found["score"])
    }

    /// A state that is loaded brings its optimizer along, and a search begins from that.
    @Test func aLoadedOptimizerIsDeclared() throws {
        let session = try TestSession()
        #expect(
            session.run(Self.setup + "save s.safetensors\noptimizer adam\nload s.safetensors") == .succeeded)
        #expect(session.run("search grid { filters = [2] } epochs=1") == .succeeded)
        #expect(session.shown.contains("optimizer sgd rate=0.05 momentum=0.9"))
    }

    // MARK: Run stores that do not work

    /// It is said once, and training goes on.
    @Test func aBrokenStoreStopsNoTraining() throws {
        let session = try TestSession(runs: "/proc/no/runs.sqlite")
        #expect(session.run(Self.setup + "train 1 -> a") == .succeeded)
        #expect(session.shown.contains("runs are not kept: "))
        #expect(session.run("train 1 -> b\nexpect ($a.epochs + $b.epochs == 2)") == .succeeded)
        #expect(!session.shown.contains("runs are not kept"))
        #expect(session.run(Self.search) == .succeeded)
        guard case .failed(let diagnostic) = session.run("runs") else {
            Issue.record("a store that cannot be opened")
            return
        }
        #expect(diagnostic.message.contains("/proc/no/runs.sqlite"))
    }

    @Test func withoutAStoreEverythingElseWorks() throws {
        let session = try TestSession(runs: nil)
        #expect(session.run(Self.setup + "train 1\n" + Self.search) == .succeeded)
        #expect(!session.shown.contains("runs are not kept"))
        #expect(session.type("runs").contains("runs are not kept here"))
    }

    @Test(arguments: [
        (["CAIRN_RUNS": "/a/b"], "/a/b"), (["CAIRN_RUNS": "", "HOME": "/h"], nil),
        (["XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/cairn/runs.sqlite"),
        (["XDG_DATA_HOME": "x", "HOME": "/h"], "/h/.local/share/cairn/runs.sqlite"), ([:], nil),
        (["HOME": "h"], nil),
    ])
    func theStoreIsWhereTheEnvironmentSays(_ environment: [String: String], _ path: String?) {
        #expect(Session.usualRunStore(environment: environment) == path)
    }
}
