extension Value {
    /// What `$x.name` may ask for.
    var fieldNames: [String] {
        switch self {
        case .record(let record): record.names
        case .list: ["count", "first", "last", "min", "max", "mean"]
        case .range(let lower, let upper):
            ["lower", "upper"]
                + (Sequences.wholeNumbers(lower, upper) == nil ? [] : ["count", "first", "last"])
        case .size, .text: ["count"]
        case .nothing, .number, .boolean: []
        }
    }

    /// How many elements, whole numbers, extents or characters it has. Not an `Int`: a range may have more.
    var count: Double? {
        switch self {
        case .list(let elements): Double(elements.count)
        case .range(let lower, let upper) where Sequences.wholeNumbers(lower, upper) != nil: upper - lower + 1
        case .size(let extents): Double(extents.count)
        case .text(let text): Double(text.count)
        default: nil
        }
    }

    /// A field, or nil if there is none: of a record its own; a list or a range of whole
    /// numbers has `last` and its like.
    func field(_ name: String) -> Value? {
        switch (self, name) {
        case (.record(let record), _): return record[name]
        case (.range(let lower, _), "lower"): return .number(lower)
        case (.range(_, let upper), "upper"): return .number(upper)
        case (.range(let lower, _), "first") where count != nil: return .number(lower)
        case (.range(_, let upper), "last") where count != nil: return .number(upper)
        case (.list(let elements), "first"): return elements.first
        case (.list(let elements), "last"): return elements.last
        case (.list, "min"), (.list, "max"), (.list, "mean"):
            guard let function = Function.named(name) else { return nil }
            return try? function.apply([self])
        case (_, "count"): return count.map { .number($0) }
        default: return nil
        }
    }

    /// An element by its index from 0, or from the end by -1, -2, ...; a field of a record by its name.
    func element(at index: Value) -> Result<Value, ScriptError.Kind> {
        switch (self, index) {
        case (.record(let record), .text(let name)):
            return record[name].map { .success($0) } ?? .failure(.noField(name, in: self))
        case (.list(let elements), .number(let number)):
            return Self.element(number, of: elements.count, index) { elements[$0] }
        case (.size(let extents), .number(let number)):
            return Self.element(number, of: extents.count, index) { .number(Double(extents[$0])) }
        default:
            return .failure(.badIndex(index, of: self))
        }
    }

    private static func element(
        _ number: Double, of count: Int, _ index: Value, _ element: (Int) -> Value
    ) -> Result<Value, ScriptError.Kind> {
        guard let position = Int(exactly: number) else { return .failure(.badIndex(index, of: .list([]))) }
        let fromStart = position < 0 ? position + count : position
        guard fromStart >= 0, fromStart < count else {
            return .failure(.noElement(index: position, count: count))
        }
        return .success(element(fromStart))
    }
}

extension ScriptError.Kind: Error {}
