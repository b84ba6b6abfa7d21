import Tensors
import Testing

struct RandomStreamTests {
    @Test func theNthNumberDependsOnKeyAndNumberOnly() {
        var stream = RandomStream(seed: 1, name: "init")
        let numbers = (0..<10).map { _ in stream.next() }
        var later = RandomStream(key: stream.key, counter: 7)
        #expect((0..<3).map { _ in later.next() } == Array(numbers[7...]))
        #expect(Set(numbers).count == 10)
    }

    /// Saved states and documented results depend on these: a change of the algorithm is a change of the format.
    @Test func numbersNeverChange() {
        var stream = RandomStream(seed: 1, name: "init")
        #expect([stream.next(), stream.next()] == [0xdddbf783a6194863, 0x75c68d3370d665d3])
        #expect(stream.derived("conv1.weight").key == 0x72c41e6956303983)
        var shuffle = RandomStream(seed: 1, name: "shuffle")
        #expect(shuffle.permutation(of: 8) == [0, 5, 3, 4, 7, 1, 6, 2])
    }

    @Test func seedsNamesAndPartsGiveStreamsOfTheirOwn() {
        var keys: Set<UInt64> = []
        for seed in 0..<20 as Range<UInt64> {
            for name in ["init", "shuffle", "augment", "dropout", "split"] {
                let stream = RandomStream(seed: seed, name: name)
                keys.insert(stream.key)
                for part in 0..<20 as Range<UInt64> { keys.insert(stream.derived(part).key) }
                for part in ["conv1.weight", "conv1.bias"] { keys.insert(stream.derived(part).key) }
            }
        }
        #expect(keys.count == 20 * 5 * 23)
    }

    @Test func uniformNumbersFillTheirRange() {
        var stream = RandomStream(key: 1)
        let numbers = (0..<20_000).map { _ in stream.uniform() }
        #expect(numbers.allSatisfy { (0..<1).contains($0) })
        var bins = [Int](repeating: 0, count: 10)
        for number in numbers { bins[Int(number * 10)] += 1 }
        // Five standard errors of 2000.
        #expect(bins.allSatisfy { abs($0 - 2000) < 5 * 43 }, "\(bins)")
        var range = RandomStream(key: 1)
        #expect((0..<100).allSatisfy { _ in (-2...3).contains(range.uniform(in: -2...3)) })
    }

    @Test func normalNumbersHaveTheMomentsOfANormalDistribution() {
        var stream = RandomStream(key: 3)
        let numbers = stream.normal([40_000], deviation: 2).scalars.map { Double($0) / 2 }
        func moment(_ power: Int) -> Double {
            numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { p, _ in p * x } }
                / Double(numbers.count)
        }
        // Expected 0, 1, 0, 3, each within five standard errors: sqrt of 1, 2, 15 and 96 / n.
        let error = 5 / Double(numbers.count).squareRoot()
        #expect(abs(moment(1)) < error)
        #expect(abs(moment(2) - 1) < error * 2.0.squareRoot())
        #expect(abs(moment(3)) < error * 15.0.squareRoot())
        #expect(abs(moment(4) - 3) < error * 96.0.squareRoot())
        // Neighbours share an angle and a radius in many an implementation.
        let products =
            zip(numbers, numbers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(numbers.count)
        #expect(abs(products) < error)
    }

    @Test(arguments: [0, 1, 2, 3, 100])
    func permutationsHoldEveryNumberOnce(count: Int) {
        var stream = RandomStream(key: 1)
        #expect(stream.permutation(of: count).sorted() == Array(0..<count))
    }

    @Test func allPermutationsAreEquallyLikely() {
        var stream = RandomStream(key: 5)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6000 { counts[stream.permutation(of: 3), default: 0] += 1 }
        #expect(counts.count == 6)
        // Five standard errors of 1000.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 5 * 29 }, "\(counts)")
    }
}
