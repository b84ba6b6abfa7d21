// Every error's words. A message says what was found and what is allowed: lower-case, no full stop. A hint says what
// to type instead.

extension ScriptError.Kind {
    var message: String {
        switch self {
        // Reading
        case .unprintable(let byte): "an unprintable character (code \(byte))"
        case .unexpectedCharacter(let text): "`\(text)` means nothing in an expression"
        case .foreignQuote(let quote): "`\(quote)` does not start a text"
        case .foreignOperator(let text): "`\(text)` is not an operator here"
        case .badEscape(let character, _): "`\\\(character)` is not an escape"
        case .loneDollar: "`$` without a name"
        case .numberTooLarge(let text): "`\(text)` is too large a number"
        case .reversedRange(let lower, let upper):
            "the range \(lower.sixDigits)..\(upper.sixDigits) goes downward"
        case .unclosed("\""): "the text that starts here is not closed"
        case .unclosed(let bracket), .missingClosing(let bracket): "`\(bracket)` is not closed"
        case .unopened(let bracket): "`\(bracket)` closes nothing"
        case .tooDeep(let limit): "nested more than \(limit) levels deep"
        case .expected(let wanted, let found?): "expected \(wanted), found `\(found.firstLine)`"
        case .expected(let wanted, nil): "expected \(wanted), found the end of the line"
        case .noCommand(let text): "`\(text.firstLine)` is not a command"
        case .commaBetweenArguments: "no commas between arguments"
        case .spacesAroundEquals: "no spaces around `=` in an argument"
        case .gluedValues(let text): "a space or quotes are missing in `\(text.firstLine)`"
        case .blockAfterArrow: "the block stands before `->`"
        case .arrowAfterValue: "`->` keeps the result of a command, not a value"
        case .misplacedElse: "`else` belongs on the line of the `}` that ends its `if`"
        case .singleEquals: "`=` does not compare"
        case .wordInExpression(let word): "`\(word)` is not a value in an expression"
        case .conditionNeedsParentheses(let keyword): "the condition of `\(keyword)` stands in parentheses"
        case .arithmeticWithoutParentheses: "arithmetic and comparisons stand in parentheses"
        case .commandAsValue(let command): "`\(command)` with arguments is not a value"
        case .assignmentWithoutLet(let name, _): "`\(name) = ...` is not how a variable is set"
        case .calledLikeFunction(let word, _): "`\(word)(...)` is not how a command is typed"
        case .badVariableName(let word): "`\(word)` cannot name a variable"
        case .dollarInName: "a name that is being set has no `$`"
        case .badCommandName(let word): "`\(word)` cannot name a command"

        // Names
        case .unknownCommand(let word, _), .misspeltEntry(let word, _, _, _): "unknown command `\(word)`"
        case .unknownEntry(let word, let noun, _, _): "unknown \(noun) `\(word)`"
        case .entryOutside(let word, let noun, let container):
            "`\(word)` is a \(noun): it stands inside `\(container) { }`"
        case .commandInside(let word, let noun, let container):
            "`\(word)` is a command: only a \(noun) can stand inside `\(container) { }`"
        case .foreignHabit(let word, _): "unknown command `\(word)`"
        case .definitionNotUsableHere(let name, let noun?, let container?):
            "`\(name)` holds a \(noun): it stands inside `\(container) { }`"
        case .definitionNotUsableHere(let name, _, _):
            "`\(name)` runs commands: it stands outside of this block"
        case .unknownVariable(let name, _), .noVariable(let name): "nothing is named `$\(name)`"
        case .unknownField(let field, let reference, _): "`\(reference)` has no field `\(field)`"
        case .unknownFunction(let name, _, false): "unknown function `\(name)`"
        case .unknownFunction(let name, _, true): "`\(name)` is a command, not a function"
        case .nothingInHelp(let words, _): "help knows nothing about `\(words)`"
        case .reservedName(let name, true): "`\(name)` is a word of the language"
        case .reservedName(let name, false): "`\(name)` is a command already"

        // Arguments
        case .unknownArgument(let name, let command, _, _): "`\(command)` has no argument `\(name)`"
        case .duplicateArgument(let name): "`\(name)` is given twice"
        case .missingArgument(let argument, let command):
            "`\(command)` needs `\(argument.name)`: \(argument.summary)"
        case .missingVariant(let command, let variants): "`\(command)` needs \(variants.ticked)"
        case .unknownVariant(let word, let command, _, let variants):
            "`\(command)` takes \(variants.ticked), not `\(word)`"
        case .surplusWord(let text, let command, let places, _):
            places == 0
                ? "`\(command)` takes nothing without a name, `\(text.firstLine)` is one too many"
                : "`\(command)` takes \(places.counted("value")) without a name, `\(text.firstLine)` is one too many"
        case .flag(let text, _): "`\(text)` is not how an argument is typed"
        case .wordAfterNamed(let text, _): "`\(text.firstLine)` stands after a named argument"
        case .wrongValue(let name, let kind, let value): "`\(name)` takes \(kind.phrase), not \(value.quoted)"
        case .missingFile(let path): "no file or folder `\(path)`"
        case .missingBlock(let command, let noun): "`\(command)` needs a block with its \(noun)s"
        case .unexpectedBlock(let command): "`\(command)` takes no block"
        case .noResult(let command): "`\(command)` has no result to keep"

        // Structure
        case .outsideLoop(let word): "`\(word)` outside of a loop"
        case .returnOutsideDefinition: "`return` outside of a `def`"
        case .onlyDeclarations(let noun, let container): "only a \(noun) can stand inside `\(container) { }`"
        case .duplicateParameter(let name): "two parameters named `\(name)`"
        case .requiredParameterAfterDefault(let name):
            "`\(name)` without a default stands after one with a default"
        case .notBoolean(let keyword, nil): "`\(keyword)` needs true or false, not a number"
        case .notBoolean(let keyword, let value?): "`\(keyword)` needs true or false, not \(value.quoted)"

        // Evaluating
        case .noField(let field, let value): "\(value.kindName) has no field `\(field)`"
        case .noElement(let index, let count): "no element \(index) in a list of \(count)"
        case .badIndex(let index, let value): "\(index.quoted) does not index \(value.kindName)"
        case .operands(let symbol, let a, let b):
            "`\(symbol)` does not work on \(a.described) and \(b.described)"
        case .operand(let symbol, let value): "`\(symbol)` does not work on \(value.described)"
        case .divisionByZero(let symbol): "`\(symbol)` by zero"
        case .argumentCount(let usage, let found): "`\(usage)` does not take \(found.counted("value"))"
        case .functionArgument(let name, let takes, let value):
            "`\(name)` takes \(takes), not \(value.quoted)"
        case .notSequence(let value):
            "`for` goes through a list or a range of whole numbers, not \(value.quoted)"
        case .notCount(let value): "`repeat` takes a whole number >= 0, not \(value.quoted)"
        case .notInText(let value): "\(value.kindName) cannot stand in a text"
        case .valueTooDeep(let limit): "lists stand inside each other more than \(limit) levels deep"
        case .valueTooLarge(let limit):
            "a value has more than \(limit) elements and characters"
        case .expectationFailed(let condition, let observed):
            "expected `\(condition)`"
                + (observed.isEmpty
                    ? ", which is false"
                    : ", but "
                        + observed.map { "\($0.text) is \($0.value.formatted)" }.joined(separator: ", "))
        case .tooMuchRecursion(let limit):
            "commands and blocks run inside each other more than \(limit) levels deep"
        }
    }

