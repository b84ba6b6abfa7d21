import CommandLanguage
import Diagnosis

extension HistogramWatch {
    private static let bins = 16
    /// As many columns as a wide screen has; of more points, means of neighbours.
    private static let mostColumns = 160

    /// A column for each point, in which large numbers are at the top; nil before the first one.
    var heatMap: HeatMap? {
        guard let range else { return nil }
        let size = (points.count + Self.mostColumns - 1) / Self.mostColumns
        let groups = stride(from: 0, to: points.count, by: size).map {
            points[$0..<min($0 + size, points.count)]
        }
        let columns = groups.map { group -> [Double] in
            let shares = group.map { $0.distribution.shares(bins: Self.bins, over: range) }
            return (0..<Self.bins).map { bin in
                let mean = shares.reduce(0) { $0 + $1[bin] } / Double(shares.count)
                // In per cent, with one digit after the point.
                return (mean * 1000).rounded() / 10
            }
        }
        let rows = (0..<Self.bins).reversed()
        let width = (Double(range.upperBound) - Double(range.lowerBound)) / Double(Self.bins)
        return HeatMap(
            title: "\(layer): \(subject.rawValue), % of the numbers from each mark up", xLabel: "step",
            yLabel: "from", columns: groups.map { "\($0.first?.step ?? 0)" },
            rows: rows.map { bin in
                let mark = Double(range.lowerBound) + Double(bin) * width
                return Figures.brief(abs(mark) < width / 100 ? 0 : mark)
            },
            values: rows.map { bin in columns.map { $0[bin] } })
    }

    /// Of all points, around a single number if there are no others.
    private var range: ClosedRange<Float>? {
        let ranges = points.map(\.distribution.range)
        guard let lower = ranges.map(\.lowerBound).min(), let upper = ranges.map(\.upperBound).max() else {
            return nil
        }
        return lower < upper ? lower...upper : lower - max(abs(lower), 1)...upper + max(abs(upper), 1)
    }
}
