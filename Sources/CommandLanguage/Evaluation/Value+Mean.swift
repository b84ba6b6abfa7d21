extension Value {
    /// The mean of values of the same make: of numbers their mean, of lists and records the means of their elements, as
    /// far as all have them; of anything else the first.
    ///
    /// - Precondition: there is at least one.
    package static func mean(of values: [Value]) -> Value {
        switch values[0] {
        case .number:
            let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
            return .number(numbers.reduce(0, +) / Double(numbers.count))
        case .list:
            let lists = values.compactMap { if case .list(let elements) = $0 { elements } else { nil } }
            let count = lists.map(\.count).min() ?? 0
            return .list((0..<count).map { index in mean(of: lists.map { $0[index] }) })
        case .record(let first):
            let records = values.compactMap { if case .record(let record) = $0 { record } else { nil } }
            return .record(
                first.names.reduce(into: Record()) { result, name in
                    let fields = records.compactMap { $0[name] }
                    if fields.count == values.count { result[name] = mean(of: fields) }
                })
        default: return values[0]
        }
    }
}
