// What every front end that draws a chart needs of it.

extension Chart {
    /// The points of each series that can be drawn, broken at the gaps.
    package var pieces: [[[Point]]] {
        series.map { series in series.points.split { !isDrawn($0) }.map(Array.init) }
    }

    /// What can be drawn of each series' band.
    package var bands: [[Spread]] {
        series.map { series in
            series.band.filter { isDrawn(Point($0.x, $0.lower)) && isDrawn(Point($0.x, $0.upper)) }
        }
    }

    private func isDrawn(_ point: Point) -> Bool {
        point.x.isFinite && point.y.isFinite && !(isLogarithmic && point.x <= 0)
            && !(isLogarithmicUpwards && point.y <= 0)
    }

    /// The axes with about so many marks; nil if there is nothing to draw.
    package func axes(across: Int, upwards: Int) -> (horizontal: Axis, vertical: Axis)? {
        let points = pieces.joined().joined()
        guard !points.isEmpty else { return nil }
        let (xs, ys) = (
            points.map(\.x), points.map(\.y) + bands.joined().flatMap { [$0.lower, $0.upper] }
        )
        return (
            isLogarithmic
                ? Axis(logarithmicCovering: xs, count: across)
                : Axis(covering: xs, count: across, isTight: true),
            isLogarithmicUpwards
                ? Axis(logarithmicCovering: ys, count: upwards)
                : Axis(covering: ys, count: upwards, isTight: false)
        )
    }
}
