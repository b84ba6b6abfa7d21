import CommandLanguage
import Testing

@testable import Lessons

struct PredictionTests {
    private static func expression(_ text: String) -> LessonExpression {
        LessonExpression(text, file: "", line: 1)
    }
    private static let options = ["small", "middle", "large"].map {
        Prediction.Option(text: $0, expression: expression("($0)"))
    }
    static let number = Prediction(question: [], kind: .number(expression("($a)"), tolerance: 0.05))
    static let choice = Prediction(question: [], kind: .choice(options))
    static let order = Prediction(question: [], kind: .order(options))

    @Test(
        arguments: [
            (number, "0.8", .number(0.8)), (number, " 80 % ", .number(0.8)), (number, "0,8", .number(0.8)),
            (number, "-1e-3", .number(-0.001)),
            (number, "nan", nil), (number, "much", nil), (number, "", nil),
            (choice, "b", .choice(1)), (choice, "3", .choice(2)), (choice, "C", .choice(2)),
            (choice, "d", nil),
            (choice, "0", nil), (choice, "small", nil),
            (order, "c a b", .order([2, 0, 1])), (order, "c,a,b", .order([2, 0, 1])),
            (order, "cab", .order([2, 0, 1])),
            (order, "3 > 1 > 2", .order([2, 0, 1])), (order, "a b", nil), (order, "a a b", nil),
        ] as [(Prediction, String, Prediction.Guess?)])
    func guessesAreRead(prediction: Prediction, text: String, guess: Prediction.Guess?) {
        #expect(prediction.guess(from: text) == guess)
    }

    @Test(arguments: [
        (number, "maybe", "`maybe` is no guess here"), (choice, "7", "`7` is no guess here"),
        (order, "1 2", "`1 2` puts 2 of 3 in order"), (order, "a a b", "`a a b` puts 2 of 3 in order"),
        (order, "a b d", "`a b d` is no guess here"),
    ])
    func whatIsNoGuessIsExplained(prediction: Prediction, text: String, fault: String) {
        #expect(prediction.guess(from: text) == nil)
        #expect(prediction.fault(in: text) == fault)
    }

    @Test(
        arguments: [
            (number, .number(0.8), [.number(0.84)], true), (number, .number(0.8), [.number(0.86)], false),
            (choice, .choice(1), [.boolean(false), .boolean(true), .boolean(false)], true),
            (choice, .choice(0), [.boolean(false), .boolean(true), .boolean(false)], false),
            (order, .order([2, 0, 1]), [.number(2), .number(1), .number(3)], true),
            (order, .order([0, 2, 1]), [.number(2), .number(1), .number(3)], false),
        ] as [(Prediction, Prediction.Guess, [Value], Bool)])
    func guessesAreScored(prediction: Prediction, guess: Prediction.Guess, values: [Value], isRight: Bool)
        throws
    {
        #expect(try #require(prediction.score(guess, values)).isRight == isRight)
    }

    @Test func whatCannotBeScoredIsNot() {
        #expect(Self.number.score(.number(1), [.text("a")]) == nil)
        #expect(Self.choice.score(.choice(0), [.boolean(false), .boolean(false), .boolean(false)]) == nil)
        #expect(Self.order.score(.order([0, 1, 2]), [.number(1), .number(2), .nothing]) == nil)
    }
}
