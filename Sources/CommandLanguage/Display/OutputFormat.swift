/// What a result can be written as.
package enum OutputFormat: String, CaseIterable, Sendable {
    case svg, png, csv, json, markdown

    /// Those that can be read on the screen.
    package static let texts: [OutputFormat] = [.csv, .json, .markdown]

    /// Told by the end of a file's name; nil if that tells none.
    package init?(path: String) {
        guard let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex) else {
            return nil
        }
        let ending = path[path.index(after: dot)...].lowercased()
        self.init(rawValue: ending == "md" ? "markdown" : ending)
    }

    /// How the names of such files end.
    package var ending: String { self == .markdown ? "md" : rawValue }

    /// Those that have a form for a displayable.
    package static func fitting(_ displayable: Displayable) -> [OutputFormat] {
        switch displayable {
        case .text: [.markdown, .json]
        case .table: [.csv, .json, .markdown]
        case .chart: [.svg, .png, .csv, .json]
        case .image: [.svg, .png, .json]
        case .heatMap: [.svg, .png, .csv, .json, .markdown]
        }
    }
}
