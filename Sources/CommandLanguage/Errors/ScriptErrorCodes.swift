extension ScriptError {
    /// All codes of the language's own errors, and of its front ends'.
    static let codes: [any ErrorCode.Type] = [
        ReadingErrorCode.self, NameErrorCode.self, ArgumentErrorCode.self, EvaluationErrorCode.self,
        FrontEndErrorCode.self,
    ]
}

extension ScriptError.Kind {
    /// Errors that ask for the same remedy have the same code.
    var code: any ErrorCode {
        switch self {
        case .unprintable: ReadingErrorCode.unprintableCharacter
        case .unexpectedCharacter: ReadingErrorCode.unexpectedCharacter
        case .foreignQuote: ReadingErrorCode.foreignQuote
        case .foreignOperator: ReadingErrorCode.foreignOperator
        case .badEscape: ReadingErrorCode.badEscape
        case .loneDollar: ReadingErrorCode.loneDollar
        case .numberTooLarge: ReadingErrorCode.numberTooLarge
        case .reversedRange: ReadingErrorCode.reversedRange
        case .unclosed, .unclosedBlock, .missingClosing: ReadingErrorCode.unclosed
        case .unopened: ReadingErrorCode.unopened
        case .tooDeep: ReadingErrorCode.nestedTooDeep
        case .expected: ReadingErrorCode.unexpectedPart
        case .noCommand: ReadingErrorCode.noCommand
        case .commaBetweenArguments: ReadingErrorCode.commaBetweenArguments
        case .spacesAroundEquals: ReadingErrorCode.spacesAroundEquals
        case .gluedValues: ReadingErrorCode.gluedValues
        case .blockAfterArrow: ReadingErrorCode.blockAfterArrow
        case .arrowAfterValue: ReadingErrorCode.arrowAfterValue
        case .misplacedElse: ReadingErrorCode.misplacedElse
        case .singleEquals: ReadingErrorCode.singleEquals
        case .wordInExpression: ReadingErrorCode.wordInExpression
        case .conditionNeedsParentheses: ReadingErrorCode.conditionWithoutParentheses
        case .arithmeticWithoutParentheses: ReadingErrorCode.arithmeticWithoutParentheses
        case .commandAsValue: ReadingErrorCode.commandAsValue
        case .assignmentWithoutLet: ReadingErrorCode.assignmentWithoutLet
        case .assignmentWithoutEquals: ReadingErrorCode.assignmentWithoutEquals
        case .calledLikeFunction: ReadingErrorCode.calledLikeFunction
        case .badVariableName: ReadingErrorCode.badVariableName
        case .dollarInName: ReadingErrorCode.dollarInName
        case .badCommandName: ReadingErrorCode.badCommandName
        case .parametersWithoutParentheses: ReadingErrorCode.parametersWithoutParentheses

        case .unknownCommand, .misspeltEntry: NameErrorCode.unknownCommand
        case .foreignHabit: NameErrorCode.foreignHabit
        case .unknownEntry: NameErrorCode.unknownEntry
        case .entryOutside: NameErrorCode.entryOutsideBlock
        case .commandInside: NameErrorCode.commandInsideBlock
        case .definitionNotUsableHere: NameErrorCode.definitionNotUsableHere
        case .unknownVariable, .noVariable: NameErrorCode.unknownVariable
        case .unknownField, .noField: NameErrorCode.unknownField
        case .unknownFunction: NameErrorCode.unknownFunction
        case .nothingInHelp: NameErrorCode.unknownTopic
        case .unknownCode: NameErrorCode.unknownCode
        case .reservedName: NameErrorCode.reservedName

        case .unknownArgument: ArgumentErrorCode.unknownArgument
        case .duplicateArgument: ArgumentErrorCode.duplicateArgument
        case .missingArgument: ArgumentErrorCode.missingArgument
        case .missingVariant: ArgumentErrorCode.missingVariant
        case .unknownVariant: ArgumentErrorCode.unknownVariant
        case .bareComparison: ArgumentErrorCode.bareComparison
        case .surplusWord: ArgumentErrorCode.surplusValue
        case .flag: ArgumentErrorCode.flag
        case .wordAfterNamed: ArgumentErrorCode.valueAfterNamed
        case .wrongValue: ArgumentErrorCode.wrongValue
        case .missingPath: ArgumentErrorCode.missingPath
        case .missingBlock, .missingBlocks: ArgumentErrorCode.missingBlock
        case .unexpectedBlock, .furtherBlock, .surplusBlock: ArgumentErrorCode.unexpectedBlock
        case .duplicateBlock, .reservedBlock: ArgumentErrorCode.blockName
        case .noResult: ArgumentErrorCode.noResult
        case .outputOfEntry: ArgumentErrorCode.outputInsideBlock
        case .notOnScreen: ArgumentErrorCode.notOnScreen
        case .unknownFormat: ArgumentErrorCode.unknownFormat

        case .outsideLoop: EvaluationErrorCode.outsideLoop
        case .returnOutsideDefinition: EvaluationErrorCode.returnOutsideDef
        case .onlyDeclarations: EvaluationErrorCode.onlyDeclarations
        case .duplicateParameter: EvaluationErrorCode.duplicateParameter
        case .requiredParameterAfterDefault: EvaluationErrorCode.requiredAfterDefault
        case .notBoolean: EvaluationErrorCode.notBoolean
        case .notMeasured: EvaluationErrorCode.notMeasured
        case .noElement: EvaluationErrorCode.noElement
        case .badIndex: EvaluationErrorCode.badIndex
        case .operands, .operand: EvaluationErrorCode.badOperands
        case .divisionByZero: EvaluationErrorCode.divisionByZero
        case .argumentCount: EvaluationErrorCode.argumentCount
        case .functionArgument: EvaluationErrorCode.badFunctionArgument
        case .notSequence: EvaluationErrorCode.notSequence
        case .notCount: EvaluationErrorCode.notCount
        case .notInText: EvaluationErrorCode.notInText
        case .notNumber: EvaluationErrorCode.notNumber
        case .valueTooDeep: EvaluationErrorCode.valueTooDeep
        case .valueTooLarge: EvaluationErrorCode.valueTooLarge
        case .expectationFailed: EvaluationErrorCode.expectationFailed
        case .tooMuchRecursion: EvaluationErrorCode.tooMuchRecursion
        }
    }
}
