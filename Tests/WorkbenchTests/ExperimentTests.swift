import CommandLanguage
import Foundation
import Tensors
import Testing
import Workbench

/// Forks leave no trace, and what is kept leads to the same bits.
@Suite struct ExperimentTests {
    private typealias Trace = GoingBackTests.Trace

    private static func session(_ script: String = "") throws -> TestSession {
        let session = try TestSession()
        #expect(session.run(GoingBackTests.setup + "train 1\nstep 2\n" + script) == .succeeded)
        return session
    }

    @Test(arguments: [
        "fork { rate 0.5; train 2 } { optimizer sgd; step 3 }",
        "fork unchanged=false { batch 7; augment { flip }; train 1 }",
        "fork { data shapes size=8 count=80 classes=3 channels=1; train 1 }",
        "fork { model other { flatten; dense 3 }; train 1 } { init zeros; train 1 }",
        "fork { fork { rate 0.5; train 1 } { train 1 }; rate 0.1; train 1 }",
        "fork { snapshot inner; train 1; restore inner; undo }",
        "fork seeds=1..2 { rate 0.5; train 1 } after=1",
        "fork { seed 5; model tiny { flatten; dense 3 }; train 1 }",
        "fork { train 1; expect (1 > 2) }", "fork { train 1; batch 0 }", "fork { train 1; quit }",
        "def attempt(rate) { rate $rate; train 1; return 3 }\nfork { attempt 0.5 }",
    ])
    func aForkLeavesEverythingAsItWas(_ script: String) throws {
        let session = try Self.session()
        let before = try Trace(session)
        _ = session.run(script)
        #expect(try Trace(session) == before)
        let straight = try Self.session()
        #expect(session.run("train 2") == .succeeded)
        #expect(straight.run("train 2") == .succeeded)
        #expect(try Trace(session) == Trace(straight))
        // Nothing of it can be taken back, either.
        #expect(session.run("undo 2") == .succeeded)
        #expect(straight.run("undo 2") == .succeeded)
        #expect(try Trace(session) == Trace(straight))
    }

    @Test(arguments: 0...60)
    func anInterruptedForkLeavesEverythingAsItWas(_ questions: Int) throws {
        var left = Int.max
        let session = try TestSession {
            left -= 1
            return left < 0
        }
        #expect(session.run(GoingBackTests.setup + "train 1") == .succeeded)
        let before = try Trace(session)
        left = questions
        _ = session.run("fork a { rate 0.5; train 2 } b { batch 7; train 1 } -> f")
        left = .max
        #expect(try Trace(session) == before)
    }

    @Test(arguments: [
        "rate 0.5; train 2", "step 3", "batch 7; augment { flip; shift 1 }; train 1",
        "model other { flatten; dense 3 }; train 1",
    ])
    func takingAnArmIsRunningItsStatements(_ arm: String) throws {
        let forked = try Self.session("fork a { rate 0.1; train 1 } b { \(arm) }\ntake b")
        #expect(try Trace(forked) == Trace(Self.session(arm)))
        #expect(forked.run("undo") == .succeeded)
        #expect(try Trace(forked) == Trace(Self.session()))
    }

    /// The ends of arms go to files like other snapshots, and come back with the same bits.
    @Test func armsKeepToTheLimitOfMemory() throws {
        let arm = "rate 0.5; train 2"
        let forked = try Self.session("snapshots limit 0\nfork a { \(arm) } b { step 3 }")
        let listing = forked.type("snapshots")
        #expect(listing.contains("take a") && listing.contains("disk"))
        #expect(listing.contains("\n0 of 0 in memory"), "\(listing)")
        #expect(forked.run("take a") == .succeeded)
        #expect(try Trace(forked) == Trace(Self.session(arm)))
    }

