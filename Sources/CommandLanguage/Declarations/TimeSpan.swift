/// Reads durations: `500ms`, `60s`, `2min`, `1.5h`.
enum TimeSpan {
    /// A longer one stands before its own end.
    private static let units = [("ms", 0.001), ("min", 60.0), ("s", 1.0), ("h", 3600.0)]

    /// Whether so many seconds are more than nothing and at most a year.
    static func contains(_ seconds: Double) -> Bool { seconds > 0 && seconds <= 366 * 86_400 }

    /// What a whole word spells, in seconds; nil if it spells no duration.
    static func seconds(_ word: String) -> Double? {
        guard let (unit, factor) = units.first(where: { word.hasSuffix($0.0) }) else { return nil }
        let digits = Array(word.utf8.dropLast(unit.utf8.count))[...]
        guard let (number, end) = NumberReader.number(digits, percent: .unlessOperandFollows),
            end == digits.endIndex, contains(number * factor)
        else { return nil }
        return number * factor
    }
}
