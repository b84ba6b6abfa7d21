import CommandLanguage
import Foundation
import Testing

@testable import Lessons

/// Somebody who plays the lesson `sums`.
private final class Learner {
    let abacus = Abacus()
    let sink = LineSink()
    let player: Player
    private let file: ProgressFile

    init(progress: ProgressFile? = nil) throws {
        let entry = try temporary(sums)
        let folder = entry.path.split(separator: "/").dropLast().joined(separator: "/")
        file = progress ?? ProgressFile(path: "/\(folder)/progress.json")
        player = Player(host: abacus, course: Course(folder: "/" + folder), progress: file)
    }

    /// The same learner after another start.
    func returning() throws -> Learner { try Learner(progress: file) }

    /// What is shown after these entries; errors as their messages.
    @discardableResult
    func say(_ entries: String...) -> [String] {
        sink.lines = []
        for entry in entries {
            switch player.execute(Source(name: "", text: entry), sink: sink) {
            case .failed(let diagnostic): sink.lines.append("error: " + diagnostic.message)
            case .rejected(let diagnostics): sink.lines += diagnostics.map { "error: " + $0.message }
            default: break
            }
        }
        return sink.lines
    }

    var place: String { player.promptWords.joined(separator: " ") }
}

struct PlayerTests {
    @Test func enterLeadsThroughALesson() throws {
        let learner = try Learner()
        learner.say("add 100")
        #expect(learner.say("learn sums").first == "Sums")
        #expect(learner.place == "cairn sums.1")
        #expect(learner.abacus.total == 0)
        #expect(learner.say("").contains("Predict. What will the total be? "))
        #expect(learner.say("3").contains("    add 3 -> first"))
        #expect(learner.say("").contains("Right: you said 3, it is 3  (1 of 1 predictions right so far)"))
        #expect(
            learner.say("a", "").contains {
                $0.hasPrefix("Not quite: you said: it is even. It is: it is odd")
            })
        #expect(learner.place == "cairn sums.4")
        #expect(learner.say("add 5").contains("Solved."))
        #expect(learner.say("").last == "That was the last lesson.")
        #expect(learner.place == "abacus")
        #expect(learner.abacus.total == 100)
        #expect(
            learner.say("learn") == [
                "1 | sums | Sums | finished, 1 of 1 exercises solved, 1 of 2 predictions right"
            ])
    }

    @Test func anExerciseIsSolvedByWhatComesOut() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4")
        #expect(learner.abacus.total == 5)
        #expect(
            learner.say("add 1").contains("not yet  the total is ten: expected `total == 10`, but total is 6")
        )
        #expect(learner.say("print hello") == ["hello"])
        learner.say("add 3")
        #expect(
            learner.say("add 1").contains(
                "not yet  in two steps: expected `used.steps <= 2`, but used.steps is 3"))
        learner.say("reset")
        #expect(learner.abacus.total == 5)
        #expect(learner.say("let x = 5", "add $x").contains("Solved."))
    }

    @Test func hintsTellMoreAndMore() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4")
        #expect(learner.say("hint") == ["Hint 1 of 3", "It is five now."])
        learner.say("hint")
        #expect(learner.say("hint") == ["Hint 3 of 3", "`add 5`", "`answer` shows the worked answer."])
        #expect(learner.say("answer").contains("    add 5"))
        #expect(learner.abacus.total == 5)
    }

    @Test func aSkippedExerciseIsAnsweredAndMarked() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4", "add 100", "skip")
        #expect(learner.abacus.total == 10)
        #expect(learner.place == "cairn sums.5")
        #expect(learner.player.progress.lessons["sums"]?.exercises == [4: .skipped])
        learner.say("back", "add 5")
        #expect(learner.player.progress.lessons["sums"]?.exercises == [4: .skipped])
    }

    @Test func playLeavesNoTrace() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4", "play")
        #expect(learner.place == "cairn sums.4 play")
        learner.say("add 5", "let x = 1", "resume")
        #expect(learner.place == "cairn sums.4")
        #expect(learner.abacus.total == 5)
        #expect(learner.say("print $x") == ["error: nothing is named `$x`"])
    }

    @Test func aLessonIsGoneOnWithAfterAnotherStart() throws {
        let learner = try Learner()
        learner.say("learn sums", "", "3", "", "quit")
        #expect(learner.place == "abacus")
        let again = try learner.returning()
        again.say("learn sums")
        #expect(again.place == "cairn sums.3")
        #expect(again.abacus.total == 3)
        again.say("back")
        #expect(again.abacus.total == 0)
        #expect(again.say("learn forget sums") == ["sums: forgotten"])
    }

    @Test func commandsOfOnesOwnAreRunAndWait() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 3")
        #expect(learner.say("add 1").isEmpty)
        #expect(learner.place == "cairn sums.3")
        #expect(learner.say("maybe") == ["error: `maybe` is no guess here"])
        learner.say("")
        learner.say("add   2")
        #expect(learner.place == "cairn sums.4")
    }

    @Test(arguments: [
        ("learn sumz", "there is no lesson `sumz`"), ("learn a b c", "`learn` takes one lesson"),
        ("learn forget x", "there is no lesson `x`"),
    ])
    func thereIsNoSuchLesson(entry: String, message: String) throws {
        #expect(try Learner().say(entry).first?.hasPrefix("error: " + message) == true)
    }

    @Test(arguments: [
        ("goto 9", "there is no step 9"), ("goto x", "there is no step x"),
        ("back", "this is the first step"),
    ])
    func thereIsNoSuchStep(entry: String, message: String) throws {
        let learner = try Learner()
        learner.say("learn sums")
        #expect(learner.say(entry) == ["error: " + message])
    }

    @Test func wordsAreCompletedAndWholeAsTheyStand() throws {
        let learner = try Learner()
        #expect(learner.player.completions(in: "learn s", at: 7).items.map(\.text) == ["sums"])
        #expect(!learner.player.acceptsBlank)
        learner.say("learn sums")
        #expect(learner.player.acceptsBlank)
        #expect(learner.player.completions(in: "hi", at: 2).items.map(\.text).contains("hint"))
        learner.say("next")
        #expect(learner.player.status(of: "80 %") == .complete)
    }

    @Test func progressThatCannotBeReadIsDoneWithout() throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "cairn-progress-\(UUID().uuidString)"
        ).path
        try "{ broken".write(toFile: path, atomically: true, encoding: .utf8)
        let learner = try Learner(progress: ProgressFile(path: path))
        learner.say("learn sums", "next")
        #expect(learner.place == "cairn sums.2")
    }
}
