/// Errors in what stands where: found before anything is looked up.
enum ReadingErrorCode: String, ErrorCode {
    case unprintableCharacter = "unprintable-character"
    case unexpectedCharacter = "unexpected-character"
    case foreignQuote = "foreign-quote"
    case foreignOperator = "foreign-operator"
    case badEscape = "bad-escape"
    case loneDollar = "lone-dollar"
    case numberTooLarge = "number-too-large"
    case reversedRange = "reversed-range"
    case unclosed
    case unopened
    case nestedTooDeep = "nested-too-deep"
    case unexpectedPart = "unexpected-part"
    case noCommand = "no-command"
    case commaBetweenArguments = "comma-between-arguments"
    case spacesAroundEquals = "spaces-around-equals"
    case gluedValues = "glued-values"
    case blockAfterArrow = "block-after-arrow"
    case arrowAfterValue = "arrow-after-value"
    case misplacedElse = "misplaced-else"
    case singleEquals = "single-equals"
    case wordInExpression = "word-in-expression"
    case conditionWithoutParentheses = "condition-without-parentheses"
    case arithmeticWithoutParentheses = "arithmetic-without-parentheses"
    case commandAsValue = "command-as-value"
    case assignmentWithoutLet = "assignment-without-let"
    case assignmentWithoutEquals = "assignment-without-equals"
    case calledLikeFunction = "called-like-function"
    case badVariableName = "bad-variable-name"
    case dollarInName = "dollar-in-name"
    case badCommandName = "bad-command-name"
    case parametersWithoutParentheses = "parameters-without-parentheses"

