import CommandLanguage

/// What a command showed, as the content of a file.
///
/// What has no form in the format is left out, if something else has one.
///
/// - Throws: `PublishingError` if nothing has.
package func publish(
    _ shown: [Displayable], as format: OutputFormat
) throws(PublishingError) -> [UInt8] {
    // A text beside a table or a picture explains it; the file is for the latter.
    let results = shown.filter { if case .text = $0 { false } else { true } }
    let parts = results.isEmpty ? shown : results
    guard !parts.isEmpty else { throw .nothing }
    // Pictures with a table of the same are a file of pictures, or one of the table.
    let fitting = parts.filter { OutputFormat.fitting($0).contains(format) }
    guard !fitting.isEmpty else {
        throw .unfit(what: parts[0].kindName, format: format, fitting: OutputFormat.fitting(parts[0]))
    }
    return try encoded(fitting, as: format)
}

private func encoded(_ parts: [Displayable], as format: OutputFormat) throws(PublishingError) -> [UInt8] {
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
        case .heatMap: "a heat map"
        }
    }
}
