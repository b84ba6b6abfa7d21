import CommandLanguage
import Testing

@testable import Lessons

struct LessonTestTests {
    private func failures(_ text: String) throws -> [String] {
        let lesson = try #require(read(text).lesson)
        return LessonTest.run(lesson, on: Abacus(), showing: SilentSink()).map(\.message)
    }

    @Test func aGoodLessonPasses() throws {
        #expect(try failures(sums).isEmpty)
    }

    /// What stands in for a part of the lesson, and what its test says then.
    @Test(arguments: [
        ("add 5\n", "add 6\n", "the answer `at once` fails: expected `total == 10`, but total is 11"),
        ("add 1\nadd 3\n", "add 4\n", "the wrong answer `too many steps` passes"),
        ("3.0 ± 0.1", "4.0 ± 0.1", "the text says 4 ± 0.1, and ($first) is 3"),
        (
            "## Your turn", "So it is 6.\n\n<!-- 6 ± 0.1 = (total) -->\n\n## Your turn",
            "the text says 6 ± 0.1, and (total) is 5"
        ),
        ("(total % 2 == 1)", "(total > 1e3)", "of the choices of a prediction one must come true, not 0"),
        ("`(total)` ± 0.5", "`(total > 1)` ± 0.5", "the prediction asks for a number, and there is none"),
    ])
    func whatDoesNotComeOutIsSaid(part: String, replacement: String, message: String) throws {
        let found = try failures(sums.replacing(part, with: replacement, maxReplacements: 1))
        #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
    }

    @Test func nothingRunsAfterACellThatFails() throws {
        let found = try failures(sums.replacing("add 2\n", with: "expect (total > 5)\n"))
        #expect(found.count == 1)
    }
}
