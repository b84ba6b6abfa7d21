/// The loss at each rate of a sweep.
package struct RateCurve: Hashable, Sendable {
    /// Ascending, each the same factor above the one before.
    package let rates: [Double]
    /// Smoothed over neighbouring rates on both sides, so that no fall or rise moves to another rate.
    package let losses: [Double]
    /// How far single losses lie from the smoothed ones: the root of the mean square, up to the lowest. Beyond it they
    /// explode, which says nothing of those before.
    let noise: Double

    package init(rates: [Double], losses raw: [Double]) {
        precondition(rates.count == raw.count, "a loss for each rate")
        let reach = max(1, raw.count / 20)
        let smooth = raw.indices.map { index in
            // As many on both sides, or the ends would lean.
            let reach = min(reach, index, raw.count - 1 - index)
            return raw[index - reach...index + reach].reduce(0, +) / Double(2 * reach + 1)
        }
        self.rates = rates
        losses = smooth
        let lowest = smooth.indices.min { smooth[$0] < smooth[$1] } ?? 0
        let squares = zip(raw, smooth).prefix(lowest + 1).map { ($0 - $1) * ($0 - $1) }
        noise = (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
    }

    /// Where the loss has begun to fall, by a tenth of its whole fall, where it falls fastest, and where it is lowest;
    /// nil if it never falls by more than noise.
    var descent: (start: Int, steepest: Int, lowest: Int)? {
        guard let lowest = losses.indices.min(by: { losses[$0] < losses[$1] }), lowest >= 2 else {
            return nil
        }
        let before = losses.prefix(max(1, losses.count / 10))
        let start = before.reduce(0, +) / Double(before.count)
        guard start - losses[lowest] > max(noise, 0.01 * abs(start)) else { return nil }
        let begun = start - (start - losses[lowest]) / 10
        // From the back: a dip among the small rates is no beginning.
        let first = (0..<lowest).last { losses[$0] > begun }.map { $0 + 1 } ?? 0
        let steepest = (first...lowest).min { slope(at: $0) < slope(at: $1) }
        return steepest.map { (first, $0, lowest) }
    }

    /// How many rates there are before the loss explodes: beyond, it would hide all others in a chart.
    package var calmCount: Int {
        guard let lowest = losses.indices.min(by: { losses[$0] < losses[$1] }) else { return 0 }
        let limit = losses[...lowest].reduce(losses[lowest], max) * 1.5
        return losses[lowest...].firstIndex { $0 > limit } ?? losses.count
    }

    private func slope(at index: Int) -> Double {
        losses[min(index + 1, losses.count - 1)] - losses[max(index - 1, 0)]
    }

    /// What a finer sweep is to look at: from well below the first fall to just above the lowest loss.
    func promisingRates(within whole: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let descent else { return nil }
        let low = max(rates[descent.start] / 10, whole.lowerBound)
        let high = min(rates[descent.lowest] * 3, whole.upperBound)
        return low < high ? low...high : nil
    }
}

/// What a range test found.
package struct RateFinding: Hashable, Sendable {
    package let broad: RateCurve
    /// Over the part in which the loss falls; nil if it falls nowhere.
    package let fine: RateCurve?

    /// The rates that are worth trying: from where the loss has begun to fall to a tenth of the rate at which it is
    /// lowest, whichever is lower. Nil if no rate lowers the loss by more than noise.
    package var suggestion: Suggestion? {
        guard let curve = [fine, broad].compactMap(\.self).first(where: { $0.descent != nil }),
            let descent = curve.descent
        else { return nil }
        return Suggestion(
            start: curve.rates[descent.start], steepest: curve.rates[descent.steepest],
            lowest: curve.rates[descent.lowest])
    }

    package struct Suggestion: Hashable, Sendable {
        /// The rate at which the loss has fallen by a tenth of its whole fall.
        package let start: Double
        /// The rate at which the loss falls fastest.
        package let steepest: Double
        /// The rate at which the loss is lowest: on the edge of exploding.
        package let lowest: Double

        package var low: Double { min(start, lowest / 10) }
        package var high: Double { max(start, lowest / 10) }
    }
}
