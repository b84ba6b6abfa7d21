import CommandLanguage

/// What a result can be saved as, told by the end of the file's name.
package enum PublishedFormat: String, CaseIterable, Sendable {
    case svg, png, csv, json, markdown = "md"

    package init?(path: String) {
        guard let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex) else {
            return nil
        }
        self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    /// Those that have a form for a displayable.
    package static func fitting(_ displayable: Displayable) -> [PublishedFormat] {
        switch displayable {
        case .text: [.markdown, .json]
        case .table: [.csv, .json, .markdown]
        case .chart: [.svg, .png, .csv, .json]
        case .image: [.svg, .png, .json]
        }
    }
}

/// A result that cannot be saved as it was asked for.
package enum PublishingError: Error, Hashable, Sendable {
    /// The end of the file's name is none that is known.
    case unknownFormat(path: String)
    /// The command showed nothing.
    case nothing
    /// What was shown has no form in that format.
    case unfit(what: String, format: PublishedFormat, fitting: [PublishedFormat])
    /// The drawing library failed, in its own words.
    case drawing(String)
}

extension PublishingError: CommandFailure {
    package var message: String {
        switch self {
        case .unknownFormat(let path): "`\(path)` says no format"
        case .nothing: "there is nothing to save: the command showed no result"
        case .unfit(let what, let format, _): "\(what) cannot be saved as \(format.rawValue)"
        case .drawing(let why): "the picture could not be drawn: \(why)"
        }
    }

    package var hint: String? {
        func list(_ formats: [PublishedFormat]) -> String {
            formats.map { "`.\($0.rawValue)`" }.joined(separator: ", ")
        }
        switch self {
        case .unknownFormat: return "end the name in one of " + list(PublishedFormat.allCases)
        case .unfit(_, _, let fitting): return "end the name in one of " + list(fitting)
        case .nothing, .drawing: return nil
        }
    }
}
