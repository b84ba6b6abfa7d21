import Testing

@testable import CommandLanguage

@Test(arguments: [
    (0, "0"), (-0.0, "0"), (3, "3"), (-12, "-12"), (0.1 + 0.2, "0.3"), (2.0 / 3, "0.666667"),
    (123_456.789, "123457"),
    (1_234_567.89, "1234570"), (1e-5, "1e-5"), (0.000123456789, "0.000123457"), (1e20, "1e20"),
    (1.5e300, "1.5e300"),
    (1e-305, "1e-305"), (-.infinity, "-inf"), (.nan, "nan"), (123_456_789, "123456789"), (0.5, "0.5"),
])
func numbersHaveSensibleDigits(_ number: Double, _ text: String) {
    #expect(number.sixDigits == text)
}

@Test(arguments: [(2.81875, "2.82"), (2391.75, "2390"), (0.00045678, "0.000457"), (45, "45"), (1234, "1234")])
func fewerDigitsAreRounded(_ number: Double, _ text: String) {
    #expect(number.significant(3) == text)
}

@Test func literalsReadBackAsTheSameNumber() throws {
    var generator = SeededGenerator(state: 1)
    for _ in 0..<2000 {
        let number = Double(bitPattern: generator.next())
        guard number.isFinite else { continue }
        let tokens = Lexer.read(number.literal).tokens
        guard case .number(let read) = tokens[0].kind, tokens.count == 2 else {
            Issue.record("\(number.literal) is no number")
            continue
        }
        #expect(read == number)
    }
}

@Test(arguments: [
    (Value.list((1...30).map { .number(Double($0)) }), "[1, 2, 3, 4, 5, 6, 7, 8, ... (21 more), 30]"),
    (.list([.list([.list([.list([.list([])]), .list([.list([.number(1)])])])])]), "[[[[[]], [[1 value]]]]]"),
    (.list([.text("a"), .list([.number(1)])]), "[\"a\", [1]]"), (.list([]), "[]"), (.record(Record()), "{}"),
    (.record(Record(["a": .number(1), "b": .record(Record(["c": .nothing]))])), "{ a: 1, b: { c } }"),
    (.record(Record(["a": .list((1...9).map { .number(Double($0)) })])), "{ a: [9 values] }"),
    (.size([2, 3]), "2x3"), (.range(0.5, 2), "0.5..2"), (.nothing, "nothing"), (.text("a b"), "a b"),
    (.boolean(true), "true"),
])
func valuesAreAbbreviated(_ value: Value, _ text: String) {
    #expect(value.formatted == text)
}

@Test(arguments: [("abc", 3), ("é", 1), ("e\u{301}", 1), ("中文", 4), ("😀", 2), ("", 0), ("\u{200D}", 0)])
func widthCountsColumns(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
}

@Test(
    arguments: [
        ("momentun", "momentum"), ("trian", "train"), ("Train", "train"), ("con", "conv"),
        ("optimiser", "optimizer"), ("x", nil),
        ("xyzzy", nil), ("a", nil), ("lr", nil), ("trainnnnn", nil),
    ] as [(String, String?)])
func theNearestWordIsOnlyAFewSlipsAway(_ word: String, _ expected: String?) {
    #expect(nearest(to: word, among: ["momentum", "train", "conv", "optimizer", "b"]) == expected)
}

@Test(arguments: [
    ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ab", "ba", 1),
    ("ca", "abc", 3),
])
func distanceCountsSlips(_ a: String, _ b: String, _ distance: Int) {
    #expect(editDistance(a, b) == distance)
    #expect(editDistance(b, a) == distance)
}
