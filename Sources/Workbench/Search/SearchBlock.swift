import CommandLanguage
import Search

/// What a search varies, as its block says: each name's values, and what the name means.
struct SearchBlock {
    /// A dimension with the values of its choices, which the search only knows as typed.
    struct Entry {
        let dimension: SearchDimension
        let choices: [Value]
        /// Whether it is a variable that declarations read; else a command that takes the value.
        let isVariable: Bool

        func value(_ value: SearchValue) -> Value {
            switch value {
            case .number(let number): .number(number)
            case .choice(let index): choices[index]
            }
        }

        /// As it stands in tables and in the run store: `rate=0.003`.
        func words(_ value: SearchValue) -> String { "\(dimension.name)=\(self.value(value).literal)" }

        /// The command with the value: a text is typed as it is, so that it may have arguments.
        func statement(_ value: SearchValue) -> String {
            if case .text(let text) = self.value(value) { return "\(dimension.name) \(text)" }
            return "\(dimension.name) \(self.value(value).literal)"
        }
    }

    let entries: [Entry]

    /// What a dimension can be besides a variable, in the order in which commands are run.
    static let settings = declaringCommands.map(\.signature).filter { $0.name != "seed" }

    /// - Throws: `SearchRefusal` at the statement that cannot be.
    init(_ calls: [Call], reading declarations: Declarations) throws {
        let variables = declarations.inputs
        var entries: [Entry] = []
        for (index, call) in calls.enumerated() {
            let name = call.path[0]
            guard !entries.contains(where: { $0.dimension.name == name }) else {
                throw SearchRefusal.repeatedDimension(name, index: index)
            }
            let isVariable = variables.contains(name)
            guard isVariable || Self.settings.contains(where: { $0.name == name }) else {
                throw SearchRefusal.unknownDimension(
                    name, variables: variables, index: index)
            }
            let (domain, choices) = try Self.domain(of: name, call.list("values"), index)
            let entry = Entry(
                dimension: SearchDimension(name, domain), choices: choices, isVariable: isVariable)
            if !isVariable { try Self.check(entry, index) }
            entries.append(entry)
        }
        self.entries = entries
    }

    var dimensions: [SearchDimension] { entries.map(\.dimension) }

    // MARK: Values

    private static func domain(
        of name: String, _ values: [Value], _ index: Int
    ) throws(SearchRefusal) -> (Domain, [Value]) {
        switch (values.first, values.dropFirst().first, values.count) {
        case (.list(let elements), _, 1): return (try choices(elements, name, index), elements)
        case (.range(let lower, let upper), _, 1): return (range(lower, upper, scale: nil), [])
        case (.text(let scale), .range(let lower, let upper), 2) where ["log", "linear"].contains(scale):
            return (range(lower, upper, scale: scale), [])
        case (let value?, _, 1): return (try choices([value], name, index), [value])
        default:
            let found = values.map(\.literal).joined(separator: " ")
            throw .badDimension(name, "`\(found)` says nothing to choose from", index: index)
        }
    }

    private static func choices(_ values: [Value], _ name: String, _ index: Int) throws(SearchRefusal)
        -> Domain
    {
        for value in values {
            switch value {
            case .nothing, .record:
                throw .badDimension(name, "\(value.kindName) cannot be tried", index: index)
            case .number, .boolean, .text, .size, .range, .list: break
            }
        }
        return .choices(values.map(\.literal))
    }

    /// Whole ends make whole numbers, unless `linear` asks for all between.
    private static func range(_ lower: Double, _ upper: Double, scale: String?) -> Domain {
        if scale != "linear", let first = Int(exactly: lower), let last = Int(exactly: upper) {
            return .integers(first...last, isLogarithmic: scale == "log")
        }
        return .numbers(lower...upper, isLogarithmic: scale == "log")
    }

    /// Whether the command takes every choice, or both ends of a range.
    private static func check(_ entry: Entry, _ index: Int) throws(SearchRefusal) {
        let values: [SearchValue] =
            switch entry.dimension.domain {
            case .choices(let choices): choices.indices.map { .choice($0) }
            case .numbers(let range, _): [.number(range.lowerBound), .number(range.upperBound)]
            case .integers(let range, _):
                [.number(Double(range.lowerBound)), .number(Double(range.upperBound))]
            }
        for value in values {
            do throws(Diagnostic) {
                _ = try RecordedStatement.call(of: entry.statement(value), in: Session.catalog)
            } catch {
                throw .badValue(entry.dimension.name, error.message, hint: error.hint, index: index)
            }
        }
    }
}
