// Every error's message: what was found and what is allowed, lower-case, no full stop.

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
            "the range \(lower.literal)..\(upper.literal) goes downward"
        case .unclosed("\""): "the text that starts here is not closed"
        case .unclosed(let bracket), .missingClosing(let bracket): "`\(bracket)` is not closed"
        case .unclosedBlock: "the block that begins here is not closed"
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
        case .assignmentWithoutLet(let name, _, _): "`\(name) = ...` is not how a variable is set"
        case .assignmentWithoutEquals(let name): "`\(name)` needs `=` and its values here"
        case .calledLikeFunction(let word, _): "`\(word)(...)` is not how a command is typed"
        case .badVariableName(let word): "`\(word)` cannot name a variable"
        case .dollarInName: "a name that is being set has no `$`"
        case .badCommandName(let word): "`\(word)` cannot name a command"
        case .parametersWithoutParentheses(let name, _): "the parameters of `\(name)` stand in parentheses"

        // Names
        case .unknownCommand(let word, _), .misspeltEntry(let word, _, _, _): "unknown command `\(word)`"
        case .unknownEntry(let word, let noun, _, _): "unknown \(noun) `\(word)`"
        case .entryOutside(let word, let noun, let container):
            "`\(word)` is \(noun.withArticle): it stands inside `\(container) { }`"
        case .commandInside(let word, let noun, let container):
            "`\(word)` is a command: only \(noun.withArticle) can stand inside `\(container) { }`"
        case .foreignHabit(let word, _): "unknown command `\(word)`"
        case .definitionNotUsableHere(let name, let noun?, let container?):
            "`\(name)` holds \(noun.withArticle): it stands inside `\(container) { }`"
        case .definitionNotUsableHere(let name, _, _):
            "`\(name)` runs commands: it stands outside of this block"
        case .unknownVariable(let name, _), .noVariable(let name): "nothing is named `$\(name)`"
        case .unknownField(let field, let reference, _): "`\(reference)` has no field `\(field)`"
        case .unknownFunction(let name, _, false): "unknown function `\(name)`"
        case .unknownFunction(let name, _, true): "`\(name)` is a command, not a function"
        case .nothingInHelp(let words, _): "help knows nothing about `\(words)`"
        case .unknownCode(let code, _): "no error has the code `\(code)`"
        case .reservedName(let name, true): "`\(name)` is a word of the language"
        case .reservedName(let name, false): "`\(name)` is a command already"

        // Arguments
        case .unknownArgument(let name, let command, _, _): "`\(command)` has no argument `\(name)`"
        case .duplicateArgument(let name): "`\(name)` is given twice"
        case .missingArgument(let argument, let command, _):
            "`\(command)` needs `\(argument.name)`: \(argument.summary)"
        case .missingVariant(let command, let variants): "`\(command)` needs \(variants.ticked)"
        case .unknownVariant(let word, let command, _, let variants):
            "`\(command)` takes \(variants.ticked), not `\(word)`"
        case .bareComparison(let symbol, _): "`\(symbol)` compares inside parentheses only"
        case .surplusWord(let text, let command, let places, _):
            places == 0
                ? "`\(command)` takes nothing without a name, `\(text.firstLine)` is one too many"
                : "`\(command)` takes \(places.counted("value")) without a name, `\(text.firstLine)` is one too many"
        case .flag(let text, _): "`\(text)` is not how an argument is typed"
        case .wordAfterNamed(let text, _): "`\(text.firstLine)` stands after a named argument"
        case .wrongValue(let name, let kind, let value): "`\(name)` takes \(kind.phrase), not \(value.quoted)"
        case .missingPath(let path, .read): "no file or folder `\(path)`"
        case .missingPath(let folder, .write): "no folder `\(folder)` to write into"
        case .missingBlock(let command, let noun): "`\(command)` needs a block with its \(noun.plural)"
        case .unexpectedBlock(let command): "`\(command)` takes no block"
        case .furtherBlock(let command): "`\(command)` takes one block, not several"
        case .missingBlocks(let command, let noun, let count):
            "`\(command)` needs \(count == 1 ? "a block of statements" : "\(count) blocks of statements"), one for each \(noun)"
        case .surplusBlock(let command, let noun, let limit):
            "`\(command)` takes at most \(limit.counted(noun))"
        case .duplicateBlock(let name, let noun): "two \(noun.plural) named `\(name)`"
        case .reservedBlock(let name, let command, let noun):
            "`\(command)` has \(noun.withArticle) `\(name)` already"
        case .noResult(let command): "`\(command)` has no result to keep"
        case .outputOfEntry: "what stands in a block shows nothing"
        case .notOnScreen(let format): "\(format.rawValue) cannot be shown as text"
        case .unknownFormat(let path): "`\(path)` does not tell what to write"

        // Structure
        case .outsideLoop(let word): "`\(word)` outside of a loop"
        case .returnOutsideDefinition: "`return` outside of a `def`"
        case .onlyDeclarations(let noun, let container):
            "only \(noun.withArticle) can stand inside `\(container) { }`"
        case .duplicateParameter(let name): "two parameters named `\(name)`"
        case .requiredParameterAfterDefault(let name):
            "`\(name)` without a default stands after one with a default"
        case .notBoolean(let keyword, nil): "`\(keyword)` needs true or false, not a number"
        case .notBoolean(let keyword, let value?): "`\(keyword)` needs true or false, not \(value.quoted)"

        // Evaluating
        case .noField(let field, let value): "\(value.kindName) has no field `\(field)`"
        case .notMeasured(let name): "`\(name)` cannot be measured now"
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
        case .notNumber(let value): "a formula gives a number, not \(value.quoted)"
        case .notInText(let value): "\(value.kindName) cannot stand in a text"
        case .valueTooDeep(let limit): "lists stand inside each other more than \(limit) levels deep"
        case .valueTooLarge(let limit):
            "a value has more than \(limit) elements and characters"
        case .expectationFailed(let condition, let observed):
            "expected `\(condition)`"
                + (observed.isEmpty
                    ? ", which is false"
                    : ", but "
                        + observed.map { "\($0.text) is \($0.value.quoted)" }.joined(separator: ", "))
        case .tooMuchRecursion(let limit):
            "commands and blocks run inside each other more than \(limit) levels deep"
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
