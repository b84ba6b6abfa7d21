// The language's own words, declared like any command: help, completion and the reference read the same.

extension Signature {
    /// The topic of the language's own words.
    static let ownTopic = "Language"

    /// Control flow, variables, checks, output and help.
    package static let own: [Signature] = [
        `let`, `if`, `while`, `for`, `repeat`, `break`, `continue`, def, `return`, expect, print, help,
        apropos, explain, quit,
        exit,
    ]

    private static let `let` = Signature(
        "let", "Keep a value under a name.",
        details: """
            `$name` reads it, `$name.field` a field of it, `$name[0]` an element, `$name[-1]` the last one. Inside a
            `def` the name is gone when the `def` ends.

            `( ... )` calculates, in any place of a value: `+ - * / % ^`, the comparisons `== != < <= > >=`, `and`,
            `or`, `not`, ranges `a..b`, lists `[a, b]`, and functions such as `max($a, $b)`: `help functions` lists
            them.

            A list has the fields `count`, `first`, `last`, `min`, `max` and `mean`; a range `lower` and `upper`, and one
            of whole numbers `count`, `first` and `last` too.
            """,
        topic: ownTopic,
        keywords: ["variable", "set", "assign", "expression", "arithmetic", "function", "="],
        examples: [
            "let rate = 0.1\nprint (\"rate \" + \"is\") ($rate / 10)",
            "let rates = [0.1, 0.01, 0.001]\nprint $rates[-1] $rates.count (max($rates))",
        ],
        usage: "let name = value")

    private static let `if` = Signature(
        "if", "Run a block if a condition holds.",
        details: "`else` stands on the line of the `}` before it.", topic: ownTopic,
        keywords: ["else", "condition", "branch"],
        examples: ["let loss = 0.3\nif ($loss < 0.5) {\n  print good\n} else {\n  print $loss\n}"],
        usage: "if (condition) { ... } [else if (condition) { ... }] [else { ... }]")

    private static let `while` = Signature(
        "while", "Run a block as long as a condition holds.", details: "Ctrl-C ends it.", topic: ownTopic,
        keywords: ["loop", "until"],
        examples: ["let rate = 1\nwhile ($rate > 0.1) {\n  let rate = ($rate / 2)\n}\nprint $rate"],
        usage: "while (condition) { ... }")

    private static let `for` = Signature(
        "for", "Run a block for each element of a list or range.",
        details: "The range `1..5` gives 1, 2, 3, 4 and 5.", topic: ownTopic,
        keywords: ["loop", "each", "sweep"],
        examples: ["for rate in [0.1, 0.01] {\n  print \"rate $rate\"\n}", "for i in 1..3 {\n  print $i\n}"],
        usage: "for name in values { ... }")

    private static let `repeat` = Signature(
        "repeat", "Run a block so many times.",
        details: "In the block of a command it repeats what stands there, such as the layers of a model.",
        topic: ownTopic, keywords: ["loop", "times"], examples: ["repeat 3 {\n  print again\n}"],
        usage: "repeat count { ... }")

    private static let `break` = Signature(
        "break", "Leave the innermost loop.", topic: ownTopic, keywords: ["loop", "stop"],
        examples: ["for i in 1..10 {\n  if ($i > 3) { break }\n  print $i\n}"])

    private static let `continue` = Signature(
        "continue", "Go on with the next turn of the innermost loop.", topic: ownTopic,
        keywords: ["loop", "next"],
        examples: ["for i in 1..5 {\n  if ($i % 2 == 0) { continue }\n  print $i\n}"])

    private static let def = Signature(
        "def", "Define a command of your own.",
        details: """
            Its parameters are `$` variables inside, and are given in order or by name. Names that are set inside are
            gone when it ends; `return` gives a result that `-> name` keeps. A `def` that holds the entries of a
            command's block, such as layers, is called in such a block.
            """,
        topic: ownTopic, keywords: ["function", "macro", "procedure", "command"],
        examples: ["def scaled(x, by=10) {\n  return ($x * $by)\n}\nscaled 3 by=2 -> six\nprint $six"],
        usage: "def name(parameter, parameter=default) { ... }")

    private static let `return` = Signature(
        "return", "End a `def` and give its result.", topic: ownTopic, keywords: ["function", "result"],
        examples: ["def half(x) { return ($x / 2) }\nhalf 3 -> h\nexpect ($h == 1.5)"],
        usage: "return [value]")

    private static let expect = Signature(
        "expect", "Fail unless a condition holds.",
        details: "The error shows the values that the condition saw, so every script can be a test.",
        topic: ownTopic, keywords: ["assert", "test", "check"],
        examples: ["let accuracy = 0.93\nexpect ($accuracy > 0.9)"], usage: "expect (condition)")

    private static let print = Signature(
        "print", "Show values.", topic: ownTopic, keywords: ["show", "echo", "output", "display"],
        arguments: [
            Argument("values", .any, .rest, "what to show, with spaces between", isOptional: true)
        ],
        examples: ["let rate = 0.1\nprint \"the rate is $rate\" (10 * $rate)"])

    private static let help = Signature(
        "help", "Explain commands.",
        details: """
            Without a word, or with `topics`, it lists the topics; `functions` are those of expressions. `apropos` finds
            commands by what they are about.
            """,
        topic: ownTopic, keywords: ["manual", "documentation", "usage", "commands"],
        arguments: [Argument("words", .text, .rest, "a topic or a command", isOptional: true)],
        examples: ["help", "help let", "help functions"], usage: "help [topic | command]")

    private static let apropos = Signature(
        "apropos", "Find commands by what they are about.",
        details: "Symptoms work too: names, summaries and search words of all commands are looked through.",
        topic: ownTopic, keywords: ["search", "find", "symptom"],
        arguments: [Argument("words", .text, .rest, "what you look for")], examples: ["apropos stuck"])

    private static let explain = Signature(
        "explain", "Explain an error.",
        details: """
            Every error has a code, such as `unknown-command`, that stands in brackets before its message and stays the
            same from version to version. It says what lies behind the error and what to check, with an example of
            right and wrong. Without a code it explains the last error.
            """,
        topic: ownTopic, keywords: ["error", "why", "wrong", "fault", "problem", "code"],
        arguments: [
            Argument(
                "code", .naming(ErrorCodes.noun, .text), .positional, "as it stands in brackets",
                isOptional: true)
        ],
        examples: ["explain", "explain unknown-command"])

    private static let quit = Signature(
        "quit", "Leave.", topic: ownTopic, keywords: ["exit", "leave", "end", "close"], examples: ["quit"])

    private static let exit = Signature(
        "exit", "Leave, like `quit`.", topic: ownTopic, keywords: ["leave", "end"], examples: ["exit"])
}
