import Testing

@testable import CommandLanguage

/// SplitMix64 (Steele et al., 2014): the same texts in every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Valid scripts that between them use the whole syntax.
let validScripts = [
    "train 3 -> base\nprint $base.val.accuracy.last # done\n",
    "let x = 5; let y = (1 + $x * 2 ^ -3 ** 2)\nlet z = [1, 2.5e-3, -4, [a, \"b c\"]]\n$z[0]\n($x)\n",
    "if ($x > 1 and not $y == 2) { print a } else if (true) { print b } else { print c }\n",
    "while ($x < 3) {\n  let x = ($x + 1)\n  if ($x % 2 == 0) { continue }\n  break\n}\n",
    "for i in 1..3 { repeat 2 { print \"i is $i, \\\"quoted\\\" \\$5\\n\" } }\n",
    "def f(a, b=0.1, c=word) {\n  return (max($a, $b))\n}\nf 1 b=3 -> r\nexpect ($r == 3)\n",
    "model lenet {\n  repeat 2 {\n    conv 32 kernel=3 padding=same\n    relu\n  }\n  dense 10\n}\n",
    "optimizer sgd rate=10% momentum=0.9\ndata idx ~/a/b-c.gz 28x28x1\nplot $a.b[$i - 1].c (1 .. 2) -> p\n",
    "pause when gradient.norm >= 10\nplot loss > \"a b.svg\"\nshow model as csv -> x\nprint ([1, 2][0]) (f([1])[-1].x) (10 % 3) (0.8..1.2) -0.5..0.5 2x3\n",
]

@Test(arguments: validScripts)
func printingAndParsingAgainGivesTheSameTree(_ text: String) {
    let tree = Parser.parse(Source(name: "", text: text)).script.statements
    #expect(!tree.isEmpty)
    #expect(Parser.parse(Source(name: "", text: text)).errors.isEmpty)
    let printed = ScriptPrinter.text(of: tree)
    #expect(Parser.parse(Source(name: "", text: printed)).script.statements == tree, "printed as \(printed)")
}

/// Everything that a text of any origin goes through; whatever comes out, nothing may crash or hang.
private func exercise(_ text: String, in session: Session, sourceLocation: SourceLocation = #_sourceLocation)
{
    let outcome = Parser.parse(Source(name: "fuzz", text: text))
    let end = text.utf8.count
    for error in outcome.errors {
        let isInside = 0 <= error.span.start && error.span.start <= error.span.end && error.span.end <= end
        #expect(isInside, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }
    if outcome.errors.isEmpty {
        let printed = ScriptPrinter.text(of: outcome.script.statements)
        let again = Parser.parse(Source(name: "fuzz", text: printed))
        #expect(
            again.script.statements == outcome.script.statements,
            "\(text.debugDescription) printed as \(printed)")
    } else {
        let diagnostics = session.interpreter.check([Source(name: "fuzz", text: text)])
        #expect(!diagnostics.isEmpty)
        for diagnostic in diagnostics { _ = diagnostic.rendered }
    }
    let list = session.interpreter.completions(in: text, at: end / 2)
    #expect(list.range.upperBound <= end)
}

@Test(arguments: 0..<8)
func randomBytesDoNoHarm(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let session = Session()
    for _ in 0..<60 {
        let bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
            // Half of them from the small range where the language's marks are.
            UInt8.random(in: Bool.random(using: &generator) ? 0...255 : 0x20...0x7E, using: &generator)
        }
        exercise(String(decoding: bytes, as: UTF8.self), in: session)
    }
}

@Test(arguments: 0..<8)
func randomTokensDoNoHarm(_ seed: UInt64) {
    let pieces = [
        "(", ")", "[", "]", "{", "}", "=", "->", ",", ";", "\n", " ", " ", " ", "#", "\"", "$x", "$a.b", ".c",
        "..",
        "let", "if", "else", "while", "for", "in", "repeat", "def", "return", "expect", "break", "train",
        "model",
        "conv", "print", "1", "-2.5", "10%", "2x3", "1..2", "+", "-", "*", "/", "^", "**", "==", "<", ">=",
        "and",
        "not", "true", "max(", "é", "\u{1F600}", "\t", "\\", "\u{0}",
    ]
    var generator = SeededGenerator(state: seed)
    let session = Session()
    for _ in 0..<100 {
        let count = Int.random(in: 1..<40, using: &generator)
        let text = (0..<count).map { _ in
            (pieces.randomElement(using: &generator) ?? "") + (Bool.random(using: &generator) ? " " : "")
        }.joined()
        exercise(text, in: session)
    }
}

@Test(arguments: 0..<8)
func mutationsOfValidScriptsDoNoHarm(_ seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let session = Session()
    for script in validScripts {
        for _ in 0..<15 {
            var bytes = Array(script.utf8)
            for _ in 0..<Int.random(in: 1..<4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: index)
                case 1: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: index)
                case 2: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &generator))
                default: bytes.removeSubrange(index..<min(index + 12, bytes.count))
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            exercise(String(decoding: bytes, as: UTF8.self), in: session)
        }
    }
}

@Test(arguments: [
    "(", "[", "{", "print (", "if (true) {", "print (-", "print (not ", "print (2 ^ ", "print [",
    "print (max(",
])
func deepNestingIsAnErrorNotACrash(_ piece: String) {
    let text = String(repeating: piece, count: 10_000)
    let session = Session()
    #expect(session.interpreter.status(of: text) != .complete)
    #expect(!session.interpreter.check([Source(name: "", text: text)]).isEmpty)
}

@Test(arguments: [
    ("1", " + 1", ""), ("$x", "[0]", ""), ("1", " < 1", ""), ("true", " and true", ""), ("$x", ".a", ""),
])
func longChainsAreNotDeep(_ start: String, _ piece: String, _ end: String) {
    let text = "let x = [0]\nif (false) { print (\(start)\(String(repeating: piece, count: 10_000))\(end)) }"
    let session = Session()
    #expect(Parser.parse(Source(name: "", text: text)).errors.isEmpty)
    _ = session.run(text)
}

@Test func manyElseIfsAreNotDeep() {
    let text =
        "if (false) { }" + String(repeating: " else if (false) { }", count: 10_000) + " else { print end }"
    #expect(Session().output(text) == ["end"])
}
