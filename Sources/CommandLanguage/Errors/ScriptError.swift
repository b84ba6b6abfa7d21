/// An error in a script as data: what is wrong and where. `ScriptError.Kind` words itself in ScriptErrorWording.swift.
struct ScriptError: Error, Sendable {
    let kind: Kind
    let span: Span

    init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }

    /// What a name is read for.
    enum NameUse: Sendable { case letName, loopName, parameterName, resultName }

    /// Indirect, since it is passed through every level of the parser and evaluator: large errors would make deep
    /// nesting take several times the stack.
    indirect enum Kind: Sendable {
        // Reading
        case unprintable(UInt8)
        case unexpectedCharacter(String)
        case foreignQuote(String)
        case foreignOperator(String)
        case badEscape(String, at: Int)
        case loneDollar
        case numberTooLarge(String)
        case reversedRange(Double, Double)
        case unclosed(String)
        /// The `{` of a block that seems to end before this line.
        case unclosedBlock(line: Int)
        case unopened(String)
        /// Unlike `unclosed`, more input does not help: something else stands where it should be closed.
        case missingClosing(String)
        case tooDeep(Int)
        case expected(String, found: String?)
        case noCommand(String)
        case commaBetweenArguments
        case spacesAroundEquals(String)
        case gluedValues(String)
        case blockAfterArrow
        case arrowAfterValue
        case misplacedElse
        case singleEquals
        case wordInExpression(String)
        case conditionNeedsParentheses(String)
        case arithmeticWithoutParentheses
        case commandAsValue(String)
        case assignmentWithoutLet(String, value: String, hint: String?)
        case assignmentWithoutEquals(String)
        case calledLikeFunction(String, hint: String?)
        case badVariableName(String)
        case dollarInName(String, NameUse)
        case badCommandName(String)
        case parametersWithoutParentheses(String, given: String)

        // Names
        case unknownCommand(String, nearest: String?)
        case misspeltEntry(String, nearest: String, noun: String, container: String)
        case unknownEntry(String, noun: String, container: String, nearest: String?)
        case entryOutside(String, noun: String, container: String)
        case commandInside(String, noun: String, container: String)
        case foreignHabit(String, hint: String)
        case definitionNotUsableHere(String, noun: String?, container: String?)
        case unknownVariable(String, nearest: String?)
        case unknownField(String, of: String, fields: [String])
        case unknownFunction(String, nearest: String?, isCommand: Bool)
        case nothingInHelp(String, nearest: String?)
        case unknownCode(String, nearest: String?)
        case reservedName(String, isKeyword: Bool)

        // Arguments
        case unknownArgument(String, command: String, nearest: Argument?, known: [Argument])
        case duplicateArgument(String)
        case missingArgument(Argument, command: String, example: String)
        case missingVariant(command: String, variants: [String])
        case unknownVariant(String, command: String, nearest: String?, variants: [String])
        /// A comparison that no parentheses make one.
        case bareComparison(String, condition: String)
        case surplusWord(String, command: String, places: Int, fitting: Argument?)
        case flag(String, argument: Argument?)
        case wordAfterNamed(String, Argument?)
        case wrongValue(String, Argument.Kind, found: Value)
        case missingPath(String, Argument.PathUse)
        case missingBlock(command: String, noun: String)
        case unexpectedBlock(command: String)
        case furtherBlock(command: String)
        case missingBlocks(command: String, noun: String, count: Int)
        case surplusBlock(command: String, noun: String, limit: Int)
        case duplicateBlock(String, noun: String)
        case reservedBlock(String, command: String, noun: String)
        case noResult(command: String)
        case outputOfEntry
        case notOnScreen(OutputFormat)
        case unknownFormat(String)

        // Structure
        case outsideLoop(String)
        case returnOutsideDefinition
        case onlyDeclarations(noun: String, container: String)
        case duplicateParameter(String)
        case requiredParameterAfterDefault(String)
        case notBoolean(String, found: Value?)

        // Evaluating
        case noVariable(String)
        case notMeasured(String)
        case noField(String, in: Value)
        case noElement(index: Int, count: Int)
        case badIndex(Value, of: Value)
        case operands(String, Value, Value)
        case operand(String, Value)
        case divisionByZero(String)
        case argumentCount(usage: String, found: Int)
        case functionArgument(String, takes: String, found: Value)
        case notSequence(Value)
        case notCount(Value)
        case notInText(Value)
        case notNumber(Value)
        case valueTooDeep(Int)
        case valueTooLarge(Int)
        case expectationFailed(String, observed: [(text: String, value: Value)])
        case tooMuchRecursion(Int)

        /// A bracket or text that the end of the input leaves open.
        var isUnclosed: Bool {
            switch self {
            case .unclosed, .unclosedBlock: true
            default: false
            }
        }
    }
}

extension Diagnostic {
    init(_ error: ScriptError, in source: Source) {
        self.init(
            code: error.kind.code, message: error.kind.message, hint: error.kind.hint, source: source,
            span: error.span)
    }
}