    var hint: String? {
        switch self {
        case .foreignQuote: "a text stands between `\"`"
        case .foreignOperator("&&"): "write `and`"
        case .foreignOperator("||"): "write `or`"
        case .foreignOperator: "write `not`"
        case .badEscape: "escapes are `\\n`, `\\t`, `\\\"`, `\\\\` and `\\$`"
        case .loneDollar: "`$name` is a variable"
        case .reversedRange(let lower, let upper): "write `\(upper.literal)..\(lower.literal)`"
        case .unclosed(let text), .missingClosing(let text):
            "needs `\(Symbol(rawValue: text)?.closing?.rawValue ?? text)`"
        case .noCommand: "a line starts with a command; `( ... )` calculates"
        case .commaBetweenArguments: "spaces separate them; a list stands in `[ ]`"
        case .spacesAroundEquals(let name): NameRule.variable.allows(name) ? "write `\(name)=value`" : nil
        case .gluedValues: "a text with a variable stands in quotes: `\"$folder/name\"`"
        case .arrowAfterValue: "write `let name = value`"
        case .misplacedElse: "`} else {`"
        case .singleEquals: "write `==`"
        case .wordInExpression(let word): "`$\(word)` is a variable, `\"\(word)\"` a text"
        case .conditionNeedsParentheses(let keyword):
            "`\(keyword) ($x > 1)\(keyword == "expect" ? "" : " { }")`"
        case .arithmeticWithoutParentheses: "such as `($x + 1)`"
        case .commandAsValue(let command): "`\(command) ... -> name` keeps a command's result"
        case .assignmentWithoutLet(let name, let value):
            NameRule.variable.allows(name) ? "`let \(name) = \(value)`" : "`let name = value`"
        case .calledLikeFunction(_, let hint):
            hint ?? "a command is typed without parentheses: `command value name=value`"
        case .badVariableName: NameRule.variable.description
        case .badCommandName: NameRule.word.description
        case .dollarInName(let name, let use): "write `\(use.example(name))`"

        case .unknownCommand(_, let nearest): nearest.map(didYouMean) ?? "`help` lists the commands"
        case .misspeltEntry(_, let nearest, let noun, let container):
            didYouMean(nearest) + " (a \(noun), inside `\(container) { }`)"
        case .unknownEntry(_, _, let container, let nearest):
            nearest.map(didYouMean) ?? "`help \(container)` lists them"
        case .entryOutside(let word, _, let container): "`help \(word)` and `help \(container)` show how"
        case .commandInside(_, _, let container): "close the block of `\(container)` with `}` first"
        case .foreignHabit(_, let hint): hint
        case .unknownVariable(let name, let nearest):
            nearest.map { didYouMean("$" + $0) } ?? "`let \(name) = value` or `-> \(name)` sets it"
        case .unknownField(let field, _, let fields):
            nearestWord(field, fields).map(didYouMean) ?? (fields.isEmpty ? nil : "it has \(fields.listed)")
        case .noField(let field, let value):
            nearestWord(field, value.fieldNames).map(didYouMean)
                ?? (value.fieldNames.isEmpty ? nil : "it has \(value.fieldNames.listed)")
        case .unknownFunction(let name, _, true): "`\(name) ... -> name` keeps its result for an expression"
        case .unknownFunction(_, let nearest, _): nearest.map(didYouMean) ?? "`help let` lists the functions"

        case .nothingInHelp(let words, let nearest): nearest.map(didYouMean) ?? "`apropos \(words)` searches"

        case .unknownArgument(_, let command, let argument, let known):
            argument.map { didYouMean($0.name) + " (\($0.facts))" }
                ?? (known.isEmpty
                    ? "`\(command)` takes no named arguments" : "it has \(known.map(\.name).listed)")
        case .missingArgument(let argument, let command):
            "such as `\(argument.form == .named ? "" : command + " ")\(argument.example)` (\(argument.kind.label))"
        case .missingVariant(let command, let variants): variants.first.map { "such as `\(command) \($0)`" }
        case .unknownVariant(_, _, let nearest, _): nearest.map(didYouMean)
        case .surplusWord(let text, _, _, let fitting?): "did you mean `\(fitting.name)=\(text.firstLine)`?"
        case .flag(_, let argument?): "write `\(argument.name)=\(argument.kind.example)`"
        case .flag: "write `name=value`"
        case .wordAfterNamed(let text, let argument?):
            "put it first, or name it: `\(argument.name)=\(text.firstLine)`"
        case .wordAfterNamed: "values without a name come first"
        case .wrongValue(_, let kind, let value): kind.hint(for: value)
        case .missingBlock(let command, _): "`\(command) ... {`"

        case .onlyDeclarations: "show it after the block"
        case .requiredParameterAfterDefault: "put it first"
        case .notBoolean: "compare it, as in `($x > 1)`"
        case .notInText(.record): "name one of its fields"
        case .notSequence(.number(let number)) where number >= 1: "write `1..\(number.sixDigits)`"
        case .valueTooDeep: "`($list + [value])` puts a value at the end of a list"
        case .valueTooLarge: "does a loop double it?"
        case .tooMuchRecursion: "does a `def` call itself without end?"
        default: nil
        }
    }

}

