import CommandLanguage
import Testing

/// An input, and the lines that it shows.
struct ShownLines: Sendable, CustomTestStringConvertible {
    var script: String
    var lines: [String]
    var testDescription: String { script }

    init(_ script: String, _ lines: String...) {
        self.script = script
        self.lines = lines
    }
}

@Test(arguments: [
    // Values
    ShownLines("print 0.001 1e-3 10% 1_000 -5 +5 .5 2.5e3", "0.001 0.001 0.1 1000 -5 5 0.5 2500"),
    ShownLines(
        "print word two-words a/b.c ~/x 3d 0x10 x2 1.2.3", "word two-words a/b.c ~/x 3d 0x10 x2 1.2.3"),
    ShownLines("print 28x28x1 0.8..1.2 [1, a, [2]] true", "28x28x1 0.8..1.2 [1, \"a\", [2]] true"),
    ShownLines("print \"a \\\"b\\\" \\$c\\t\\\\\"", "a \"b\" $c\t\\"),
    ShownLines("print \"two\nlines\"", "two\nlines"),
    ShownLines("let a = 3\nprint \"a is $a. 5$\"", "a is 3. 5$"),
    ShownLines("print [1,\n  2, # two\n  3,\n]", "[1, 2, 3]"),
    ShownLines("print 1;print 2 ; # done", "1", "2"),
    ShownLines("print a#b # c", "a#b"),
    ShownLines("print if for", "if for"),
    // Expressions
    ShownLines("(1 + 2 * 3 - 4 / 2)", "5"),
    ShownLines("print (2 ^ 3 ^ 2) (2 ** 3) (-2 ^ 2) (2 ^ -1)", "512 8 -4 0.5"),
    ShownLines("print (7 % 3) (-1 % 3) (10%) (7%3)", "1 2 0.1 1"),
    ShownLines("print (1 - 1-1) (3 -1)", "-1 2"),
    ShownLines(
        "print (1 < 2 < 3) (3 > 2 > 2) (1 == 1.0) (\"a\" != \"b\") (\"a\" < \"b\")",
        "true false true true true"),
    ShownLines("print (not 1 == 2) (true and not false) (false or true and false)", "true true false"),
    ShownLines("let x = 0\nprint ($x != 0 and 1 / $x > 1)", "false"),
    ShownLines("print (min(3, 1, 2)) (max([3, 4])) (sum(1, 2)) (mean([1, 2]))", "1 4 3 1.5"),
    ShownLines(
        "print (abs(-2)) (sqrt(9)) (round(2.567)) (round(2.567, 1)) (floor(-0.5)) (ceil(0.5))",
        "2 3 3 2.6 -1 1"),
    ShownLines(
        "print (exp(0)) (log(1)) (log10(1000)) (log2(8)) (finite(exp(1e9))) (length([1, 2]))",
        "1 0 3 3 false 2"),
    ShownLines("print (\"a\" + \"b\") ([1] + [2]) (28x28x1)", "ab [1, 2] 28x28x1"),
    ShownLines(
        "let l = [5, 6, [7, 8]]\nprint $l[0] $l[-1] $l[2][1] ([1, 2][1]) $l.count $l.first",
        "5 [7, 8] 8 2 3 5"),
    ShownLines("let l = [1, 3]\nprint $l.last $l.min $l.max $l.mean", "3 1 3 2"),
    ShownLines("let s = 28x14\nlet r = 0.5..3\nprint $s[1] $s.count $r.lower $r.upper", "14 2 0.5 3"),
    ShownLines("let r = -2..3\nprint $r.count $r.first $r.last (length($r))", "6 -2 3 6"),
    ShownLines("let r = -9e18..9e18\nprint $r.count", "1.8e19"),
    ShownLines("print (log10(1e-300)) (sqrt(1e-300))", "-300 1e-150"),
    ShownLines("let r = (1 .. 1 + 2)\n$r", "1..3"),
    ShownLines(
        "train 2 -> r\nprint $r.epochs $r[\"epochs\"] $r.val.accuracy[0] ($r.val.accuracy[0] * 2)",
        "2 2 0.5 1"),
    ShownLines(
        "train 2 -> r\n$r\n$r.val", "{ epochs: 2, val: { accuracy, loss } }",
        "{ accuracy: [0.5, 0.666667], loss: [] }"),
    // Control flow
    ShownLines("if (1 > 2) { print a } else if (2 > 1) { print b } else { print c }", "b"),
    ShownLines("if (1 > 2) { print a }", ""),
    ShownLines(
        "let i = 0\nwhile (true) {\n  let i = ($i + 1)\n  if ($i == 2) { continue }\n  if ($i > 3) { break }\n  print $i\n}",
        "1", "3"),
    ShownLines("for i in 1..3 { print $i }", "1", "2", "3"),
    ShownLines("for i in [a, b] { for j in [1, 2] { if ($j == 2) { break }\n print \"$i$j\" } }", "a1", "b1"),
    ShownLines("for i in 1..1e15 { if ($i == 3) { break } }\nprint $i", "3"),
    ShownLines("for i in [] { print $i }\nrepeat 0 { print x }", ""),
    ShownLines("for n in 2x3 { print $n }", "2", "3"),
    ShownLines("let n = 2\nrepeat $n { print x }", "x", "x"),
    // Definitions
    ShownLines(
        "def f(a, b=2) { return ($a * $b) }\nf 3 -> x\nf 3 b=5 -> y\nf a=9 -> z\nprint $x $y $z", "6 15 18"),
    ShownLines("def f { print hi }\nf", "hi"),
    ShownLines("let g = 1\ndef f() { let g = 2\n  let local = $g\n  print $local }\nf\nprint $g", "2", "1"),
    ShownLines(
        "def f(n) {\n  if ($n == 0) { return 0 }\n  f ($n - 1) -> rest\n  return ($rest + $n)\n}\nf 10 -> s\n$s",
        "55"),
    ShownLines(
        "def even(n) { if ($n == 0) { return true }\n odd ($n - 1) -> r\n return $r }\ndef odd(n) { if ($n == 0) { return false }\n even ($n - 1) -> r\n return $r }\neven 4 -> e\n$e",
        "true"),
    ShownLines("let rate = 3\ndef f(x=$rate) { print $x }\nlet rate = 4\nf", "3"),
    ShownLines("def f() { for i in 1..3 { return $i } }\nf -> x\n$x", "1"),
    ShownLines("expect (1 + 1 == 2)\nprint good", "good"),
    // Names that are set in only one way through are accepted
    ShownLines("if (true) { let x = 1 } else { print no }\nprint $x", "1"),
    ShownLines("save out/m\nload out/m\nload out/m/part", ""),
])
func scriptsShowTheirLines(_ example: ShownLines) {
    #expect(Session().output(example.script) == example.lines.filter { !$0.isEmpty })
}
