import CommandLanguage
import Foundation
import Testing

/// What is typed, and the text that the command gets: everything but the formula's own variables has its value.
@Test(arguments: [
    ("curve ($x * 2)", "$x * 2"),
    ("curve $x", "$x"),
    ("curve 3", "3"),
    ("curve (1 + 2)", "3"),
    ("let a = 0.1\ncurve ($a * 0.95 ^ $x)", "0.1 * 0.95 ^ $x"),
    ("let a = -2\ncurve ($a ^ $x - $a)", "(-2) ^ $x - (-2)"),
    ("let r = [1, 2]\ncurve ($r[$t] + $r.last)", "[1, 2][$t] + 2"),
    ("train 3 -> run\ncurve (max($x, $run.val.accuracy[0]))", "max($x, 0.5)"),
    ("curve ($x   +   # the place\n  $t)", "$x + $t"),
    ("def c(a) { curve ($a*$x) }\nc 5", "5*$x"),
    // Its own names hide the session's.
    ("let x = 7\ncurve ($x + $t)", "$x + $t"),
    ("curve (-($x - 1))", "-($x - 1)"),
])
func formulasAreTexts(_ script: String, _ text: String) throws {
    let session = Session()
    #expect(session.errors(script) == "")
    let call = try #require(session.workshop.calls.last)
    #expect(call.text("formula") == text)
    #expect(Formula(text, of: ["x", "t"])?.text == text)
}

@Test(arguments: [
    ("$x * 2 + $t", 8), ("max($x, 10) / 4", 2.5), ("2 ^ -$x", 0.125), ("[5, 6, 7, 8][$x]", 8), ("1", 1),
])
func formulasGiveNumbers(_ text: String, _ number: Double) throws {
    let formula = try #require(Formula(text, of: ["x", "t"]))
    #expect(try formula.number { ["x": 3, "t": 2][$0] } == number)
    let again = try JSONDecoder().decode(Formula.self, from: JSONEncoder().encode(formula))
    #expect(again == formula)
    #expect(try again.number { ["x": 3, "t": 2][$0] } == number)
}

@Test(arguments: [
    ("1 / ($x - 3)", "`/` by zero"), ("[1][$x]", "no element 3"),
    ("$x > 1", "a formula gives a number, not true"),
])
func formulasThatGiveNoNumberSayWhy(_ text: String, _ message: String) throws {
    let formula = try #require(Formula(text, of: ["x"]))
    let problem = #expect(throws: Formula.Problem.self) { try formula.number { _ in 3 } }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
}

@Test(arguments: ["", "$y", "x", "1 +", ") print 1 (", "1) (2", "quit"])
func otherTextsAreNoFormulas(_ text: String) {
    #expect(Formula(text, of: ["x"]) == nil)
}