private func didYouMean(_ word: String) -> String { "did you mean `\(word)`?" }

private func nearestWord(_ word: String, _ known: [String]) -> String? { nearest(to: word, among: known) }

extension Argument.Kind {
    /// What to type instead of a value that does not fit.
    fileprivate func hint(for value: Value) -> String? {
        switch (self, value) {
        case (.choice(let choices), .text(let word)):
            nearest(to: word, among: choices.map(\.word)).map(didYouMean)
        case (.boolean, .text(let word)) where ["yes", "on", "True"].contains(word): "write `true`"
        case (.boolean, .text(let word)) where ["no", "off", "False"].contains(word): "write `false`"
        case (.name, .text(let word)) where Keyword(rawValue: word) != nil: "`\(word)` is a word of the language"
        case (.number(let range, _), .number(let number)): range.sizeNeeded(insteadOf: number)
        case (.range(let bounds), .range(let lower, let upper)):
            bounds.sizeNeeded(insteadOf: lower) ?? bounds.sizeNeeded(insteadOf: upper)
        case (.integer, .number(let number)) where number != number.rounded(): "a whole number is needed"
        case (.list, .number), (.list, .text): "write `[\(value.literal)]`"
        case (.either(let kinds), _): kinds.lazy.compactMap { $0.hint(for: value) }.first
        default: nil
        }
    }
}

