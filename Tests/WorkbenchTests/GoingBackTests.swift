import CommandLanguage
import Foundation
import Tensors
import Testing
import Workbench

/// Going back and forth changes no bit: random statements on a tiny model, with snapshots in memory and in files.
@Suite struct GoingBackTests {
    static let setup = """
        data shapes size=8 count=60 classes=3 channels=1
        batch 16
        model tiny { conv 2; batchnorm; relu; dropout 0.2; flatten; dense 3 }

        """

    /// Some fail for one model or the other, and then change nothing.
    static let statements = [
        "train 1", "train 2", "step", "step 3", "repeat 2 { step 2; rate 0.004 }", "rate 0.003",
        "rate 0.02 layers=[conv1]", "optimizer adam", "optimizer sgd momentum=0.9", "batch 7", "batch 32",
        "augment { flip; shift 1 }", "augment", "init xavier", "init he layers=[dense1]", "freeze conv1",
        "unfreeze",
        "clip norm 0.5", "average ema decay=0.9", "average swa", "average off",
        "early-stopping on patience=1 min-change=0.5", "schedule cosine 5", "schedule plateau", "loss focal",
        "loss cross-entropy", "normalize off", "normalize on", "sample balanced", "sample shuffled",
        "set convolution exact", "seed 5", "model tiny { conv 3; relu; flatten; dense 3 }",
        "model other { flatten; dense 3 }", "batch 0",
        "freeze nothing",
    ]

    private static let otherImages = "data shapes size=8 count=80 classes=3 channels=1"

    /// What a session trains with and how far it is, to the bit, but for the clock.
    struct Trace: Equatable {
        let tensors: [String: [UInt32]]
        let words: [String]

        init(_ session: TestSession) throws {
            #expect(session.run("save trace.safetensors") == .succeeded)
            let archive = try TensorArchive.read(session.folder.appending(path: "trace.safetensors").path)
            tensors = archive.named.mapValues { $0.scalars.map(\.bitPattern) }
            let description = try #require(archive.metadata["cairn"])
            words = [
                description.replacing(#/"seconds":[-+.e0-9]+/#, with: ""), session.type("show settings"),
            ]
        }
    }

