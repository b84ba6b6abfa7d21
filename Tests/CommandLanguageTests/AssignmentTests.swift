import CommandLanguage
import Testing

/// `name = value...` in the blocks that take it, and commands that stand alone beside their variants.
struct AssignmentTests {
    private final class Log {
        var calls: [String] = []
    }

    private func makeInterpreter(_ log: Log) -> Interpreter<Log> {
        let search = Signature(
            "search", "Try out.", topic: "Searching",
            arguments: [Argument("trials", .integer(1...9), "how many", default: .number(3))],
            block: .init(noun: "setting", assigned: Argument("values", .any, .rest, "what to try")))
        let batch = Signature(
            "batch", "Set the size.", topic: "Training",
            arguments: [Argument("size", .integer(1...512), .positional, "images")],
            variants: [
                Signature(
                    "find", "Measure sizes.",
                    arguments: [Argument("largest", .integer(1...512), "no more", default: .number(64))])
            ])
        return Interpreter(
            commands: [search, batch].map { signature in
                Command(signature) { call, log in
                    log.calls.append(call.summary)
                    return .nothing
                }
            }, context: log)
    }

    /// The calls of a script, or its errors.
    private func outcome(_ script: String) -> [String] {
        let log = Log()
        switch makeInterpreter(log).execute(Source(name: "test", text: script), sink: RecordingSink()) {
        case .rejected(let diagnostics): return diagnostics.map { "error: \($0.message)" }
        case .failed(let diagnostic): return ["error: \(diagnostic.message)"]
        default: return log.calls
        }
    }

    @Test(arguments: [
        ("search { rate = log 1e-4..1e-1 }", "search trials=3 { rate values=[log, 0.0001..0.1] }"),
        ("search { a = [1, x]\n b=2 }", "search trials=3 { a values=[[1, x]]; b values=[2] }"),
        (
            "let n = 5\nsearch { for i in [1, 2] { a = ($n + $i) } }",
            "search trials=3 { a values=[6]; a values=[7] }"
        ),
        ("search { a = 1 } trials=7", "search trials=7 { a values=[1] }"),
        ("search trials=7 { search = 1 }", "search trials=7 { search values=[1] }"),
        ("search {}", "search trials=3 {  }"),
        ("batch 64", "batch size=64"), ("let n = 8\nbatch $n", "batch size=8"),
        ("batch size=64", "batch size=64"), ("batch find", "batch find largest=64"),
        ("let w = find\nbatch $w largest=9", "batch find largest=9"),
    ])
    func isCollected(_ script: String, _ call: String) { #expect(outcome(script) == [call]) }

    @Test(arguments: [
        ("a = 1", "`a = ...` is not how a variable is set"),
        ("search { a = }", "expected a value after `a =`, found `}`"),
        ("search { a 1 }", "`a` needs `=` and its values here"),
        ("search { batch 3 }", "`batch` needs `=` and its values here"),
        ("search { a = 1 } trials=0", "`trials` takes an integer 1..9, not 0"),
        ("search { a = 1 } 7", "expected the end of the statement, found `7`"),
        ("search { a = 1 } trials=2 trials=3", "`trials` is given twice"),
        ("search { a = $b }", "nothing is named `$b`"),
        ("search { a = 8..4 }", "the range 8..4 goes downward"),
        ("def f() { a = 1 }", "`a = ...` is not how a variable is set"),
        ("search { def f() { a = 1 } }", "`a = ...` is not how a variable is set"),
        ("batch", "`batch` needs `size`: images"),
        ("batch fnid", "`size` takes an integer 1..512, not `fnid`"),
        ("batch find 3", "`find` takes 1 value without a name, `3` is one too many"),
        ("batch 3 largest=9", "`batch` has no argument `largest`"),
    ])
    func isRefused(_ script: String, _ message: String) { #expect(outcome(script) == ["error: \(message)"]) }

    @Test func usageShowsBothWays() {
        let catalog = makeInterpreter(Log()).catalog
        #expect(
            catalog.commands.map(\.usage).prefix(2) == [
                "search [trials=3] { name = values... }", "batch <size> | batch find",
            ])
    }

    @Test(arguments: [
        ("batch ", ["find"]), ("batch find ", ["largest="]), ("search { a = 1 } ", ["trials="]),
    ])
    func completes(_ text: String, _ items: [String]) {
        let list = makeInterpreter(Log()).completions(in: text, at: text.utf8.count)
        #expect(list.items.map(\.text) == items)
    }
}
