#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A function for expressions: `min($a, $b)`.
struct Function: Sendable {
    /// What a function does not take; the place is added by the evaluator.
    struct Problem: Error {
        let takes: String
        let found: Value
    }

    let name: String
    /// As it is typed: `round(x, digits)`.
    let usage: String
    let summary: String
    let arity: ClosedRange<Int>
    let apply: @Sendable ([Value]) throws(Problem) -> Value

    static let all: [Function] = [
        number("abs", "The value without its sign.") { abs($0) },
        number("floor", "The next whole number below.") { $0.rounded(.down) },
        number("ceil", "The next whole number above.") { $0.rounded(.up) },
        Function(
            name: "round", usage: "round(x, digits)",
            summary: "The nearest number with so many decimals (0).",
            arity: 1...2
        ) { (arguments) throws(Problem) in
            let number = try number(arguments[0])
            guard arguments.count > 1 else { return .number(number.rounded()) }
            let digits = try Self.number(arguments[1])
            guard (0...15).contains(digits) else { throw Problem(takes: "0..15 digits", found: arguments[1]) }
            let scale = pow(10, digits.rounded())
            let rounded = (number * scale).rounded() / scale
            return .number(rounded.isFinite ? rounded : number)
        },
        number("sqrt", "The square root.", takes: .atLeast(0).ofAnySize) { $0.squareRoot() },
        number("exp", "e to the power x.") { exp($0) },
        number("log", "The natural logarithm.", takes: .above(0).ofAnySize) { log($0) },
        number("log10", "The logarithm to base 10.", takes: .above(0).ofAnySize) { log10($0) },
        number("log2", "The logarithm to base 2.", takes: .above(0).ofAnySize) { log2($0) },
        overNumbers("min", "The least of its arguments, or of a list.") { $0.min() ?? .nan },
        overNumbers("max", "The greatest of its arguments, or of a list.") { $0.max() ?? .nan },
        overNumbers("sum", "The sum of its arguments, or of a list.") { $0.reduce(0, +) },
        overNumbers("mean", "The mean of its arguments, or of a list.") {
            $0.reduce(0, +) / Double($0.count)
        },
        Function(
            name: "length", usage: "length(x)",
            summary: "How many elements a list, numbers a range, extents a size or characters a text has.",
            arity: 1...1
        ) { (arguments) throws(Problem) in
            guard let count = arguments[0].count else {
                throw Problem(
                    takes: "a list, a range of whole numbers, a size or a text", found: arguments[0])
            }
            return .number(count)
        },
        Function(
            name: "finite", usage: "finite(x)",
            summary: "Whether a number is neither infinite nor not-a-number.",
            arity: 1...1
        ) { (arguments) throws(Problem) in
            guard case .number(let number) = arguments[0] else {
                throw Problem(takes: "a number", found: arguments[0])
            }
            return .boolean(number.isFinite)
        },
    ]

    static func named(_ name: String) -> Function? { all.first { $0.name == name } }

    private static func number(
        _ name: String, _ summary: String, takes range: NumberRange = .any.ofAnySize,
        _ body: @escaping @Sendable (Double) -> Double
    ) -> Function {
        Function(name: name, usage: "\(name)(x)", summary: summary, arity: 1...1) {
            (arguments) throws(Problem) in
            let number = try number(arguments[0])
            // A loss that is not a number stays one; only the function's own limits are errors.
            guard !number.isFinite || range.contains(number) else {
                throw Problem(takes: "a number \(range)", found: arguments[0])
            }
            return .number(body(number))
        }
    }

    private static func overNumbers(
        _ name: String, _ summary: String, _ body: @escaping @Sendable ([Double]) -> Double
    ) -> Function {
        Function(name: name, usage: "\(name)(x, ...)", summary: summary, arity: 1...Int.max) {
            (arguments) throws(Problem) in
            var elements = arguments
            if case .list(let list) = arguments[0], arguments.count == 1 { elements = list }
            guard !elements.isEmpty else { throw Problem(takes: "at least one number", found: arguments[0]) }
            var numbers: [Double] = []
            for element in elements { numbers.append(try number(element)) }
            return .number(body(numbers))
        }
    }

    private static func number(_ value: Value) throws(Problem) -> Double {
        guard case .number(let number) = value else { throw Problem(takes: "numbers", found: value) }
        return number
    }
}