extension ScriptError.NameUse {
    /// What is missing when there is no name.
    var wanted: String {
        switch self {
        case .letName: "a name, as in `let x = 5`"
        case .loopName: "a name, as in `for x in [1, 2, 3] { }`"
        case .parameterName: "a parameter's name or `)`"
        case .resultName: "a name for the result, as in `-> run`"
        }
    }

    fileprivate func example(_ name: String) -> String {
        switch self {
        case .letName: "let \(name) = ..."
        case .loopName: "for \(name) in ..."
        case .parameterName: name
        case .resultName: "-> \(name)"
        }
    }
}

extension Value {
    /// Its kind and itself, short: "text `abc`".
    fileprivate var described: String {
        switch self {
        case .text: "text \(quoted)"
        case .list, .record, .nothing: kindName
        default: quoted
        }
    }
}

extension Int {
    fileprivate func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension [String] {
    /// "`a`, `b` or `c`"
    fileprivate var ticked: String { Argument.Kind.alternatives(map { "`\($0)`" }) }
    /// "`a`, `b` and `c`"
    fileprivate var listed: String { Argument.Kind.alternatives(map { "`\($0)`" }, joinedBy: "and") }
}

extension String {
    /// The first line, cut to 40 characters.
    fileprivate var firstLine: String {
        let line = prefix { !$0.isNewline }
        return line.count > 40 || line.count < count ? line.prefix(40) + "..." : String(line)
    }
}
