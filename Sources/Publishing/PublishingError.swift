import CommandLanguage

/// A result that cannot be saved as it was asked for.
package enum PublishingError: Error, Hashable, Sendable {
    /// The command showed nothing.
    case nothing
    /// What was shown has no form in that format.
    case unfit(what: String, format: OutputFormat, fitting: [OutputFormat])
    /// The drawing library failed, in its own words.
    case drawing(String)
}

extension PublishingError: CommandFailure {
    package var code: any ErrorCode {
        switch self {
        case .nothing: PublishingErrorCode.nothingToSave
        case .unfit: PublishingErrorCode.unfitFormat
        case .drawing: PublishingErrorCode.drawingFailed
        }
    }

    package var message: String {
        switch self {
        case .nothing: "there is nothing to save: the command showed no result"
        case .unfit(let what, let format, _): "\(what) cannot be saved as \(format.rawValue)"
        case .drawing(let why): "the picture could not be drawn: \(why)"
        }
    }

    package var hint: String? {
        switch self {
        case .unfit(_, _, let fitting):
            "save it as " + fitting.map { "`.\($0.ending)`" }.joined(separator: ", ")
        case .nothing, .drawing: nil
        }
    }
}
