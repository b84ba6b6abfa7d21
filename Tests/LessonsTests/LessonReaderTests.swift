import CommandLanguage
import Testing

@testable import Lessons

struct LessonReaderTests {
    @Test func aLessonIsReadInSteps() throws {
        let (lesson, problems) = read(sums)
        #expect(problems.isEmpty)
        let found = try #require(lesson)
        #expect(found.title == "Sums")
        #expect(found.steps.map(\.number) == [1, 2, 3, 4, 5])
        #expect(found.steps.map(\.heading) == [nil, "One number", nil, "Your turn", "When it helps"])
        #expect(found.steps[0].before.text.map(\.plain) == ["You add numbers with `add`."])
        #expect(found.steps[2].before.printed.map(\.value) == [3])
        #expect(found.steps[4].before.text.map(\.plain) == ["- When you count."])
        #expect(found.script.map(\.text) == ["add 3 -> first\n", "add 2\n", "add 5\n"])
        #expect(found.script.map(\.firstLine) == [12, 25, 58])
    }

    @Test func anExerciseHasItsHintsAnswersAndWrongAnswers() throws {
        guard case .solve(let exercise)? = read(sums).lesson?.steps[3].task else {
            Issue.record("no exercise")
            return
        }
        #expect(exercise.goal.map(\.plain) == ["Reach ten, quickly."])
        #expect(exercise.conditions.map(\.meaning) == ["the total is ten", "in two steps"])
        #expect(
            exercise.conditions.map(\.expectation.text) == [
                "expect (total == 10)", "expect (used.steps <= 2)",
            ])
        #expect(
            exercise.hints.map { $0.map(\.plain) } == [
                ["It is five now."], ["Add what is missing."], ["`add 5`"],
            ])
        #expect(exercise.answers.map(\.name) == ["at once", "in two steps"])
        #expect(exercise.answers[0].remark.map(\.plain) == ["The short way."])
        #expect(exercise.wrong.map(\.name) == ["too many steps"])
    }

    /// It is no step of its own, unless its section has none.
    @Test func whatStandsAtTheEndOfASectionBelongsToItsTask() throws {
        let text = sums.replacing(
            "## Your turn",
            with: """
                That is 5.0.

                - Add.
                - Look.

                <!-- 5.0 ± 0.1 = (total) -->

                ## Your turn
                """)
        let (lesson, problems) = read(text)
        #expect(problems.isEmpty)
        let found = try #require(lesson)
        #expect(found.steps.count == 5)
        #expect(found.steps[2].after.text.map(\.plain) == ["That is 5.0.", "", "- Add.", "- Look."])
        #expect(found.steps[2].after.printed.map(\.value) == [5])
        #expect(found.steps[3].before.text.isEmpty)
    }

    @Test(arguments: [
        "What is `(total)` ± 0.5 then?", "What is  `(total)` ± 0.5  then?", "What is `then`? `(total)` ± 0.5",
        "What `is` then? `(total)` ± 0.5",
    ])
    func whatIsMeasuredLeavesNoGap(_ question: String) throws {
        let text = sums.replacing("What will the total be? `(total)` ± 0.5", with: question)
        guard case .run(_, let prediction?)? = read(text).lesson?.steps[1].task else {
            Issue.record("no prediction")
            return
        }
        #expect(prediction.question.map(\.plain).map { $0.replacing("`", with: "") } == ["What is then?"])
    }

    /// What stands in for a part of the lesson, and what is then wrong with it.
    @Test(
        arguments: [
            ("# Sums", "## Sums", .noTitle),
            (
                "`(total)` ± 0.5", "`(total)`",
                .prediction(lacks: "a tolerance after what is measured: `(...)` ± 0.05")
            ),
            (
                "`(total)` ± 0.5", "± 0.5",
                .prediction(lacks: "what is measured, as code in parentheses: `($run.val.accuracy.last)`")
            ),
            ("`(total % 2 == 1)`", "", .prediction(lacks: "code in parentheses in the item `it is odd`")),
            ("```cairn\nadd 2\n```", "text", .nothingToPredict),
            ("Answer: at once", "Solution", .details("Solution")),
            (
                "<summary>Hint</summary>\n\nAdd", "<summary>Answer</summary>\n\nAdd",
                .exercise(lacks: "a ```cairn cell in `Answer`")
            ),
            ("Wrong: too many steps", "Answer: slow", .noWrongAnswer),
            ("<!-- 3.0 ± 0.1 = ($first) -->", "<!-- 3.0 = ($first) -->", .badCheck("3.0 = ($first)")),
            ("add 1\nadd 3\n```\n\n</details>", "add 1\nadd 3\n```", .unclosedDetails),
            ("Begin with three.", "| number | sum |\n|---|---|\n| 3 | 3 |", .table),
        ] as [(String, String, LessonProblem.Kind)])
    func mistakesAreNamed(part: String, replacement: String, kind: LessonProblem.Kind) {
        let text = sums.replacing(part, with: replacement, maxReplacements: 1)
        #expect(text != sums)
        #expect(read(text).problems.map(\.kind).contains(kind), "\(read(text).problems)")
    }

    @Test func aLessonNeedsSomething() {
        #expect(read("# Empty").problems.map(\.kind) == [.noSteps])
        #expect(read("# Empty").lesson == nil)
    }
}

struct LessonLintTests {
    private func problems(_ text: String) throws -> [LessonProblem.Kind] {
        try LessonLint(host: Abacus()).problems(of: temporary(text)).map(\.kind)
    }

    @Test func aGoodLessonHasNone() throws {
        #expect(try problems(sums).isEmpty)
    }

    @Test(arguments: [
        ("add 2\n", "ad 2\n", "unknown command `ad`"), ("$first)", "$frst)", "nothing is named `$frst`"),
        ("(total == 10)", "(totl == 10)", "`totl` is not a value in an expression"),
    ])
    func cellsAnswersAndConditionsAreChecked(part: String, replacement: String, message: String) throws {
        let found = try problems(sums.replacing(part, with: replacement))
        #expect(
            found.contains { if case .cell(let text) = $0 { text.hasPrefix(message) } else { false } },
            "\(found)")
    }

    @Test func numbersInTheTextNeedChecks() throws {
        #expect(
            try problems(sums.replacing("Begin with three.", with: "Begin with 2.5 or `0.1`.")) == [
                .uncheckedNumber("2.5")
            ])
    }

    @Test func theEndTellsWhenItHelps() throws {
        #expect(try problems(sums.replacing("## When it helps", with: "## The end")) == [.noEnding])
    }
}