    /// A state that there has been: its trace, and what leads to it from the start.
    private struct Moment {
        let trace: Trace
        let path: [String]
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, [false, true])
    func everyMomentComesBack(_ seed: UInt64, inFiles: Bool) throws {
        var random = RandomStream(seed: seed, name: "statements")
        func choose(_ count: Int) -> Int { random.uniform(below: count) }
        let session = try TestSession()
        #expect(session.run(Self.setup + (inFiles ? "snapshots limit 0" : "")) == .succeeded)
        // Images cannot go to files: snapshots of others than now are forgotten then.
        let statements = Self.statements + (inFiles ? [] : [Self.otherImages])
        // What `undo` and `redo` go through, and where it stands.
        var line = [Moment(trace: try Trace(session), path: [])]
        var now = 0
        var named: [String: Moment] = [:]
        func note(_ moment: Moment) {
            line = Array(line[...now]) + [moment]
            now += 1
        }
        var said: [String] = []
        for _ in 0..<40 {
            switch choose(10) {
            case 0...4:
                let statement = statements[choose(statements.count)]
                said.append(statement)
                let outcome = session.run(statement)
                let trace = try Trace(session)
                if outcome == .succeeded {
                    note(Moment(trace: trace, path: line[now].path + [statement]))
                } else {
                    #expect(trace == line[now].trace, "\(statement) failed")
                }
            case 5 where now > 0:
                let count = 1 + choose(now)
                said.append("undo \(count)")
                #expect(session.run("undo \(count)") == .succeeded)
                now -= count
            case 6 where now < line.count - 1:
                let count = 1 + choose(line.count - 1 - now)
                said.append("redo \(count)")
                #expect(session.run("redo \(count)") == .succeeded)
                now += count
            case 7:
                // A step in hand is no part of a snapshot, and `undo` takes it back first.
                let isBegun = session.run("step forward") == .succeeded
                // Unless an epoch had to be finished first.
                let trace = try Trace(session)
                if trace != line[now].trace {
                    note(Moment(trace: trace, path: line[now].path + ["step forward", "undo"]))
                }
                let name = ["a", "b", "c"][choose(3)]
                said.append("step forward; snapshot \(name); undo")
                #expect(session.run("snapshot \(name)") == .succeeded)
                named[name] = line[now]
                if isBegun { #expect(session.type("undo").contains("the step in hand")) }
            case 8:
                guard let (name, moment) = named.sorted(by: { $0.key < $1.key }).first else { continue }
                said.append("restore \(name)")
                if !session.type("restore \(name)").contains("nothing has changed") { note(moment) }
            default:
                // What only looks changes nothing.
                #expect(session.run("evaluate\nstats weights\nsnapshots") == .succeeded)
            }
            try #require(try Trace(session) == line[now].trace, "after \(said)")
        }
        // As if one had never left; also from here on.
        let straight = try TestSession()
        #expect(straight.run(Self.setup) == .succeeded)
        for statement in line[now].path { #expect(straight.run(statement) == .succeeded) }
        for _ in 0..<2 {
            #expect(try Trace(straight) == Trace(session))
            for session in [session, straight] {
                #expect(session.run("train 2\nevaluate -> e") == .succeeded)
            }
            #expect(session.shell.value(of: "e") == straight.shell.value(of: "e"))
        }
    }

    /// Everything can be taken back to the very start, and done again.
    @Test func undoGoesBackToNothing() throws {
        let session = try TestSession()
        #expect(session.run(Self.setup + "train 1") == .succeeded)
        let trained = try Trace(session)
        #expect(session.type("undo 4").contains("no data"))
        guard case .failed(let refusal) = session.run("undo") else {
            Issue.record("nothing is left to take back")
            return
        }
        #expect(refusal.message == "there is nothing to take back")
        #expect(session.run("redo 4") == .succeeded)
        #expect(try Trace(session) == trained)
    }

    /// A training that was paused is part of it: `resume` goes on from a snapshot, too.
    @Test func aPausedTrainingComesBack() throws {
        let paused = Self.setup + "pause when (step == 2)\ntrain 3\n"
        let session = try TestSession()
        #expect(session.run(paused + "snapshot here\nresume") == .succeeded)
        let whole = try Trace(session)
        #expect(session.run("model other { flatten; dense 3 }\ntrain 1\nrestore here\nresume") == .succeeded)
        #expect(try Trace(session) == whole)
        guard case .failed(let refusal) = session.run("undo 9\nresume") else {
            Issue.record("there was nothing to resume then")
            return
        }
        #expect(refusal.code == "no-data")
    }

    // MARK: Where there is no room

    private static let training = setup + "train 1\nsnapshot kept\nsnapshots limit 0 disk="

    @Test func withoutAnyRoomAutomaticOnesGoAndNamedOnesStay() throws {
        let session = try TestSession()
        #expect(session.run(Self.training + "0") == .succeeded)
        #expect(session.shown.contains("can no longer be taken back"))
        let kept = try Trace(session)
        #expect(session.run("train 1\ntrain 1") == .succeeded)
        // It is said once.
        #expect(!session.shown.contains("can no longer be taken back"))
        #expect(session.type("undo").contains("nothing to take back"))
        #expect(session.run("restore kept") == .succeeded)
        #expect(try Trace(session) == kept)
    }

    @Test func aFolderThatCannotBeWrittenLosesNoSession() throws {
        let session = try TestSession(spillFolder: "/proc/none")
        #expect(session.run(Self.training + "100") == .succeeded)
        #expect(session.shown.contains("cannot write /proc/none"))
        let kept = try Trace(session)
        #expect(session.run("train 1\nrestore kept") == .succeeded)
        #expect(try Trace(session) == kept)
    }

    @Test func aFileThatIsGoneIsALostSnapshotAndNoMore() throws {
        let session = try TestSession()
        #expect(session.run(Self.training + "100\ntrain 2") == .succeeded)
        let before = try Trace(session)
        let spill = session.folder.appending(path: "spill")
        let own = try #require(
            FileManager.default.contentsOfDirectory(at: spill, includingPropertiesForKeys: nil).first {
                $0.pathExtension != "lock"
            })
        for file in try FileManager.default.contentsOfDirectory(at: own, includingPropertiesForKeys: nil) {
            try Data("damaged".utf8).write(to: file)
        }
        for statement in ["restore kept", "undo", "diff kept"] {
            guard case .failed(let error) = session.run(statement) else {
                Issue.record("\(statement) of a damaged file")
                continue
            }
            #expect(error.message.hasPrefix("the snapshot is lost"))
        }
        #expect(try Trace(session) == before)
    }

    /// A state in a file declares batch size, augmentation and the like as they were.
    @Test func whatIsLoadedGoesOnAsItWould() throws {
        let session = try TestSession()
        let declared = """
            batch 7
            augment { flip; shift 1 }
            normalize off
            loss focal
            sample balanced
            set convolution exact
            train 1

            """
        #expect(session.run(Self.setup + declared + "step 2\nsave s.safetensors") == .succeeded)
        let other = try TestSession(seed: 3)
        let file = session.folder.appending(path: "s.safetensors").path
        #expect(other.run("seed 1\n" + Self.setup + "load \(file)") == .succeeded)
        #expect(!other.shown.contains("saved with"))
        #expect(try Trace(other) == Trace(session))
        for session in [session, other] { #expect(session.run("train 2") == .succeeded) }
        #expect(try Trace(other) == Trace(session))
    }
}
