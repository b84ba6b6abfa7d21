import Testing

@testable import Search

/// Which configurations a search tries, and for how long.
struct PlanTests {
    private static let rate = SearchDimension("rate", .numbers(1e-4...0.1, isLogarithmic: true))
    private static let share = SearchDimension("share", .numbers(0...1, isLogarithmic: false))
    private static let filters = SearchDimension("filters", .integers(2...4, isLogarithmic: false))
    private static let batch = SearchDimension("batch", .choices(["32", "64"]))

    private func plan(
        _ strategy: SearchStrategy, _ dimensions: [SearchDimension], trials: Int? = nil, seed: UInt64 = 1
    ) throws -> SearchPlan {
        try SearchPlan(strategy, dimensions, trials: trials, epochs: 1, seed: seed)
    }

    @Test func aGridIsEveryCombinationInOrder() throws {
        let configurations = try plan(.grid, [Self.batch, Self.filters]).configurations
        #expect(
            configurations == [
                [.choice(0), .number(2)], [.choice(0), .number(3)], [.choice(0), .number(4)],
                [.choice(1), .number(2)], [.choice(1), .number(3)], [.choice(1), .number(4)],
            ])
    }

    @Test(arguments: [
        (rate, nil as Int?, [1e-4, 1e-3, 1e-2, 0.1]), (share, nil, [0, 0.3333, 0.6667, 1]),
        (share, 3, [0, 0.5, 1]),
        (share, 2, [0, 1]), (filters, 100, [2, 3, 4]), (filters, 2, [2, 4]),
        (SearchDimension("n", .integers(1...1000, isLogarithmic: true)), 4, [1, 10, 100, 1000]),
    ])
    func aRangeIsCutIntoPoints(_ dimension: SearchDimension, _ trials: Int?, _ points: [Double]) throws {
        #expect(try plan(.grid, [dimension], trials: trials).configurations == points.map { [.number($0)] })
    }

    @Test(arguments: [(20, 20), (8, 8), (17, 16), (1000, 1000)])
    func aGridUsesTheTrialsItMay(_ trials: Int, _ count: Int) throws {
        let found = try plan(.grid, [Self.rate, Self.batch], trials: trials).configurations.count
        #expect(found == count)
    }

    @Test(arguments: [SearchStrategy.random, .halving])
    func drawsAreDifferentAndWithinTheRange(_ strategy: SearchStrategy) throws {
        let plan = try plan(strategy, [Self.rate, Self.filters, Self.batch], trials: 200)
        let configurations = plan.configurations
        #expect(configurations.count == 200 && Set(configurations).count == 200)
        for configuration in configurations {
            guard case .number(let rate) = configuration[0], case .number(let filters) = configuration[1]
            else {
                Issue.record("numbers were to be drawn")
                return
            }
            #expect((1e-4...0.1).contains(rate) && [2, 3, 4].contains(filters))
        }
        // About a third of the factors of a logarithmic range are below each power of ten.
        let low = configurations.count { if case .number(let rate) = $0[0] { rate < 1e-3 } else { false } }
        #expect((40...95).contains(low))
    }

    @Test func drawsStopWhenAllIsDrawn() throws {
        let configurations = try plan(.random, [Self.filters, Self.batch], trials: 50).configurations
        #expect(configurations.count == 6 && Set(configurations).count == 6)
    }

    /// A dimension or a trial more moves no other draw; another seed moves all.
    @Test func drawsDependOnSeedNumberAndName() throws {
        let some = try plan(.random, [Self.rate], trials: 5).configurations
        let more = try plan(.random, [Self.share, Self.rate], trials: 9).configurations
        #expect(some == more.prefix(5).map { [$0[1]] })
        #expect(try plan(.random, [Self.rate], trials: 5, seed: 2).configurations != some)
    }

    @Test func whatCannotBeSearchedIsRefused() {
        func refusal(_ dimensions: [SearchDimension], trials: Int? = nil) -> SearchError? {
            do throws(SearchError) {
                _ = try SearchPlan(.grid, dimensions, trials: trials, epochs: 1, seed: 1)
                return nil
            } catch { return error }
        }
        #expect(refusal([]) == .nothingToTry)
        #expect(refusal([Self.rate, SearchDimension("a", .choices([]))]) == .noValues("a", 1))
        #expect(refusal([SearchDimension("a", .choices(["1", "2", "1"]))]) == .repeatedValue("a", 0))
        #expect(
            refusal([SearchDimension("a", .numbers(0...1, isLogarithmic: true))]) == .notLogarithmic("a", 0))
        #expect(
            refusal([SearchDimension("a", .integers(-1...1, isLogarithmic: true))])
                == .notLogarithmic("a", 0))
        #expect(refusal([Self.rate, Self.batch], trials: 3) == .gridTooLarge(trials: 4, allowed: 3))
        let wide = (0..<80).map { SearchDimension("d\($0)", .choices(["a", "b"])) }
        #expect(refusal(wide) == .gridTooLarge(trials: .max, allowed: SearchPlan.mostTrials))
    }

    /// Trials and epochs of each rung; the first and the last row are those of Hyperband's table (Li et al., 2018).
    @Test(arguments: [
        (81, 81, 3, [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)]), (9, 9, 3, [(9, 1), (3, 3), (1, 9)]),
        (20, 10, 3, [(20, 1), (6, 3), (2, 10)]), (4, 2, 2, [(4, 1), (2, 2)]), (10, 1, 3, [(10, 1)]),
        (1, 27, 3, [(1, 27)]), (2, 27, 3, [(2, 27)]), (5, 100, 5, [(5, 20), (1, 100)]),
    ])
    func halvingKeepsOnePartForAsManyTimesTheEpochs(
        _ trials: Int, _ epochs: Int, _ factor: Int, _ rungs: [(Int, Int)]
    ) {
        let found = Rung.halving(trials: trials, epochs: epochs, factor: factor)
        #expect(found == rungs.map { Rung(trials: $0.0, epochs: $0.1) })
        // No rung costs more than the whole of one more trial above the last.
        #expect(found.allSatisfy { $0.trials * $0.epochs <= trials * epochs })
    }
}
