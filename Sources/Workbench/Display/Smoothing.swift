import CommandLanguage

extension Chart.Series {
    /// The mean of several at each place, with a band from the least to the greatest.
    init(meanOf series: [Chart.Series]) {
        let byPlace = Dictionary(grouping: series.flatMap(\.points).filter { $0.y.isFinite }, by: \.x)
        let places = byPlace.keys.sorted()
        let values = places.map { place in (byPlace[place] ?? []).map(\.y) }
        self.init(
            "mean of \(Figures.count(series.count, "list"))",
            zip(places, values).map { Chart.Point($0, $1.reduce(0, +) / Double($1.count)) },
            band: zip(places, values).map { Chart.Spread($0, ($1.min() ?? 0)...($1.max() ?? 0)) })
    }

    /// A running mean that keeps this share of itself, `m = w m + (1 - w) y`, divided by `1 - w^n`, around which lies
    /// what was measured. Gaps stay.
    func smoothed(_ share: Double) -> Chart.Series {
        guard share > 0 else { return self }
        var (mean, weight) = (0.0, 0.0)
        let smooth = points.map { point -> Chart.Point in
            guard point.y.isFinite else { return point }
            mean = share * mean + (1 - share) * point.y
            weight = share * weight + (1 - share)
            return Chart.Point(point.x, mean / weight)
        }
        let measured = points.filter { $0.y.isFinite }.map { Chart.Spread($0.x, $0.y...$0.y) }
        return Chart.Series(name, smooth, band: band.isEmpty ? measured : band)
    }

    /// At most as many points as a wide screen has columns: of more, means of neighbours, in a band from the least to
    /// the greatest of them.
    var thinned: Chart.Series {
        let most = 200
        guard points.count > most else { return self }
        let size = (points.count + most - 1) / most
        let groups = stride(from: 0, to: points.count, by: size).map {
            points[$0..<min($0 + size, points.count)].filter { $0.y.isFinite }
        }.filter { !$0.isEmpty }
        let spreads =
            band.isEmpty ? points.filter { $0.y.isFinite }.map { Chart.Spread($0.x, $0.y...$0.y) } : band
        let bands = stride(from: 0, to: spreads.count, by: size).map { start -> Chart.Spread in
            let part = spreads[start..<min(start + size, spreads.count)]
            return Chart.Spread(
                part.reduce(0) { $0 + $1.x } / Double(part.count),
                (part.map(\.lower).min() ?? 0)...(part.map(\.upper).max() ?? 0))
        }
        return Chart.Series(
            name,
            groups.map { group in
                Chart.Point(
                    group.reduce(0) { $0 + $1.x } / Double(group.count),
                    group.reduce(0) { $0 + $1.y } / Double(group.count))
            }, band: bands)
    }
}
