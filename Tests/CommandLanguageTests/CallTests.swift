import CommandLanguage
import Testing

/// An input, and the calls that its commands get, defaults filled in.
@Test(arguments: [
    ("train 3", "train epochs=3 scale=1..1"),
    ("train epochs=3", "train epochs=3 scale=1..1"),
    (
        "train 3 note=7 milestones=[1, 2] scale=0.5..2",
        "train epochs=3 milestones=[1, 2] note=\"7\" scale=0.5..2"
    ),
    // A count may have its unit.
    ("train 3 time=5 seconds note=x", "train epochs=3 note=x scale=1..1 time=5"),
    ("train 3 epochs time=1 second", "train epochs=3 scale=1..1 time=1"),
    ("model m { conv 8 filters padding=same }", "model name=m { conv filters=8 kernel=3 padding=same }"),
    ("train (1 + 2) time=(10 / 4)", "train epochs=3 scale=1..1 time=2.5"),
    ("optimizer sgd rate=0.1 l2=0.5", "optimizer sgd l2=0.5 momentum=0 nesterov=false rate=0.1"),
    ("optimizer adam", "optimizer adam l2=0 rate=0.001"),
    ("let o = adam\noptimizer $o rate=10%", "optimizer adam l2=0 rate=0.1"),
    ("data shapes 28x28x1 noise=10%", "data shapes channels=\"3\" noise=0.1 size=28x28x1"),
    ("data idx data/images.gz", "data idx images=data/images.gz"),
    ("plot a [1, 2] title=\"x y\"", "plot series=[a, [1, 2]] title=\"x y\""),
    (
        "model m { conv 8 padding=same\n conv 9 padding=2 }",
        "model name=m { conv filters=8 kernel=3 padding=same; conv filters=9 kernel=3 padding=2 }"
    ),
    ("model m { repeat 2 { dense 4 } }", "model name=m { dense units=4; dense units=4 }"),
    (
        "model m { for n in [4, 5] { if ($n > 4) { dense $n } else { relu } } }",
        "model name=m { relu; dense units=5 }"
    ),
    (
        "def pair(n) { dense $n\n relu }\nmodel m { pair 3\n pair n=4 }",
        "model name=m { dense units=3; relu; dense units=4; relu }"
    ),
    ("model m { def pair(n) { dense $n }\n pair 3 }", "model name=m { dense units=3 }"),
    ("model m { branch { path; path } ; relu }", "model name=m { branch { path; path }; relu }"),
    ("model m { }", "model name=m {  }"),
])
func commandsGetCheckedArguments(_ script: String, _ call: String) {
    let session = Session()
    #expect(session.errors(script) == "")
    #expect(session.workshop.log == [call])
}

@Test func aCallKnowsItsPlaces() throws {
    let session = Session()
    #expect(session.errors("let a = 1\nmodel m {\n  conv 8 kernel=5 # big\n}") == "")
    let layer = try #require(session.workshop.calls.first?.block?.first)
    #expect(layer.text == "conv 8 kernel=5")
    #expect(layer.argumentSpans["kernel"].map { layer.source[$0] } == "5")
    #expect(layer.argumentSpans["padding"] == nil)
    #expect(layer.integer("filters") == 8)
    #expect(layer.text("padding") == "valid")
    #expect(!layer.has("units"))
    #expect(session.errors("plot one [2, 3] title=x") == "")
    let plot = try #require(session.workshop.calls.last)
    #expect(plot.elementSpans.map { plot.source[$0] } == ["one", "[2, 3]"])
}

@Test(
    arguments: [
        (Argument.Kind.number(.above(0)), "number > 0", ["1", "0.5"], ["0", "-1", "a", "true"]),
        (.number(.within(0..<1), unit: "seconds"), "number 0..<1 in seconds", ["0", "0.99"], ["1"]),
        (.number(.any), "number", ["0", "1e-30", "-1e30"], ["1..2", "-1e300", "1e-31"]),
        (.integer(1...8), "integer 1..8", ["1", "8", "2.0"], ["0", "9", "1.5", "a"]),
        (.integer(0...Int.max), "integer >= 0", ["0"], ["-1"]),
        (.boolean, "true or false", ["true", "false"], ["1", "yes"]),
        (
            .choice([.init("a"), .init("3"), .init("3x3")]), "a, 3 or 3x3", ["a", "3", "\"3\"", "3x3"],
            ["c", "3.5", "[a]"]
        ),
        (.text, "text", ["a", "3", "true", "2x2", "\"\""], ["[a]", "1..2"]),
        (.name, "name", ["a-1_b", "_a", "print"], ["1a", "a.b", "é", "\"\"", "3", "repeat", "if"]),
        (.path(.write), "file to write", ["a/b.c", "2024", "\"a b\""], ["[a]", "\"\"", "true"]),
        (.size(2...3), "size such as 28x28x1", ["2x3", "2x3x4"], ["2", "2x3x4x5"]),
        (.size(1...2), "size such as 28x28", ["5", "2x3"], ["0", "1.5"]),
        (.range(.within(0...2)), "range within 0..2", ["0..2", "1..1"], ["0..3", "1", "1e-40..1"]),
        (.list(of: .integer(1...9)), "list of integers 1..9", ["[]", "[1, 9]"], ["[0]", "1", "[a]"]),
        (.any, "any value", ["1", "a", "[1]"], []),
        (
            .either([.choice([.init("same"), .init("valid")]), .integer(0...9)]),
            "same, valid or integer 0..9",
            ["same", "3"], ["other", "10"]
        ),
    ] as [(Argument.Kind, String, [String], [String])])
func kindsTakeWhatTheySay(_ kind: Argument.Kind, _ label: String, _ good: [String], _ bad: [String]) {
    #expect(kind.label == label)
    let command = Command<Void>(
        Signature("take", "Take a value.", arguments: [Argument("x", kind, .positional, "a value")])
    ) { _, _ in .nothing }
    let interpreter = Interpreter(commands: [command], context: ())
    for text in good + bad {
        let isGood = good.contains(text)
        for script in ["take \(text)", "let v = \(text)\ntake $v"] {
            let outcome = interpreter.execute(Source(name: "", text: script), sink: RecordingSink())
            #expect((outcome == .succeeded) == isGood, "\(script)")
        }
    }
}

@Test(
    arguments: Signature.workshop.flatMap { Catalog([$0]).entries.map(\.signature) } + Signature.languageWords
)
func everyExampleRuns(_ signature: Signature) {
    for example in signature.examples {
        let session = Session()
        session.run(example.setup)
        let errors = session.errors(example.script)
        #expect(errors == "" || errors == "quit", "\(example.script)")
    }
}

extension Signature {
    static let languageWords = Session().interpreter.catalog.entries.map(\.signature).filter {
        $0.topic == "Language"
    }
}

@Test func theDeclarationsAreSound() {
    let problems = Session().interpreter.catalog.problems
    // Made to fail, so it has no example that runs.
    #expect(problems == ["`fail`: no example"])
}

@Test func unsoundDeclarationsAreFound() {
    let unsound = Signature(
        "x", "no sentence",
        arguments: [
            Argument("a", .integer(1...3), .positional, "", default: .number(0)),
            Argument("b", .text, .positional, ""), Argument("b", .text, ""), Argument("2c", .text, ""),
        ])
    #expect(
        Catalog([unsound]).problems == [
            "`x`: the summary is no sentence: no sentence", "`x`: no topic", "`x`: no example",
            "`x`: an argument is declared twice", "`x`: `b` is required after `a`, which is not",
            "`x`: `a` does not take its own default 0", "`x`: `2c` is no name for an argument",
        ])
}
