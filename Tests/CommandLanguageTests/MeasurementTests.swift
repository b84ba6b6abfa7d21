import CommandLanguage
import Testing

/// What is typed, the text that the command gets, and the names that it measures.
@Test(arguments: [
    ("gauge loss", "loss", ["loss"]),
    ("gauge (loss)", "loss", ["loss"]),
    ("gauge conv1.gradient.norm", "conv1.gradient.norm", ["conv1.gradient.norm"]),
    (
        "gauge (layer1.0.conv1.dead > 0.5 and loss < 2)", "layer1.0.conv1.dead > 0.5 and loss < 2",
        ["layer1.0.conv1.dead", "loss"]
    ),
    // What is no word of an expression stands in quotes.
    ("gauge 0.weight.norm", "\"0.weight.norm\"", ["0.weight.norm"]),
    ("gauge a-b.dead", "\"a-b.dead\"", ["a-b.dead"]),
    ("gauge \"conv1.dead\"", "conv1.dead", ["conv1.dead"]),
    ("gauge (\"a-b.dead\" / 2)", "\"a-b.dead\" / 2", ["a-b.dead"]),
    // Variables have their values.
    ("let limit = 3\ngauge (loss > $limit)", "loss > 3", ["loss"]),
    ("let q = conv1.dead\ngauge $q", "conv1.dead", ["conv1.dead"]),
    ("for l in [conv1] { gauge ($l + \".dead\") }", "conv1.dead", ["conv1.dead"]),
    ("gauge (max(loss, rate) - loss)", "max(loss, rate) - loss", ["loss", "rate"]),
    ("gauge 3", "3", []),
])
func measurementsAreTexts(_ script: String, _ text: String, _ names: [String]) throws {
    let session = Session()
    #expect(session.errors(script) == "")
    #expect(try #require(session.workshop.calls.last).text("what") == text)
    let formula = try #require(Formula(measuring: text))
    #expect(formula.names == names && formula.text == text)
    #expect(formula.soleName == (text == names.first || text == "\"\(names.first ?? "")\"" ? names[0] : nil))
    // As it is written down, it means the same.
    let typed = session.workshop.calls.last?.typed(in: session.interpreter.catalog)
    #expect(typed == "gauge (\(text))")
}

@Test(arguments: [
    ("loss > 1", Value.boolean(true)), ("conv1.dead * 2 + loss", .number(4.5)),
    ("\"a-b\"", .number(7)), ("not (loss > 1)", .boolean(false)),
    ("loss > 9 and missing > 1", .boolean(false)),
    // What is not there yet leaves it to the others.
    ("missing > 1 and loss > 9", .boolean(false)), ("missing > 1 or loss > 1", .boolean(true)),
    ("not (missing > 1) or loss > 1", .boolean(true)),
])
func measurementsAreComputed(_ text: String, _ expected: Value) throws {
    let values = ["loss": 2.5, "conv1.dead": 1, "a-b": 7]
    let formula = try #require(Formula(measuring: text))
    #expect(try formula.value { values[$0].map(Value.number) } == expected)
}

@Test func aNameWithoutAValueHasNone() throws {
    for text in ["missing > 1", "missing > 1 or loss > 9", "loss > 1 and missing > 1"] {
        let formula = try #require(Formula(measuring: text))
        #expect(throws: Formula.Problem.self) { try formula.value { $0 == "loss" ? .number(2) : nil } }
    }
}

@Test(arguments: ["", "$x", "a b", "1 +", ") print 1 ("])
func otherTextsMeasureNothing(_ text: String) { #expect(Formula(measuring: text) == nil) }

/// Bare words stay what they were everywhere else.
@Test(arguments: ["print (loss)", "let x = (a.b > 1)", "curve (loss)", "if (loss) { print 1 }"])
func namesAreForMeasurementsOnly(_ script: String) {
    #expect(Session().errors(script).contains("is not a value in an expression"), "\(script)")
}

@Test(arguments: [("60s", 60.0), ("2min", 120), ("1.5h", 5400), ("250ms", 0.25), ("90", 90), ("1e2s", 100)])
func durationsAreSeconds(_ word: String, _ seconds: Double) throws {
    let session = Session()
    #expect(session.errors("gauge loss budget=\(word)") == "")
    let call = try #require(session.workshop.calls.last)
    #expect(call.number("budget") == seconds)
    #expect(
        call.typed(in: session.interpreter.catalog) == "gauge (loss) budget=\(Value.number(seconds).literal)s"
    )
}

@Test(arguments: ["0s", "-1s", "s", "60 s", "1y", "400000h", "1e300s", "0", "x"])
func otherWordsAreNoDurations(_ word: String) {
    #expect(Session().errors("gauge loss budget=\(word)") != "")
}