    var explanation: ErrorExplanation {
        switch self {
        case .unprintableCharacter:
            .init(
                """
                The text has a character that no keyboard types, often from a copied web page or a binary file. \
                Check that the script is a text file, and type the line anew.
                """,
                wrong: "print \u{1} 3", right: "print 3")
        case .unexpectedCharacter:
            .init(
                """
                Between parentheses stand numbers, texts in quotes, `$variables`, operators and functions; this \
                character is none of them. Check for something left over from another language.
                """,
                wrong: "print (3 @ 4)", right: "print (3 * 4)")
        case .foreignQuote:
            .init(
                """
                A text stands between straight double quotes. Single quotes, backquotes and the typographic quotes of \
                a word processor mean nothing here. Check what was copied.
                """,
                wrong: "print 'a text'", right: "print \"a text\"")
        case .foreignOperator:
            .init(
                "Conditions are joined with words, `and`, `or` and `not`, instead of the signs of C and its relatives.",
                wrong: "print (1 < 2 && 2 < 3)", right: "print (1 < 2 and 2 < 3)")
        case .badEscape:
            .init(
                """
                In a text, `\\` begins an escape: `\\n` is a new line, `\\t` a tab, and `\\\"`, `\\\\` and `\\$` are \
                the characters themselves. Check paths and formulas from elsewhere: a `\\` that is meant is doubled.
                """,
                wrong: "print \"C:\\data\"", right: "print \"C:\\\\data\"")
        case .loneDollar:
            .init(
                "`$` reads a variable, and its name has to follow without a space. In a text, `\\$` is the sign.",
                wrong: "print $ 5", right: "print \"\\$ 5\"")
        case .numberTooLarge:
            .init(
                "Numbers go up to about 1.8e308; this one is larger. Check its exponent.",
                wrong: "print 1e999", right: "print 1e99")
        case .reversedRange:
            .init(
                "A range `a..b` goes from the smaller end to the larger. There are no ranges that count down.",
                wrong: "for i in 5..1 { print $i }", right: "for i in 1..5 { print (6 - $i) }")
        case .unclosed:
            .init(
                """
                A bracket or a text begins and never ends, or something stands in it that cannot. The mark shows where \
                it begins. Check that every `{`, `[`, `(` and `\"` has its counterpart.
                """,
                wrong: "let x = (1 + 2\nprint $x", right: "let x = (1 + 2)\nprint $x")
        case .unopened:
            .init(
                "This bracket closes nothing: there is one too many, or the one that opens it is missing.",
                wrong: "let x = 5 }", right: "let x = 5")
        case .nestedTooDeep:
            .init(
                """
                Brackets and blocks stand inside each other too often for the reader's stack. Give parts names with \
                `let` or `def`, and put those together.
                """,
                wrong: "print " + String(repeating: "(", count: 400) + "1"
                    + String(repeating: ")", count: 400),
                right: "let inner = (1 + 2)\nprint ($inner * 2)")
        case .unexpectedPart:
            .init(
                """
                The statement begins like one of the language's own, and then something else follows than it needs. \
                The message says what was expected; `help` with the first word shows the whole form.
                """,
                wrong: "let x 3", right: "let x = 3")
        case .noCommand:
            .init(
                """
                A line begins with the name of a command, or with `$name` or `( ... )` to show a value. Arithmetic \
                needs parentheses, a text needs `print`.
                """,
                wrong: "5 + 3", right: "(5 + 3)")
        case .commaBetweenArguments:
            .init(
                "Arguments are separated by spaces. Commas stand only in lists `[a, b]` and in functions `max(a, b)`.",
                wrong: "print 3, 4", right: "print 3 4")
        case .spacesAroundEquals:
            .init(
                """
                An argument with a name is one word: `name=value`, without spaces. Only `let` and the lines of a \
                search's block have spaces around `=`.
                """,
                wrong: "optimizer sgd rate = 0.1", right: "optimizer sgd rate=0.1")
        case .gluedValues:
            .init(
                """
                Two values touch, so that it is not clear whether they are one. A text with a variable in it stands in \
                quotes; separate values have a space between them.
                """,
                wrong: "let folder = out\nprint $folder/model",
                right: "let folder = out\nprint \"$folder/model\"")
        case .blockAfterArrow:
            .init(
                "`-> name` is the last part of a statement: the command's block stands before it.",
                wrong: "search grid -> best { rate = [0.1, 0.01] }",
                right: "search grid epochs=1 { rate = [0.1, 0.01] } -> best",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .arrowAfterValue:
            .init(
                "`-> name` keeps what a command gives. A value that is there already gets a name with `let`.",
                wrong: "let x = 3\n$x -> y", right: "let x = 3\nlet y = $x")
        case .misplacedElse:
            .init(
                """
                `else` continues an `if`, so it stands on the line of the `}` that ends it: otherwise the prompt would \
                have run the `if` already.
                """,
                wrong: "if (true) {\n  print yes\n}\nelse {\n  print no\n}",
                right: "if (true) {\n  print yes\n} else {\n  print no\n}")
        case .singleEquals:
            .init(
                "`==` compares; `=` only gives values to names and arguments.",
                wrong: "print (1 = 2)", right: "print (1 == 2)")
        case .wordInExpression:
            .init(
                """
                Between parentheses a bare word has no meaning: a variable is read with `$`, a text stands in quotes, a \
                function has its parentheses. Outside of parentheses bare words are texts.
                """,
                wrong: "let x = 3\nprint (x + 1)", right: "let x = 3\nprint ($x + 1)")
        case .conditionWithoutParentheses:
            .init(
                "The conditions of `if`, `while` and `expect` stand in parentheses, like all that is calculated.",
                wrong: "let x = 5\nif $x > 3 { print large }", right: "let x = 5\nif ($x > 3) { print large }"
            )
        case .arithmeticWithoutParentheses:
            .init(
                "Outside of parentheses every word is an argument of its own. What is to be calculated stands in `( )`.",
                wrong: "let x = 1 + 2", right: "let x = (1 + 2)")
        case .commandAsValue:
            .init(
                """
                A command with arguments cannot stand where a value is expected. Run it, and keep its result with \
                `-> name`.
                """,
                wrong: "let run = train 3", right: "train 3 -> run",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .assignmentWithoutLet:
            .init(
                "A variable is set with `let`, the first time and every time.", wrong: "x = 5",
                right: "let x = 5")
        case .assignmentWithoutEquals:
            .init(
                "In this block each line is a name, `=` and its values.",
                wrong: "search grid { rate [0.1, 0.01] }",
                right: "search grid epochs=1 { rate = [0.1, 0.01] }",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .calledLikeFunction:
            .init(
                """
                A command is typed like in a shell: its name, then values and `name=value`, with spaces between them. \
                Parentheses after a name are for the functions of expressions, such as `(max($a, $b))`.
                """,
                wrong: "seed(7)", right: "seed 7")
        case .badVariableName:
            .init(
                """
                The name of a variable is an ASCII letter or `_`, then letters, digits and `_`. A `-` would be a minus \
                in an expression.
                """,
                wrong: "let best-rate = 0.1", right: "let best_rate = 0.1")
        case .dollarInName:
            .init(
                "`$name` reads a variable. Where a name is set, by `let`, `for`, `def` or `->`, it stands alone.",
                wrong: "let $x = 3", right: "let x = 3")
        case .badCommandName:
            .init(
                "The name of a `def` is an ASCII letter or `_`, then letters, digits, `-` and `_`.",
                wrong: "def 3x() { print hello }", right: "def three-times() { print hello }")
        case .parametersWithoutParentheses:
            .init(
                """
                `def` says what a command of your own takes: names between parentheses, with commas, each maybe with `=` \
                and a default. It is called without them, like any command.
                """,
                wrong: "def double x { print (2 * $x) }", right: "def double(x) { print (2 * $x) }\ndouble 3")
        }
    }
}
