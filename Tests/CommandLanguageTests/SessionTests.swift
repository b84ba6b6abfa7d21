import CommandLanguage
import Testing

@Test(arguments: [
    ("", InputStatus.complete), ("train 3", .complete), ("# note", .complete),
    ("model m {", .incomplete(depth: 1)),
    ("model m {\n  repeat 2 {\n", .incomplete(depth: 2)), ("model m {\n  conv 3\n}", .complete),
    ("print [1,", .incomplete(depth: 0)), ("print (1 +", .incomplete(depth: 0)),
    ("print \"abc", .incomplete(depth: 0)),
    ("if (true) { print (1", .incomplete(depth: 1)), ("if (true) { }", .complete),
    ("if (true) { } else", .invalid),
    ("print )", .invalid), ("let x = ", .invalid), ("model m {\n  conv kernel=\n", .invalid),
    ("let x = (1 +\n)", .invalid),
    ("trian 3", .complete), ("let a = [1\nprint 3", .invalid), ("}", .invalid),
    ("print \"\\q", .incomplete(depth: 0)),
])
func statusTellsWhetherMoreLinesAreNeeded(_ text: String, _ status: InputStatus) {
    #expect(Session().interpreter.status(of: text) == status)
}

@Test func variablesAndDefinitionsLastFromInputToInput() {
    let session = Session()
    session.run("let a = 1\ntrain 2 -> r\ndef twice(x) { return (2 * $x) }")
    #expect(session.output("twice $a -> b\nprint $b $r.epochs") == ["2 2"])
}

@Test func aFailedStatementLeavesTheVariablesOfThoseBefore() {
    let session = Session()
    session.run("let a = 1\nlet b = 1")
    session.run("let a = 2\nfail plain -> b\nlet a = 3")
    #expect(session.interpreter.value(of: "a") == .number(2))
    #expect(session.interpreter.value(of: "b") == .number(1))
    #expect(session.output("print still here") == ["still here"])
}

@Test func anInterruptedCommandKeepsItsResultAndStopsTheRest() {
    let session = Session()
    #expect(session.run("fail stop -> run\nprint more") == .interrupted)
    #expect(session.sink.shown.isEmpty)
    #expect(session.output("print $run.epochs") == ["2"])
}

@Test(arguments: [
    "fail nothing -> run", "def f() { fail stop -> inner\n return $inner }\nf -> run",
    "def f() { fail nothing }\nf -> run",
])
func anInterruptionWithoutAResultLeavesTheNameAsItWas(_ script: String) {
    let session = Session()
    session.run("train 3 -> run")
    #expect(session.run(script) == .interrupted)
    #expect(session.output("print $run.epochs") == ["3"])
}

@Test func aByteOrderMarkIsSkipped() {
    let session = Session()
    #expect(session.output("\u{FEFF}print 1") == ["1"])
    #expect(session.interpreter.status(of: "\u{FEFF}# note") == .complete)
    #expect(
        session.errors("\u{FEFF}print $q").hasSuffix("\n    |       ^^ `let q = value` or `-> q` sets it"))
}

@Test(arguments: ["print $b", "print ($b == 1)", "print ($b == $b)", "let c = [$b, 1]", "print (length($b))"])
func theLargestValuesAreQuickToUse(_ script: String) {
    let session = Session()
    #expect(session.errors("let b = [1, 2]\nrepeat 17 { let b = [$b, $b] }") == "")
    #expect(session.output(script).joined().utf8.count < 1000)
    #expect(session.errors("let b = [$b, $b]\nlet b = [$b, $b]").contains("more than 1000000"))
}

@Test(arguments: [
    "while (true) { }", "repeat 1e9 { let x = 1 }", "for i in 1..1e9 { }",
    "def f() { while (true) { f2 } }\ndef f2() { let a = 1 }\nf", "model m { while (true) { relu } }",
])
func endlessLoopsStopWhenAsked(_ script: String) {
    let session = Session()
    session.workshop.patience = 1000
    #expect(session.run(script) == .interrupted)
}

@Test(arguments: ["quit", "exit", "if (true) { quit }", "def f() { repeat 3 { quit } }\nf"])
func quitLeavesFromAnywhere(_ script: String) {
    let session = Session()
    #expect(session.run(script + "\nprint more") == .quit)
    #expect(session.sink.shown.isEmpty)
}

@Test func recursionFitsHalfOfTheMainThreadsStack() {
    let scripts = [
        "def f(x) { f $x }\nf 3", "def f(x) { if (true) { repeat 1 { f $x } } }\nf 3",
        "def f(x) { model m { g $x } }\ndef g(x) { conv 3\n g $x }\nf 3",
    ]
    onThread(stackSize: 4 << 20) {
        for script in scripts {
            #expect(Session().errors(script).contains("more than 200 levels deep"))
        }
    }
}

@Test func nestingUpToTheLimitFitsHalfOfTheMainThreadsStack() {
    onThread(stackSize: 4 << 20) {
        for (opening, closing) in [("(", ")"), ("[", "]"), ("((", "))"), ("(not ", ")"), ("max(2 * (", "))")]
        {
            let count = opening.count == 1 ? 60 : 30
            let text =
                String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
            let errors = Session().errors("print (\(text))")
            #expect(!errors.contains("nested"))
        }
        let blocks =
            String(repeating: "if (true) {", count: 60) + "print in" + String(repeating: "}", count: 60)
        #expect(Session().output(blocks) == ["in"])
    }
}

@Test func theFrontEndHearsOfEachStatementBeforeItRuns() {
    let session = Session()
    session.run("print 1 # one\nrepeat 2 {\n  print 2\n}")
    #expect(session.workshop.announced == ["print 1", "repeat 2 {\n  print 2\n}"])
    #expect(session.workshop.sink === session.sink)
    #expect(session.interpreter.promptWords == ["cairn"])
}

// MARK: Markdown

@Test func cellsAreCheckedAsOneScript() throws {
    let session = Session()
    let cells = [
        Source(name: "a.md", text: "let a = 1\nprint $a\n", firstLine: 4),
        Source(name: "a.md", text: "if (true) {\n  print (1 / $zero)\n}\n", firstLine: 17),
    ]
    guard case .rejected(let diagnostics) = session.interpreter.execute(cells, sink: session.sink) else {
        Issue.record("it ran")
        return
    }
    #expect(diagnostics.map(\.location) == ["a.md:18"])
    #expect(session.sink.shown.isEmpty)
    let good = [Source(name: "", text: "let a = 1"), Source(name: "", text: "print $a")]
    #expect(session.interpreter.execute(good, sink: session.sink) == .succeeded)
    #expect(session.sink.lines == ["1"])
}

@Test func aFailureInADefinitionPointsIntoTheInputThatDefinedIt() {
    let session = Session()
    _ = session.interpreter.execute(
        [Source(name: "first", text: "let zero = 0\ndef f() {\n  print (1 / $zero)\n}")], sink: session.sink)
    guard case .failed(let diagnostic) = session.run("print 1\nf") else {
        Issue.record("it ran")
        return
    }
    #expect(diagnostic.location == "first:3")
}
