import CommandLanguage

/// What a command showed, as the content of a file.
///
/// - Throws: `PublishingError` if there is nothing, or something that has no form in the format.
package func publish(
    _ shown: [Displayable], as format: OutputFormat
) throws(PublishingError) -> [UInt8] {
    // A text beside a table or a picture explains it; the file is for the latter.
    let results = shown.filter { if case .text = $0 { false } else { true } }
    let parts = results.isEmpty ? shown : results
    guard !parts.isEmpty else { throw .nothing }
    for part in parts {
        let fitting = OutputFormat.fitting(part)
        guard fitting.contains(format) else {
            throw .unfit(what: part.kindName, format: format, fitting: fitting)
        }
    }
    switch format {
    case .svg, .png: return try Picture(parts).encoded(as: format)
    case .csv: return Array(parts.map(\.csv).joined(separator: "\n").utf8)
    case .markdown: return Array(parts.map(\.markdown).joined(separator: "\n").utf8)
    case .json: return json(parts)
    }
}

extension Displayable {
    fileprivate var kindName: String {
        switch self {
        case .text: "a text"
        case .table: "a table"
        case .chart: "a chart"
        case .image: "a picture"
        }
    }
}
