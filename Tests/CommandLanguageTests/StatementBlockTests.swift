import CommandLanguage
import Testing

/// Blocks of ordinary statements that a command runs: the arms of `fork`.
@Suite struct StatementBlockTests {
    /// What ran, in order, without `fork` itself.
    private func calls(_ script: String, in session: Session = Session()) -> [String] {
        _ = session.run(script)
        return session.workshop.calls.filter { $0.path[0] != "fork" }.map(\.text)
    }

    @Test(arguments: [
        ("fork { train 1 } { train 2 }", ["train 1", "train 2"]),
        ("fork slow { train 3 } fast { train 1 }", ["train 3", "train 1"]),
        ("fork slow {\n  train 3\n  train 2\n} { train 1 }", ["train 3", "train 2", "train 1"]),
        ("fork times=2 a { train 3 }", ["train 3", "train 3"]),
        ("fork a { train 3 } b { train 1 } times=2", ["train 3", "train 3", "train 1", "train 1"]),
        (
            "fork a { for i in 1..2 { train $i } } { if (1 < 2) { train 9 } }",
            ["train $i", "train $i", "train 9"]
        ),
        ("fork a { fork b { train 4 } } { train 5 }", ["train 4", "train 5"]),
        ("def both(n) { fork { train $n } { train ($n + 1) } }\nboth 6", ["train $n", "train ($n + 1)"]),
        ("fork times=0 a { train 3 }", []),
    ])
    func runsAsOftenAsTheCommandLikes(_ script: String, _ expected: [String]) {
        #expect(calls(script) == expected)
    }

    /// The names, the messages and hints of texts that do not check.
    @Test(arguments: [
        ("fork", "needs a block of statements, one for each arm `fork { ... }`"),
        ("fork a { train 1 } a { train 2 }", "two arms named `a` another name, or none"),
        ("fork arm2 { train 1 } { train 2 }", "two arms named `arm2` another name, or none"),
        ("fork unchanged { train 1 }", "`fork` has an arm `unchanged` already another name, or none"),
        ("fork a-b { train 1 }", "`a-b` cannot name a variable"),
        ("fork { } { } { } { }", "`fork` takes at most 3 arms"),
        ("fork a b { train 1 }", "`fork` takes nothing without a name, `a` is one too many"),
        ("fork { train 0 }", "`epochs` takes an integer 1..1000, not 0"),
        ("fork { x = 5 }", "`x = ...` is not how a variable is set"),
        ("fork { break }", "`break` outside of a loop"),
        ("fork { trian 1 }", "unknown command `trian`"),
        ("fork { conv 3 }", "`conv` is a layer: it stands inside `model { }`"),
        ("fork { let x = 1 } { print $x }", "nothing is named `$x`"),
        ("fork { let x = 1 }\nprint $x", "nothing is named `$x`"),
        ("fork { def f() { } }\nf", "unknown command `f`"),
        ("fork a { train 1 } -> f\nprint $f.b", "`$f` has no field `b`"),
        ("fork a { train 1 } -> f\nprint $f.a.lost", "`$f.a` has no field `lost`"),
        ("model m { relu } { relu }", "`model` takes one block, not several"),
        ("train 1 { relu }", "`train` takes no block"),
        ("model m { fork { train 1 } }", "`fork` is a command"),
    ])
    func isCheckedBeforeItRuns(_ script: String, _ message: String) {
        let session = Session()
        guard case .rejected(let diagnostics) = session.run("train 1\n" + script) else {
            Issue.record("accepted")
            return
        }
        let shown = diagnostics.map { $0.message + ($0.hint.map { " " + $0 } ?? "") }
        #expect(shown.contains { $0.contains(message) }, "\(shown)")
        #expect(session.workshop.calls.isEmpty)
    }

    @Test func whatABlockSetsIsItsOwn() {
        let session = Session()
        let script = """
            let x = 1
            fork { let x = 2; train 3 -> run; print $x $run.epochs } { print $x }
            print $x
            """
        #expect(session.output(script) == ["2 3", "1", "1"])
        #expect(session.errors("print $run").contains("nothing is named `$run`"))
    }

    @Test func theResultHasAFieldForEachBlock() {
        let session = Session()
        let script = "fork a { train 1 } { train 2 } -> f\nprint $f.a.loss $f.arm2.loss $f.best"
        #expect(session.output(script) == ["0.5 0.5 a"])
    }

    @Test func anErrorInsideEndsTheCommandWhereItStands() {
        let session = Session()
        let outcome = session.run("fork a {\n  train 1 } b { expect (1 > 2) } -> f")
        guard case .failed(let diagnostic) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(diagnostic.message == "expected `1 > 2`, which is false")
        #expect(diagnostic.location == "test:2")
        #expect(session.interpreter.value(of: "f") == nil)
    }

    @Test func quitAndInterruptionLeaveTheCommand() {
        #expect(Session().run("fork { quit } { train 1 }\ntrain 2") == .quit)
        #expect(Session().run("fork { fail nothing }\ntrain 2") == .interrupted)
        let session = Session()
        session.workshop.patience = 3
        #expect(session.run("fork { while (true) { train 1 } }") == .interrupted)
    }

    @Test func returnEndsABlockOnly() {
        #expect(
            calls("def f() { fork { train 1; return; train 2 } { train 3 } }\nf") == ["train 1", "train 3"])
    }

    @Test func completionInsideIsThatOfCommands() {
        let interpreter = Session().interpreter
        func completions(_ text: String) -> [String] {
            interpreter.completions(in: text, at: text.utf8.count).items.map(\.text)
        }
        #expect(completions("fork a { tr") == ["train"])
        #expect(completions("fork a { train 1 } b { optimizer ad") == ["adam"])
        #expect(completions("fork a { train 1 } { model m { re") == ["relu", "repeat", "return"])
        #expect(completions("fork a { train 1 } ti") == ["times="])
        #expect(
            completions("fork a { train 1 } b { train 2 } -> f; print $f.") == [
                "$f.best", "$f.a", "$f.b", "$f.unchanged",
            ])
    }

    @Test func aCallIsTypedWithItsBlocks() throws {
        let session = Session()
        _ = session.run("fork a { train 1 } { train 2 } times=2")
        let call = try #require(session.workshop.calls.last { $0.path == ["fork"] })
        #expect(call.typed(in: session.interpreter.catalog) == "fork times=2 a { train 1 } arm2 { train 2 }")
    }

    @Test func inputsAreNumberedStatements() {
        let session = Session()
        _ = session.run("train 1; train 2")
        _ = session.run("trian 1")
        _ = session.run("fail plain\ntrain 3")
        _ = session.run("fork { train 1 }")
        #expect(session.interpreter.inputs.map(\.number) == [1, 2, 3, 4, 5])
        #expect(
            session.interpreter.inputs.map(\.text) == [
                "train 1", "train 2", "trian 1", "fail plain", "fork { train 1 }",
            ])
        #expect(
            session.interpreter.inputs.map(\.ending) == [
                .succeeded, .succeeded, .failed, .failed, .succeeded,
            ])
    }
}
