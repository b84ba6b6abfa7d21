import CommandLanguage
import Testing

/// Statements that are evaluated again: with what they read then, or with other values of it.
struct RecordingTests {
    /// A script, values of variables for the second time, and the last call then.
    @Test(arguments: [
        ("let n = 4\nmodel m { dense $n }", ["n": 9.0], "model name=m { dense units=9 }"),
        ("let n = 4\nmodel m { dense $n }\nlet n = 5", [:], "model name=m { dense units=4 }"),
        (
            "let n = 4\ndef pair(k) { dense $k; dense $n }\nmodel m { pair 3 }", ["n": 7],
            "model name=m { dense units=3; dense units=7 }"
        ),
        ("def build(n) { model m { dense $n } }\nbuild 3", ["n": 6], "model name=m { dense units=6 }"),
        ("let n = 2\nmodel m { repeat $n { relu } }", ["n": 1], "model name=m { relu }"),
        (
            "let r = 0.1\noptimizer sgd rate=$r l2=($r / 10)", ["r": 0.5],
            "optimizer sgd l2=0.05 momentum=0 nesterov=false rate=0.5"
        ),
        (
            "model m { for n in [4, 5] { dense $n } }", ["n": 8],
            "model name=m { dense units=4; dense units=5 }"
        ),
    ])
    func aStatementIsEvaluatedAgain(_ script: String, _ values: [String: Double], _ call: String) throws {
        let session = Session()
        #expect(session.errors(script) == "")
        let recorded = try #require(session.workshop.calls.last?.recorded)
        let again = try recorded.call(
            with: values.mapValues { .number($0) }, in: session.interpreter.catalog)
        #expect(again.summary == call)
        // The second recording holds the second values.
        #expect(try again.recorded?.call(in: session.interpreter.catalog).summary == call)
    }

    /// What it reads from outside; not what its block or its `def`s set themselves.
    @Test(arguments: [
        ("let a = 1\nlet b = 2\nmodel m { dense $b; dense $a; dense $b }", ["b", "a"]),
        ("let a = 1\nmodel m { for n in [4, 5] { dense ($n + $a) } }", ["a"]),
        ("let a = 1\ndef pair(k) { dense ($k + $a) }\nmodel m { pair 3 }", ["a"]),
        ("def build(n) { model m { dense $n } }\nbuild 3", ["n"]),
        ("let a = 1\nif ($a == 1) { train 3 }", []),
    ])
    func itKnowsWhatItReads(_ script: String, _ names: [String]) {
        let session = Session()
        #expect(session.errors(script) == "")
        #expect(session.workshop.calls.last?.recorded?.inputs == names)
    }

    @Test func otherValuesThatDoNotFitAreErrors() throws {
        let session = Session()
        #expect(session.errors("let n = 4\nmodel m { dense $n }") == "")
        let recorded = try #require(session.workshop.calls.last?.recorded)
        #expect(throws: Diagnostic.self) {
            try recorded.call(with: ["n": .number(0)], in: session.interpreter.catalog)
        }
        // The session goes on with its own.
        #expect(session.output("print $n") == ["4"])
    }

    @Test(arguments: [
        ("train 3", true), ("train 0", false), ("trian 3", false), ("train 3; train 4", false), ("", false),
    ])
    func aTextIsACallIfItIsOneCommand(_ text: String, _ isCall: Bool) {
        let call = try? RecordedStatement.call(of: text, in: Session().interpreter.catalog)
        #expect((call?.summary == "train epochs=3 scale=1..1") == isCall)
    }

    /// A call is typed without its variables and loops, and that is the same call.
    @Test(arguments: [
        (
            "let n = 4\nmodel m { repeat 2 { dense $n }; relu }",
            "model m {\n    dense 4\n    dense 4\n    relu\n}"
        ),
        ("let r = 0.001\noptimizer sgd momentum=0.9 rate=$r", "optimizer sgd rate=0.001 momentum=0.9"),
        ("data shapes 28x28x1 channels=1", "data shapes 28x28x1 channels=1"),
        ("plot [1, 2] \"a b\" title=\"x y\"", "plot [1, 2] \"a b\" title=\"x y\""),
        ("train 3 note=7", "train 3 note=7"),
        ("model m { branch { path } }", "model m {\n    branch {\n        path\n    }\n}"),
    ])
    func aCallIsTypedWithItsValues(_ script: String, _ typed: String) throws {
        let session = Session()
        #expect(session.errors(script) == "")
        let call = try #require(session.workshop.calls.last)
        #expect(call.typed(in: session.interpreter.catalog) == typed)
        #expect(session.errors(typed) == "")
        #expect(session.workshop.calls.last?.summary == call.summary)
    }
}
