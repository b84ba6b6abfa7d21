import Tensors

/// How the trials of a search are chosen.
package enum SearchStrategy: String, Hashable, Sendable {
    /// Every combination.
    case grid
    /// Independent draws (Bergstra & Bengio, 2012).
    case random
    /// Independent draws, of which the worse part is given up again and again (Jamieson & Talwalkar, 2016).
    case halving
}

/// What a search tries, and for how long: all that its results depend on beside the model and the data.
package struct SearchPlan: Hashable, Sendable {
    package let strategy: SearchStrategy
    package let dimensions: [SearchDimension]
    /// How many trials, at most; nil for a grid of the usual fineness.
    package let trials: Int?
    /// Of the trials that are trained longest.
    package let epochs: Int
    /// What part of the trials a rung of halving keeps: one of so many.
    package let factor: Int
    /// Trainings of each trial, from seeds in a row.
    package let seeds: Int
    /// Of the draws and, as the first, of the trainings.
    package let seed: UInt64

    /// Values of a range in a grid without a number of trials.
    package static let usualPoints = 4
    package static let usualTrials = 20
    /// More trials than this are a slip.
    package static let mostTrials = 100_000

    /// - Throws: `SearchError` if there is nothing to try, or too much.
    package init(
        _ strategy: SearchStrategy, _ dimensions: [SearchDimension], trials: Int? = nil, epochs: Int,
        factor: Int = 3, seeds: Int = 1, seed: UInt64
    ) throws(SearchError) {
        precondition(epochs >= 1 && seeds >= 1 && factor >= 2 && trials ?? 1 >= 1, "counts from 1")
        guard !dimensions.isEmpty else { throw .nothingToTry }
        for (index, dimension) in dimensions.enumerated() { try dimension.check(index) }
        self.strategy = strategy
        self.dimensions = dimensions
        self.trials = trials
        self.epochs = epochs
        self.factor = factor
        self.seeds = seeds
        self.seed = seed
        if strategy == .grid { _ = try gridPoints() }
    }

    /// What is tried, in order; the same for the same plan.
    package var configurations: [Configuration] {
        switch strategy {
        case .grid:
            guard let points = try? gridPoints() else { preconditionFailure("checked when it was made") }
            return dimensions.reduce([[]]) { configurations, dimension in
                let values = dimension.domain.points(points)
                return configurations.flatMap { start in values.map { start + [$0] } }
            }
        case .random, .halving: return draws(trials ?? Self.usualTrials)
        }
    }

    /// How many trials are trained for how many epochs.
    package var rungs: [Rung] {
        let count = configurations.count
        return strategy == .halving
            ? Rung.halving(trials: count, epochs: epochs, factor: factor)
            : [Rung(trials: count, epochs: epochs)]
    }

    /// Different configurations, fewer than asked for if there are not so many.
    private func draws(_ count: Int) -> [Configuration] {
        let random = RandomStream(seed: seed, name: "search")
        var seen: Set<Configuration> = []
        return (0..<count).compactMap { trial in
            // What a trial draws depends on its number and the dimension's name, so more of either move no other.
            let stream = random.derived(UInt64(trial))
            for attempt in 0..<100 {
                let configuration = dimensions.map { dimension in
                    var stream = stream.derived(dimension.name).derived(UInt64(attempt))
                    return dimension.domain.draw(&stream)
                }
                if seen.insert(configuration).inserted { return configuration }
            }
            return nil
        }
    }

    /// Values of each range: as many as the number of trials allows, at least both ends.
    private func gridPoints() throws(SearchError) -> Int {
        func size(_ points: Int) -> Int {
            dimensions.reduce(1) { size, dimension in
                let (product, overflow) = size.multipliedReportingOverflow(
                    by: dimension.domain.pointCount(points))
                return overflow ? Int.max : product
            }
        }
        let limit = trials ?? Self.mostTrials
        let smallest = size(2)
        guard smallest <= limit else { throw .gridTooLarge(trials: smallest, allowed: limit) }
        guard trials != nil else {
            return size(Self.usualPoints) <= limit ? Self.usualPoints : 2
        }
        var (fits, isTooMany) = (2, limit + 1)
        while isTooMany - fits > 1 {
            let middle = (fits + isTooMany) / 2
            if size(middle) <= limit { fits = middle } else { isTooMany = middle }
        }
        return fits
    }
}

extension SearchDimension {
    fileprivate func check(_ index: Int) throws(SearchError) {
        switch domain {
        case .choices(let choices):
            if choices.isEmpty { throw .noValues(name, index) }
            if Set(choices).count < choices.count { throw .repeatedValue(name, index) }
        case .numbers(let range, true):
            if range.lowerBound <= 0 { throw .logarithmOf(range.lowerBound, name, index) }
        case .integers(let range, true):
            if range.lowerBound <= 0 { throw .logarithmOf(Double(range.lowerBound), name, index) }
        case .numbers, .integers: break
        }
    }
}

/// A stage of a search: so many trials have so many epochs, counted from their start.
package struct Rung: Hashable, Sendable {
    package let trials: Int
    package let epochs: Int

    package init(trials: Int, epochs: Int) {
        self.trials = trials
        self.epochs = epochs
    }

    /// Successive halving: rung k of s trains `trials / factor^k` trials for `epochs / factor^(s - k)` epochs, both
    /// rounded down, so that each costs about the same; s is as large as one epoch and one trial allow.
    /// (Jamieson & Talwalkar, 2016; the names as in Li et al., 2018)
    package static func halving(trials: Int, epochs: Int, factor: Int) -> [Rung] {
        var powers = [1]
        while let last = powers.last, last * factor <= min(trials, epochs) { powers.append(last * factor) }
        return zip(powers, powers.reversed()).map { Rung(trials: trials / $0, epochs: epochs / $1) }
    }
}
