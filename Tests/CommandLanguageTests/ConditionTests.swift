import CommandLanguage
import Testing

/// Conditions that a command evaluates, with several values of what they read.
@Suite struct ConditionTests {
    private static let values: [String: Value] = ["a": .number(3), "b": .number(1), "flag": .boolean(true)]

    @Test(
        arguments: [
            ("$a > $b", true, 2.0), ("$a < $b", false, -2), ("$a >= 3", true, 0), ("$b + 1 <= $a", true, 1),
            ("$a == 3", true, nil), ("$flag", true, nil), ("$a > 1 and $b > 1", false, nil),
            ("not ($a > $b)", false, nil),
            ("($a > $b)", true, 2),
        ] as [(String, Bool, Double?)])
    func holdsByHowMuch(_ text: String, _ holds: Bool, _ excess: Double?) throws {
        let condition = try #require(Condition(text))
        #expect(try condition.holds { Self.values[$0] } == holds)
        #expect(try condition.excess { Self.values[$0] } == excess)
    }

    @Test(arguments: [
        ("$a > $b", ["a", "b"], true), ("$a > $b", ["a"], false), ("$a - $b > 0", ["a", "b"], false),
        ("$a == $b", ["a", "b"], false), ("$a > $b and $a > 0", ["a", "b"], false),
    ])
    func comparesWhatBothSidesRead(_ text: String, _ names: [String], _ compares: Bool) throws {
        #expect(try #require(Condition(text)).compares(names) == compares)
    }

    @Test(arguments: ["$a + 1", "$c > 1", "$flag > 1", "$a.loss > 1"])
    func whatCannotBeComputedIsAProblem(_ text: String) throws {
        let condition = try #require(Condition(text))
        #expect(throws: Formula.Problem.self) { try condition.holds { Self.values[$0] } }
    }

    @Test func itTellsWhatItSaw() throws {
        let condition = try #require(Condition("$a > 2 * $b"))
        #expect(condition.variables == ["a", "b"])
        #expect(condition.observed { Self.values[$0] }.map(\.text) == ["$a", "2 * $b"])
        #expect(condition.observed { Self.values[$0] }.map(\.value) == [.number(3), .number(2)])
        #expect(Condition("$a >") == nil)
    }

    @Test func anArgumentIsItsTextAndReadsTheBlocks() {
        let session = Session()
        _ = session.run("fork when=($a.loss < 1) a { train 1 }")
        #expect(session.workshop.calls.first { $0.path == ["fork"] }?.text("when") == "$a.loss < 1")
        #expect(session.errors("fork when=($z.loss < 1) a { train 1 }").contains("nothing is named `$z`"))
        #expect(
            session.errors("fork when=3 a { train 1 }").contains(
                "`when` takes a condition, such as `($x > 1)`, not 3"))
    }

    @Test func theMeanIsOfWhatAllHave() {
        let values: [Value] = [
            .record([
                "x": .number(1), "y": .list([.number(1), .number(5)]), "word": .text("a"), "own": .number(1),
            ]),
            .record(["x": .number(3), "y": .list([.number(3)]), "word": .text("b")]),
        ]
        #expect(
            Value.mean(of: values)
                == .record(["x": .number(2), "y": .list([.number(2)]), "word": .text("a")]))
    }
}
