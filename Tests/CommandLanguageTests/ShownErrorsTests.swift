import CommandLanguage
import Testing

@Test(
    arguments: [
        ShownErrors.reading, ShownErrors.names, ShownErrors.arguments, ShownErrors.structure,
        ShownErrors.evaluating,
    ].flatMap(TranscriptCase.all))
func wrongInputShowsItsError(_ example: TranscriptCase) {
    #expect(Session().errors(example.typed) == example.shown)
}

@Test func allErrorsOfAScriptAreReportedInOrder() {
    let text =
        "print (1 +\n)\ntrian 3\nmodel m {\n  conv 0 (\n  )\n  con 3\n}\nprint $nothing\nload nowhere\n"
    guard case .rejected(let diagnostics) = Session().run(text) else {
        Issue.record("it ran")
        return
    }
    let lines = diagnostics.compactMap { diagnostic in
        diagnostic.span.flatMap { span in diagnostic.source?.line(at: span.start) }
    }
    #expect(lines == [2, 3, 6, 7, 9, 10])
}

@Test func aFloodOfErrorsIsCounted() {
    guard case .rejected(let diagnostics) = Session().run(String(repeating: "trian 3\n", count: 30)) else {
        Issue.record("it ran")
        return
    }
    #expect(diagnostics.count == 21)
    #expect(diagnostics.last?.rendered.plain == "error: 10 more errors")
}

@Test func nothingRunsOfAScriptWithAnError() {
    let session = Session()
    session.run("train 3 -> r\nlet a = 1\ntrian 4")
    #expect(session.workshop.log.isEmpty)
    #expect(session.interpreter.value(of: "a") == nil)
}

@Test func namesOfBrokenStatementsAreNotMissed() {
    let errors = Session().errors("let a = (1 +\n)\ntrain 3 3 3, -> b\ndef f( { }\nprint $a $b\nf")
    #expect(errors.split(separator: "\n").count { $0.hasPrefix("error") } == 3)
}

@Test func lineNumbersStayAligned() {
    let text = String(repeating: "\n", count: 99) + "print $x"
    #expect(
        Session().errors(text) == """
            error[unknown-variable]: nothing is named `$x`
            100 | print $x
                |       ^^ `let x = value` or `-> x` sets it
            """)
    let far = Diagnostic(
        message: "m", source: Source(name: "a", text: "x", firstLine: 12345), span: Span(0, 1))
    #expect(far.rendered.plain == "error: m\n12345 | x\n      | ^")
    #expect(far.location == "a:12345")
}

@Test func aHintWithoutAPlaceStandsOnItsOwnLine() {
    #expect(Diagnostic(message: "no", hint: "yes").rendered.plain == "error: no\n  yes")
}

@Test func rolesTellTheFrontEndWhatToColour() {
    let text = Diagnostic(message: "m", hint: "h", source: Source(name: "a", text: "x"), span: Span(0, 1))
        .rendered
    #expect(text.runs.map(\.role) == [.error, .error, .strong, .faint, .plain, .faint, .error, .plain])
}

@Test func aSpanOverSeveralLinesIsMarkedOnItsFirst() {
    let source = Source(name: "a", text: "ab {\n c\n}")
    #expect(
        Diagnostic(message: "m", source: source, span: Span(3, 9)).rendered.plain
            == "error: m\n  1 | ab {\n    |    ^")
}
