import Search
import Testing

@Suite struct ComparisonTests {
    /// Quantiles of Student's t as tables have them; 1 degree of freedom is Cauchy's: tan(pi (p - 1/2)).
    @Test(arguments: [
        (1, 0.975, 12.706204736), (2, 0.975, 4.302652730), (3, 0.975, 3.182446305), (4, 0.975, 2.776445105),
        (9, 0.975, 2.262157163), (29, 0.975, 2.045229642), (99, 0.975, 1.984216952),
        (1000, 0.975, 1.962339081),
        (4, 0.95, 2.131846786), (4, 0.995, 4.604094871), (4, 0.5, 0), (4, 0.025, -2.776445105),
        (1, 0.75, 1), (2, 0.999, 22.32712477),
    ])
    func quantilesAreThoseOfTables(_ degrees: Int, _ share: Double, _ expected: Double) {
        let found = StudentT(degrees: degrees).quantile(share)
        #expect(abs(found - expected) < 2e-9 * max(abs(expected), 1))
    }

    @Test(arguments: [1, 2, 5, 30], [-3, -0.5, 0, 0.1, 2, 6.0])
    func probabilityUndoesTheQuantile(_ degrees: Int, _ t: Double) {
        let student = StudentT(degrees: degrees)
        let share = student.probability(below: t)
        #expect(abs(share + student.probability(below: -t) - 1) < 1e-14)
        #expect(abs(student.quantile(share) - t) < 1e-7 * max(abs(t), 1))
    }

    /// By hand: mean 3, deviation sqrt(2.5), t 2.7764.
    @Test func theIntervalIsStudents() throws {
        let difference = PairedDifference([1, 2, 3, 4, 5])
        let interval = try #require(difference.interval)
        #expect(difference.mean == 3)
        #expect(abs(interval.lowerBound - 1.036756838522439) < 1e-12)
        #expect(abs(interval.upperBound - 4.963243161477561) < 1e-12)
    }

    @Test func oneNumberOrNoneAtAllHasNoInterval() {
        #expect(PairedDifference([0.5]).interval == nil)
        #expect(PairedDifference([0.5, .nan]).interval == nil)
        #expect(PairedDifference([0.5, .infinity]).interval == nil)
        #expect(PairedDifference([0.5, 0.5]).interval == 0.5...0.5)
    }
}
