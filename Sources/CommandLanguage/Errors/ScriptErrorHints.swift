// Every error's hint: what to type instead, if that can be said.

extension ScriptError.Kind {
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
        case .unclosedBlock(let line): "needs `}`, it seems before line \(line)"
        case .expected(_, found: ":"): "blocks stand in `{ }`"
        case .noCommand: "a line starts with a command; `( ... )` calculates"
        case .commaBetweenArguments: "spaces separate them; a list stands in `[ ]`"
        case .spacesAroundEquals(let name): NameRule.variable.allows(name) ? "write `\(name)=value`" : nil
        case .gluedValues(let text) where text.hasSuffix("("):
            "functions stand inside `( )`: `(max(1, 2))`; a range of whole numbers is `0..9`"
        case .gluedValues: "a text with a variable stands in quotes: `\"$folder/name\"`"
        case .arrowAfterValue: "write `let name = value`"
        case .misplacedElse: "`} else {`"
        case .singleEquals: "write `==`"
        case .wordInExpression(let word): "`$\(word)` is a variable, `\"\(word)\"` a text"
        case .conditionNeedsParentheses(let keyword):
            "`\(keyword) ($x > 1)\(keyword == "expect" ? "" : " { }")`"
        case .arithmeticWithoutParentheses: "such as `($x + 1)`"
        case .commandAsValue(let command): "`\(command) ... -> name` keeps a command's result"
        case .assignmentWithoutLet(_, _, let hint?): hint
        case .assignmentWithoutLet(let name, let value, nil):
            NameRule.variable.allows(name) ? "`let \(name) = \(value)`" : "`let name = value`"
        case .assignmentWithoutEquals(let name): "such as `\(name) = [1, 2, 3]`"
        case .calledLikeFunction(_, let hint):
            hint ?? "a command is typed without parentheses: `command value name=value`"
        case .badVariableName: NameRule.variable.description
        case .badCommandName: NameRule.word.description
        case .parametersWithoutParentheses(let name, let given): "`def \(name)(\(given)) { ... }`"
        case .dollarInName(let name, let use): "write `\(use.example(name))`"

        case .unknownCommand(_, let nearest): nearest.map(didYouMean) ?? "`help` lists the commands"
        case .misspeltEntry(_, let nearest, let noun, let container):
            didYouMean(nearest) + " (\(noun.withArticle), inside `\(container) { }`)"
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
        case .unknownFunction(_, let nearest, _): nearest.map(didYouMean) ?? "`help functions` lists them"

        case .nothingInHelp(let words, let nearest): nearest.map(didYouMean) ?? "`apropos \(words)` searches"
        case .unknownCode(_, let nearest): nearest.map(didYouMean) ?? "an error shows its code: `error[code]`"

        case .unknownArgument(_, let command, let argument, let known):
            argument.map { didYouMean($0.name) + " (\($0.facts))" }
                ?? (known.isEmpty
                    ? "`\(command)` takes no named arguments" : "it has \(known.map(\.name).listed)")
        case .missingArgument(let argument, _, let example):
            "such as `\(example)` (\(argument.kind.label))"
        case .missingVariant(let command, let variants): variants.first.map { "such as `\(command) \($0)`" }
        case .unknownVariant(_, _, let nearest, _): nearest.map(didYouMean)
        case .bareComparison(_, let condition):
            "put the whole condition into `( )`: `(\(condition.firstLine))`"
        case .surplusWord(let text, _, _, let fitting?): "did you mean `\(fitting.name)=\(text.firstLine)`?"
        case .flag(_, let argument?): "write `\(argument.name)=\(argument.kind.example)`"
        case .flag: "write `name=value`"
        case .wordAfterNamed(let text, let argument?):
            "put it first, or name it: `\(argument.name)=\(text.firstLine)`"
        case .wordAfterNamed: "values without a name come first"
        case .wrongValue(_, let kind, let value): kind.hint(for: value)
        case .notOnScreen(let format): "write it to a file: `> picture.\(format.ending)`"
        case .unknownFormat:
            "end it in " + Argument.Kind.alternatives(OutputFormat.allCases.map { "`.\($0.ending)`" })
        case .missingBlock(let command, _): "`\(command) ... {`"
        case .missingBlocks(let command, _, let count):
            "`\((["\(command)"] + (1...max(count, 1)).map { _ in "{ ... }" }).joined(separator: " "))`"
        case .duplicateBlock, .reservedBlock: "another name, or none"

        case .notMeasured: "numbers of a step are there after `step`, those of validation after an epoch"
        case .onlyDeclarations: "show it after the block"
        case .requiredParameterAfterDefault: "put it first"
        case .notBoolean: "compare it, as in `($x > 1)`"
        case .notInText(.record): "name one of its fields"
        case .notSequence(.number(let number)) where number >= 1: "write `1..\(number.sixDigits)`"
        case .valueTooDeep: "`($list + [value])` puts a value at the end of a list"
        case .valueTooLarge: "does a loop double it?"
        case .tooMuchRecursion: "does a `def` or a script run itself without end?"
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
            (nearest(to: word, among: choices.map(\.word))
                ?? choices.map(\.word).first { word.count > 2 && $0.hasPrefix(word) }).map(didYouMean)
        case (.boolean, .text(let word)) where ["yes", "on", "True"].contains(word): "write `true`"
        case (.boolean, .text(let word)) where ["no", "off", "False"].contains(word): "write `false`"
        case (.name, .text(let word)):
            Keyword(rawValue: word) == nil ? NameRule.word.description : "`\(word)` is a word of the language"
        case (.number(let range, _), .number(let number)): range.sizeNeeded(insteadOf: number)
        case (.range(let bounds), .range(let lower, let upper)):
            bounds.sizeNeeded(insteadOf: lower) ?? bounds.sizeNeeded(insteadOf: upper)
        case (.integer, .text(let text)), (.number, .text(let text)):
            NumberReader.number(Array(text.utf8)[...], percent: .always).map {
                "write `\($0.number.literal)`"
            }
        case (.integer, .number(let number)) where number != number.rounded(): "a whole number is needed"
        case (.list, .number), (.list, .text): "write `[\(value.literal.firstLine)]`"
        case (.naming(_, let kind), _): kind.hint(for: value)
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
