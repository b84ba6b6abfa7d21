import Tensors
import Testing

@testable import Diagnosis

struct DistributionTests {
    /// Whatever the range that they are drawn over, all numbers are somewhere in it.
    @Test(arguments: [0...1, -1...2, -0.3...1.7, -50...1] as [ClosedRange<Float>], [1, 7, 16, 200])
    func nothingIsLost(range: ClosedRange<Float>, bins: Int) throws {
        let values = (0..<1000).map { Float($0) / 999 }
        let distribution = try #require(Distribution(of: Tensor([1000], values)))
        let shares = distribution.shares(bins: bins, over: range)
        #expect(shares.count == bins && abs(shares.reduce(0, +) - 1) < 1e-9)
        #expect(shares.allSatisfy { $0 >= 0 })
        // Evenly spread: what lies below a mark is as long as what is there of the range.
        let middle = 0.5 * (Double(range.lowerBound) + Double(range.upperBound))
        if bins % 2 == 0 {
            let lower = shares[..<(bins / 2)].reduce(0, +)
            #expect(abs(lower - min(max(middle, 0), 1)) < 0.01)
        }
    }

    @Test func equalNumbersAreInOneBin() throws {
        let distribution = try #require(Distribution(of: Tensor([3], [2, 2, 2])))
        #expect(distribution.shares(bins: 4, over: 0...4) == [0, 0, 1, 0])
        #expect(distribution.shares(bins: 2, over: 0...2) == [0, 1])
    }

    @Test func whatIsNotFiniteDoesNotCount() throws {
        #expect(Distribution(of: Tensor([2], [.nan, .infinity])) == nil)
        let some = try #require(Distribution(of: Tensor([3], [.nan, 0, 1])))
        #expect(some.range == 0...1 && some.shares(bins: 2, over: 0...1) == [0.5, 0.5])
    }
}
