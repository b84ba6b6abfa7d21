extension Schedule {
    /// The rates of the coming epochs at steps at even distances, the first and the last one among them.
    ///
    /// - Returns: with each rate, how many epochs from `moment` it is.
    package func preview(
        from base: Double, at moment: ScheduleMoment, epochs: Int, points: Int = 1000
    ) -> [(epochs: Double, rate: Double)] {
        let last = epochs * moment.stepsPerEpoch - 1
        let count = min(last + 1, points)
        return (0..<count).map { point in
            let step = count > 1 ? last * point / (count - 1) : 0
            return (
                Double(step) / Double(moment.stepsPerEpoch),
                currentRate(from: base, at: moment.advanced(by: step))
            )
        }
    }
}