    /// It ends with the arms that are done; an interruption from outside stays one.
    @Test func aForkWithABudgetKeepsWhatIsDone() throws {
        let session = try Self.session()
        let before = try Trace(session)
        let fork = "fork budget=200ms quick { step 1 } endless { train 100000 }"
        #expect(session.run(fork + " -> f\nprint goes on") == .succeeded)
        #expect(session.shown.contains("the budget is used up: 1 of 3 arms done"))
        #expect(session.shown.hasSuffix("goes on\n"))
        #expect(try Trace(session) == before)
        guard case .record(let result)? = session.shell.value(of: "f") else {
            Issue.record("no result")
            return
        }
        #expect(result.names == ["quick"])
        #expect(session.run("take quick") == .succeeded)
        #expect(
            session.run("undo\nfork budget=1h { fork budget=1ms { train 100000 }; step 1 }") == .succeeded)
        let seeded = "fork seeds=1..3 budget=1ms endless { train 100000 } -> s\nprint $s.seeds.count"
        #expect(session.run(seeded) == .succeeded)
        #expect(session.shown.contains("0 of 3 seeds done"))
        #expect(try Trace(session) == before)
    }

    /// Breakpoints are for somebody who can resume; those of an arm are its own, and so is what it watches.
    @Test func armsHaveTheirOwnBreakpointsAndWatches() throws {
        let session = try Self.session("pause when (step > 0)\nwatch loss every=1")
        let fork = "fork a { step 3 } b { pause when (step == 7) name=own; watch rate every=2; step 3 } -> f"
        #expect(session.run(fork) == .succeeded)
        #expect(session.run("expect ($f.a.steps == 3 and $f.b.steps == 2)") == .succeeded)
        let watched = "expect ($f.a.watch[0].values.count == 3 and $f.b.watch.count == 2)"
        #expect(session.run(watched) == .succeeded)
        #expect(session.run("pause list -> p\nexpect ($p.count == 1 and $p[0].hits == 0)") == .succeeded)
        #expect(session.run("watch list -> w\nexpect ($w[0].values.count == 0)") == .succeeded)
    }

    @Test func theUnchangedArmIsWhatTrainingOnWouldHaveGiven() throws {
        let session = try Self.session("fork { rate 0.5; train 2 } -> f")
        let check = "expect ($f.unchanged.loss.last == $on.loss.last and $f.unchanged.epochs == 2)"
        #expect(session.run("train 2 -> on\n\(check)") == .succeeded)
        #expect(session.run("expect ($f.unchanged.val.loss.last == $on.val.loss.last)") == .succeeded)
    }

    @Test func aSeedOfAForkIsASessionWithThatSeed() throws {
        let script =
            "data shapes size=8 count=60 classes=3 channels=1\nmodel m { flatten; dropout 0.2; dense 3 }\n"
        let forked = try TestSession()
        #expect(forked.run(script + "train 1\nfork seeds=[1, 7] a { rate 0.01; train 2 } -> f") == .succeeded)
        #expect(forked.run("train 1 -> own\nexpect ($own.loss.last != $f.a.loss.last)") == .succeeded)
        let straight = try TestSession()
        #expect(straight.run(script + "rate 0.01\ntrain 2 -> own") == .succeeded)
        #expect(straight.shell.value(of: "own") != nil)
        guard case .record(let own)? = straight.shell.value(of: "own"),
            case .record(let result)? = forked.shell.value(of: "f"), case .list(let each)? = result["each"],
            case .record(let first) = each[0], case .record(let arm)? = first["a"],
            case .record(let second) = each[1], case .record(let other)? = second["a"]
        else {
            Issue.record("no results")
            return
        }
        #expect(arm["loss"] == own["loss"])
        #expect(other["loss"] != own["loss"])
    }

    // MARK: Scripts

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func aKeptScriptLeadsToTheSameBits(_ seed: UInt64) throws {
        var random = RandomStream(seed: seed, name: "kept")
        func choose(_ count: Int) -> Int { random.uniform(below: count) }
        var left = Int.max
        let session = try TestSession(seed: seed) {
            left -= 1
            return left < 0
        }
        #expect(session.run(GoingBackTests.setup) == .succeeded)
        for _ in 0..<25 {
            let statement = GoingBackTests.statements[choose(GoingBackTests.statements.count)]
            switch choose(9) {
            case 0...3: _ = session.run(statement)
            case 4: _ = session.run("undo \(1 + choose(2))")
            case 5:
                _ = session.run(
                    "fork a { \(statement); train 1 } b { step 2 }\ntake \(["a", "b"][choose(2)])")
            case 6:
                left = choose(15)
                _ = session.run("train 3")
                left = .max
            case 7: _ = session.run(["snapshot here", "restore here", "redo"][choose(3)])
            default:
                _ = session.run("let r = 0.00\(1 + choose(9))\nif (\(choose(2)) == 1) { rate $r }\nevaluate")
            }
        }
        #expect(session.run("keep kept.cairn") == .succeeded)
        let script = try String(contentsOf: session.folder.appending(path: "kept.cairn"), encoding: .utf8)
        let replayed = try TestSession(seed: 99)
        #expect(replayed.run(script) == .succeeded, "\(script)")
        #expect(try Trace(replayed) == Trace(session), "\(script)")
        #expect(session.run("verify kept.cairn -> verdict") == .succeeded, "\(script)")
        #expect(session.shell.value(of: "verdict") == .text("equal"), "\(script)")
    }

    @Test func aReplayThatDiffersSaysWhere() throws {
        let session = try Self.session("train 1\nkeep kept.cairn")
        let file = session.folder.appending(path: "kept.cairn")
        let script = try String(contentsOf: file, encoding: .utf8)
        func verdict(_ changed: String) throws -> String {
            try changed.write(to: file, atomically: true, encoding: .utf8)
            return session.type("verify kept.cairn")
        }
        #expect(
            try verdict(script.replacing("step 2\n", with: "rate 0.5\nstep 2\n")).contains(
                "different: at step 5"))
        #expect(try verdict(script.replacing("train 1\n", with: "")).contains("different: there were"))
        // As another instruction set might have had it.
        let close = script.replacing(#/steps [0-9a-f]+/#, with: "steps 0000")
        #expect(try verdict(close).contains("equal within 0:"))
        #expect(try verdict("print 1").contains("says nothing that a replay could be compared with"))
        #expect(try verdict("trian 1").contains("in kept.cairn"))
        #expect(try verdict("verify kept.cairn").contains("verifies no other"))
    }

    @Test func aSourcedScriptIsAsIfTyped() throws {
        let session = try Self.session()
        func write(_ text: String, to name: String) throws {
            try text.write(to: session.folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        try write("rate 0.02\nlet found = 3\ntrain 1\n", to: "inner.cairn")
        try write("# Story\n```cairn\nsource inner.cairn\n```\n```cairn\nprint $found\n```\n", to: "outer.md")
        #expect(session.type("source outer.md").hasSuffix("3\n"))
        let straight = try Self.session("rate 0.02\ntrain 1")
        #expect(try Trace(session) == Trace(straight))
        #expect(session.type("undo").contains("took back `source outer.md`"))
        #expect(try Trace(session) == Trace(Self.session()))
        try write("print 1\nbatch 0\n", to: "wrong.cairn")
        #expect(session.type("source wrong.cairn").contains("in wrong.cairn\n  2 | batch 0"))
        try write("source endless.cairn\n", to: "endless.cairn")
        #expect(session.type("source endless.cairn").contains("levels deep"))
        #expect(session.type("source .").contains("it is not a file"))
    }
}
