/// The numbers an argument takes; prints as `0..<1`, `> 0` or `any number`.
package struct NumberRange: Sendable, Hashable, CustomStringConvertible {
    /// Nil: no bound on this side.
    package var lower: Double?
    package var upper: Double?
    package var includesLower: Bool
    package var includesUpper: Bool

    private init(_ lower: Double?, _ upper: Double?, _ includesLower: Bool, _ includesUpper: Bool) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower
        self.includesUpper = includesUpper
    }

    /// Every finite number.
    package static let any = NumberRange(nil, nil, false, false)
    package static func above(_ bound: Double) -> NumberRange { NumberRange(bound, nil, false, false) }
    package static func atLeast(_ bound: Double) -> NumberRange { NumberRange(bound, nil, true, false) }
    package static func within(_ range: ClosedRange<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, true)
    }
    package static func within(_ range: Range<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, false)
    }

    /// Whether the number is finite and between the bounds.
    package func contains(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        if let lower, includesLower ? number < lower : number <= lower { return false }
        if let upper, includesUpper ? number > upper : number >= upper { return false }
        return true
    }

    /// As in help and errors: `0..<1`, `> 0`, `any number`.
    package var description: String {
        switch (lower, upper) {
        case (nil, nil): "any number"
        case (let lower?, nil): (includesLower ? ">= " : "> ") + lower.literal
        case (nil, let upper?): (includesUpper ? "<= " : "< ") + upper.literal
        case (let lower?, let upper?):
            lower.literal + (includesLower ? ".." : "<..") + (includesUpper ? "" : "<") + upper.literal
        }
    }
}
