/// The numbers an argument takes; prints as `0..<1`, `> 0` or `any number`.
package struct NumberRange: Sendable, Hashable, CustomStringConvertible {
    /// Nil: no bound on this side.
    package let lower: Double?
    package let upper: Double?
    package let includesLower: Bool
    package let includesUpper: Bool
    /// How large numbers other than 0 may be, whatever their sign; nil: as large or small as they like.
    private(set) var magnitudes: ClosedRange<Double>? = NumberRange.computable

    /// What single precision computes with, and its squares nearly so: beyond, a rate turns into 0 or infinity.
    private static let computable = 1e-30...1e30

    private init(_ lower: Double?, _ upper: Double?, _ includesLower: Bool, _ includesUpper: Bool) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower
        self.includesUpper = includesUpper
    }

    /// Every number of a size that can be computed with.
    package static let any = NumberRange(nil, nil, false, false)
    package static func above(_ bound: Double) -> NumberRange { NumberRange(bound, nil, false, false) }
    package static func atLeast(_ bound: Double) -> NumberRange { NumberRange(bound, nil, true, false) }
    package static func within(_ range: ClosedRange<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, true)
    }
    package static func within(_ range: Range<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, true, false)
    }

    /// The same bounds for numbers that stay double precision: 1e-300 is above 0.
    package var ofAnySize: NumberRange {
        var range = self
        range.magnitudes = nil
        return range
    }

    /// Whether the number is finite, between the bounds and of a size that can be computed with.
    package func contains(_ number: Double) -> Bool {
        isWithinBounds(number) && magnitudes.map { number == 0 || $0.contains(abs(number)) } ?? true
    }

    private func isWithinBounds(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        if let lower, includesLower ? number < lower : number <= lower { return false }
        if let upper, includesUpper ? number > upper : number >= upper { return false }
        return true
    }

    /// What a number between the bounds lacks: "between 1e-30 and 1e30 in size"; nil if it lacks nothing, or if the
    /// bounds say it already.
    func sizeNeeded(insteadOf number: Double) -> String? {
        guard let magnitudes, isWithinBounds(number), !contains(number) else { return nil }
        return (isWithinBounds(0) ? "0, or " : "")
            + "between \(magnitudes.lowerBound.literal) and \(magnitudes.upperBound.literal) in size"
    }

    /// As in help and errors: `0..<1`, `> 0`, `any number`.
    package var description: String {
        switch (lower, upper) {
        case (nil, nil): "any number"
        case (let lower?, nil): (includesLower ? ">= " : "> ") + lower.literal
        case (nil, let upper?): (includesUpper ? "<= " : "< ") + upper.literal
        case (let lower?, let upper?):
            lower.literal + ".." + (includesUpper ? "" : "<") + upper.literal
        }
    }
}
