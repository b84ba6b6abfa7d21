import CommandLanguage
import Foundation
import Testing

@testable import Lessons

/// Somebody who plays the lesson `sums`, or what a text makes of it, or `more`.
private final class Learner {
    let abacus = Abacus()
    let sink = LineSink()
    let player: Player
    private let file: ProgressFile

    init(_ text: String = sums, progress: ProgressFile? = nil) throws {
        let entry = try temporary(text)
        let folder = entry.path.split(separator: "/").dropLast().joined(separator: "/")
        try sums.write(toFile: "/\(folder)/02-more-sums.md", atomically: true, encoding: .utf8)
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
            case .failed(let diagnostic):
                sink.lines.append("error: " + diagnostic.message + (diagnostic.hint.map { "; \($0)" } ?? ""))
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
        #expect(learner.say("").contains("Predict. What will the total be?"))
        #expect(learner.say("3").contains("    add 3 -> first"))
        #expect(learner.say("").contains("Right: you said 3, it is 3  (1 of 1 right in this lesson)"))
        #expect(
            learner.say("a", "").contains {
                $0.hasPrefix("Not quite: you said: it is even. It is: it is odd")
            })
        #expect(learner.place == "cairn sums.4")
        #expect(learner.say("add 5").contains("Solved."))
        #expect(learner.say("").last == "The next lesson: `learn more-sums`.")
        #expect(learner.place == "abacus")
        #expect(learner.abacus.total == 100)
        #expect(
            learner.say("learn").prefix(2) == [
                "1 | sums | Sums | finished, 1 of 1 exercises solved, 1 of 2 predictions right",
                "2 | more-sums | Sums | ",
            ])
    }

    @Test func whatFollowsATaskIsShownWithItsResult() throws {
        let learner = try Learner(sums.replacing("## Your turn", with: "Five it is.\n\n## Your turn"))
        learner.say("learn sums", "goto 3", "")
        let shown = learner.say("")
        #expect(shown.first == "Five it is.")
        #expect(learner.place == "cairn sums.4")
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

    @Test func enterInAnExerciseSaysWhatIsStillToDo() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4")
        #expect(
            learner.say("") == [
                "not yet  the total is ten: expected `total == 10`, but total is 5",
                "`hint` helps; `skip` goes on without solving it.",
            ])
    }

    @Test func aSpentBudgetIsGoneOnFromByReset() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4", "add 1", "add 1")
        #expect(learner.say("add 3").last == "The budget is spent: `reset` begins the exercise anew.")
        learner.say("reset")
        #expect(learner.say("add 5").contains("Solved."))
    }

    @Test func whatNothingHasBeenTrainedForSaysSo() throws {
        let learner = try Learner(sums.replacing("`(total == 10)` the total", with: "`(mean > 1)` the mean"))
        learner.say("learn sums", "goto 4")
        let shown = learner.say("")
        #expect(shown.first?.hasSuffix("`mean` cannot be measured now; train first") == true, "\(shown)")
    }

    /// What is typed, where (before the question, at it, behind it), and what is said then.
    @Test(arguments: [
        (["0.8"], "error: no question is open here; Enter goes on"),
        (
            ["", "0.8", "", "b", "", "0.8"],
            "error: no question is open here; commands solve the exercise; `hint` helps"
        ),
        (["", "12 %", "3"], "Enter runs it, or type your own."),
        (["", "3,5"], "Enter runs it, or type your own."),
        (["", "maybe"], "error: `maybe` is no guess here; a number; Enter goes on without one"),
        (["", "", "", "7"], "error: `7` is no guess here; one of `a`, `b`; Enter goes on without one"),
        (
            ["", "print hello"],
            "The question is open. Your guess: a number; Enter goes on without one."
        ),
        (["", "add"], "error: `add` needs `number`: it"),
        (["", "help add"], "The question is open. Your guess: a number; Enter goes on without one."),
    ])
    func guessesAreTakenOrExplained(entries: [String], last: String) throws {
        let learner = try Learner()
        learner.say("learn sums")
        for entry in entries.dropLast() { learner.say(entry) }
        #expect(learner.say(entries[entries.count - 1]).last == last)
    }

    @Test func aGuessCanBeChangedUntilTheCommandRuns() throws {
        let learner = try Learner()
        learner.say("learn sums", "", "4")
        #expect(learner.say("3", "").contains("Right: you said 3, it is 3  (1 of 1 right in this lesson)"))
    }

    @Test func eachLessonHasItsOwnTally() throws {
        let learner = try Learner()
        learner.say("learn sums", "", "4", "", "quit", "learn more-sums", "", "3")
        #expect(learner.say("").contains("Right: you said 3, it is 3  (1 of 1 right in this lesson)"))
    }

    @Test func commandsThatAreStoppedBeginAgainFromWhereTheyBegan() throws {
        let learner = try Learner(sums.replacing("add 2\n", with: "add 1\nadd 3\n"))
        learner.say("learn sums", "", "", "", "")
        learner.abacus.limit = 3.5
        #expect(learner.say("").last?.hasPrefix("Look around") == true)
        #expect(learner.abacus.total == 4)
        learner.abacus.limit = .infinity
        learner.say("")
        #expect(learner.abacus.total == 7)
        #expect(learner.place == "cairn sums.4")
    }

    @Test func hintsTellMoreAndMore() throws {
        let learner = try Learner()
        learner.say("learn sums", "goto 4")
        #expect(learner.say("hint") == ["Hint 1 of 3", "It is five now."])
        #expect(
            learner.say("goto 1", "hint").last == "There is nothing to solve in this step: Enter goes on.")
        learner.say("goto 4", "hint")
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
        learner.say("play", "add 7", "play", "add 1", "reset")
        #expect(learner.place == "cairn sums.4")
        #expect(learner.abacus.total == 5)
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
        learner.say("add 1")
        #expect(learner.place == "cairn sums.3")
        learner.say("")
        learner.say("add   2")
        #expect(learner.place == "cairn sums.4")
    }

    @Test func commandsOfACellMayBeTypedOneByOne() throws {
        let learner = try Learner(sums.replacing("add 2\n", with: "add 1\nadd 1\n"))
        learner.say("learn sums", "goto 3", "", "add 1")
        #expect(learner.place == "cairn sums.3")
        learner.say("add 1")
        #expect(learner.place == "cairn sums.4")
    }

    @Test(arguments: ["sums", "1", "01", "01-sums", "01-sums.md", "Sums"])
    func aLessonHasManyNames(_ name: String) throws {
        let learner = try Learner()
        learner.say("learn \(name)")
        #expect(learner.place == "cairn sums.1")
    }

    @Test(arguments: [
        ("learn sumz", "there is no lesson `sumz`; did you mean `sums`?"),
        ("learn more", "there is no lesson `more`; did you mean `more-sums`?"),
        ("learn 07-sumz", "there is no lesson `07-sumz`; did you mean `sums`?"),
        ("learn 9", "there is no lesson `9`; `learn` lists them"),
        ("learn a b c", "`learn` takes one lesson"),
        ("learn forget", "`learn` takes one lesson"), ("learn forget x", "there is no lesson `x`"),
    ])
    func thereIsNoSuchLesson(entry: String, message: String) throws {
        #expect(try Learner().say(entry).first?.hasPrefix("error: " + message) == true)
    }

    @Test(arguments: [
        ("goto", "`goto` takes the number of a step"), ("goto 9", "there is no step 9"),
        ("goto x", "there is no step x"),
        ("back", "this is the first step"),
    ])
    func thereIsNoSuchStep(entry: String, message: String) throws {
        let learner = try Learner()
        learner.say("learn sums")
        #expect(learner.say(entry).first?.hasPrefix("error: " + message) == true)
    }

    @Test func wordsAreCompletedAndWholeAsTheyStand() throws {
        let learner = try Learner()
        #expect(learner.player.completions(in: "learn s", at: 7).items.map(\.text) == ["sums"])
        #expect(learner.player.completions(in: "learn forget m", at: 14).items.map(\.text) == ["more-sums"])
        #expect(!learner.player.acceptsBlank)
        learner.say("learn sums")
        #expect(learner.player.acceptsBlank)
        #expect(learner.player.completions(in: "hi", at: 2).items.map(\.text).contains("hint"))
        learner.say("next")
        #expect(learner.player.status(of: "80 %") == .complete)
    }

    @Test func helpKnowsTheWordsOfLessons() throws {
        let learner = try Learner()
        #expect(learner.say("help hint").first?.hasPrefix("error") == true)
        #expect(learner.say("learn sums", "help hint").contains { $0.hasPrefix("skip | ") })
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
