/// Errors in the structure of a script, and in what its expressions come to.
package enum EvaluationErrorCode: String, ErrorCode {
    case outsideLoop = "outside-loop"
    case returnOutsideDef = "return-outside-def"
    case onlyDeclarations = "only-declarations"
    case duplicateParameter = "duplicate-parameter"
    case requiredAfterDefault = "required-after-default"
    case notBoolean = "not-boolean"
    case notMeasured = "not-measured-now"
    case noElement = "no-element"
    case badIndex = "bad-index"
    case badOperands = "bad-operands"
    case divisionByZero = "division-by-zero"
    case argumentCount = "argument-count"
    case badFunctionArgument = "bad-function-argument"
    case notSequence = "not-a-sequence"
    case notCount = "not-a-count"
    case notInText = "not-in-text"
    case notNumber = "not-a-number"
    case valueTooDeep = "value-too-deep"
    case valueTooLarge = "value-too-large"
    case expectationFailed = "expectation-failed"
    case tooMuchRecursion = "too-much-recursion"
    case notOneCommand = "not-one-command"

    package var explanation: ErrorExplanation {
        switch self {
        case .outsideLoop:
            .init(
                """
                `break` and `continue` are about the innermost `for`, `while` or `repeat` around them, and there is none. \
                A `def` called in a loop cannot leave it.
                """,
                wrong: "break", right: "for i in 1..3 { if ($i == 2) { break } }")
        case .returnOutsideDef:
            .init(
                "`return` ends a `def` and gives its result; elsewhere there is nothing to return to.",
                wrong: "return 3", right: "def three() { return 3 }\nthree -> x")
        case .onlyDeclarations:
            .init(
                "The block of a command holds what is declared there, such as layers; a value cannot be shown inside.",
                wrong: "let x = 3\nmodel m { flatten; dense 3; $x }",
                right: "let x = 3\nmodel m { flatten; dense 3 }\n$x",
                setup: "data shapes size=12 count=60 classes=3")
        case .duplicateParameter:
            .init(
                "Two parameters of a `def` have one name, so one of them could never be read.",
                wrong: "def f(x, x) { print $x }", right: "def f(x, y) { print $x $y }")
        case .requiredAfterDefault:
            .init(
                "Parameters find their values by order, so those without a default stand first.",
                wrong: "def f(x=1, y) { print $x $y }", right: "def f(y, x=1) { print $x $y }")
        case .notBoolean:
            .init(
                "A condition is true or false; numbers and texts are neither. Compare the value with something.",
                wrong: "let x = 3\nif ($x) { print yes }", right: "let x = 3\nif ($x > 0) { print yes }")
        case .notMeasured:
            .init(
                """
                What is measured has a value only where there is something to measure: `val.accuracy` after the first \
                epoch, `conv1.gradient.norm` while there is a layer `conv1` and a step has been made.
                """,
                wrong: "print (val.accuracy)", right: "train\nprint (val.accuracy)",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .noElement:
            .init(
                """
                Elements are counted from 0, so the last of three is `[2]`; from the end, `[-1]` is the last. Check \
                `$list.count`.
                """,
                wrong: "let l = [1, 2]\nprint $l[2]", right: "let l = [1, 2]\nprint $l[1] $l[-1]")
        case .badIndex:
            .init(
                "A list is indexed with a whole number, a record with the name of a field.",
                wrong: "let l = [1, 2]\nprint $l[0.5]", right: "let l = [1, 2]\nprint $l[0]")
        case .badOperands:
            .init(
                """
                The operator does not work on values of these kinds: arithmetic takes numbers, `+` also two texts or two \
                lists, `and`, `or` and `not` take true and false. Check where the values come from.
                """,
                wrong: "let n = 3\nprint ($n + \"a\")", right: "let n = 3\nprint \"$n a\"")
        case .divisionByZero:
            .init(
                "The right side of `/` or `%` is zero. Check how it was computed, or look at it first with `if`.",
                wrong: "print (1 / 0)", right: "print (1 / 4)")
        case .argumentCount:
            .init(
                """
                The function takes another number of values; the message shows its form, and `help functions` all of \
                them.
                """,
                wrong: "print (round(1, 2, 3))", right: "print (round(1.234, 2))")
        case .badFunctionArgument:
            .init(
                "The function has no result for this value: a root of a negative number, the largest of no numbers.",
                wrong: "print (sqrt(-1))", right: "print (sqrt(4))")
        case .notSequence:
            .init(
                "`for` goes through the elements of a list, or through a range of whole numbers.",
                wrong: "for i in 3 { print $i }", right: "for i in 1..3 { print $i }")
        case .notCount:
            .init(
                "`repeat` takes how many times: a whole number, 0 or more.",
                wrong: "repeat 1.5 { print again }", right: "repeat 2 { print again }")
        case .notInText:
            .init(
                "A record has no form as a text: put one of its fields in. `$name` alone on a line shows the whole record.",
                wrong: "train 1 -> run\nprint \"$run\"", right: "train 1 -> run\nprint \"after $run.epochs\"",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .notNumber:
            .init(
                "A formula is worked out again and again while training goes on, and must give a number each time.",
                wrong: "schedule expression ($epoch > 3)", right: "schedule expression (0.1 / (1 + $epoch))",
                setup: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .valueTooDeep:
            .init(
                "Lists stand in lists too many times, as when a loop puts a list into itself.",
                wrong: "let l = [1]\nrepeat 100 { let l = [$l] }",
                right: "let l = [1]\nrepeat 100 { let l = ($l + [1]) }")
        case .valueTooLarge:
            .init(
                "A list or text has outgrown a million elements or characters, mostly since a loop doubles it.",
                wrong: "let s = ab\nrepeat 30 { let s = ($s + $s) }",
                right: "let s = ab\nrepeat 10 { let s = ($s + $s) }")
        case .expectationFailed:
            .init(
                """
                The condition of an `expect` does not hold: the script says so itself, and the message shows what the \
                condition saw. Either the run went worse than expected, or the expectation is too strict.
                """,
                wrong: "let accuracy = 0.8\nexpect ($accuracy > 0.9)",
                right: "let accuracy = 0.8\nexpect ($accuracy > 0.7)")
        case .tooMuchRecursion:
            .init(
                """
                Blocks and `def`s run inside each other too many levels deep, mostly since a `def` calls itself and \
                never stops.
                """,
                wrong: "def f(x) { f $x }\nf 3", right: "def f(x) { if ($x > 0) { f ($x - 1) } }\nf 3")
        case .notOneCommand:
            .unstaged(
                "One statement is needed here, as it would be typed: a command with its arguments.",
                wrong: "rate 0.1; batch 32", right: "rate 0.1")
        }
    }
}
