/// What `for` and `repeat` can go through.
enum Sequences {
    /// The elements of a list, the whole numbers of a range or the extents of a size; nil for anything else. Lazy,
    /// so that `1..1e12` takes no room.
    static func elements(of value: Value) -> (any Sequence<Value>)? {
        switch value {
        case .list(let elements): elements
        case .size(let extents): extents.map { Value.number(Double($0)) }
        case .range(let lower, let upper):
            wholeNumbers(lower, upper)?.lazy.map { Value.number(Double($0)) }
        default: nil
        }
    }

    /// The numbers of a range, nil if its ends are not whole.
    static func wholeNumbers(_ lower: Double, _ upper: Double) -> ClosedRange<Int>? {
        guard let first = Int(exactly: lower), let last = Int(exactly: upper) else { return nil }
        return first...last
    }

    /// How many turns, or nil if the value is no whole number from 0.
    static func count(_ value: Value) -> Int? {
        guard case .number(let number) = value, let count = Int(exactly: number), count >= 0 else {
            return nil
        }
        return count
    }
}
