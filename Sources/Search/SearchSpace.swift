import Glibc
import Tensors

/// Something that a search varies: its name, and what it may be.
package struct SearchDimension: Hashable, Sendable {
    package let name: String
    package let domain: Domain

    package init(_ name: String, _ domain: Domain) {
        self.name = name
        self.domain = domain
    }
}

/// The values that a dimension may have.
package enum Domain: Hashable, Sendable {
    /// Any values, as they are typed.
    case choices([String])
    /// Real numbers, drawn evenly or, with `isLogarithmic`, so that each factor is as likely as any other.
    case numbers(ClosedRange<Double>, isLogarithmic: Bool)
    /// Whole numbers, likewise.
    case integers(ClosedRange<Int>, isLogarithmic: Bool)
}

/// One value of a dimension.
package enum SearchValue: Hashable, Sendable {
    case number(Double)
    /// The index of a choice.
    case choice(Int)
}

/// A value for each dimension, in their order.
package typealias Configuration = [SearchValue]

extension Domain {
    /// How many values there are; nil for real numbers.
    package var count: Int? {
        switch self {
        case .choices(let choices): choices.count
        case .numbers(let range, _): range.lowerBound == range.upperBound ? 1 : nil
        case .integers(let range, _): range.count
        }
    }

    /// How many points there are, if ranges are to have so many: each choice, and not more numbers than there are.
    func pointCount(_ count: Int) -> Int {
        if case .choices(let choices) = self { choices.count } else { min(count, self.count ?? count) }
    }

    /// All choices, or so many numbers from one end to the other, if there are so many.
    func points(_ count: Int) -> [SearchValue] {
        if case .choices(let choices) = self { return choices.indices.map { .choice($0) } }
        let places = pointCount(count)
        let step = places > 1 ? 1 / Double(places - 1) : 0
        var points: [SearchValue] = []
        // Rounding may make neighbours one.
        for point in (0..<places).lazy.map({ value(at: Double($0) * step) }) where point != points.last {
            points.append(point)
        }
        return points
    }

    func draw(_ random: inout RandomStream) -> SearchValue {
        switch self {
        case .choices(let choices): return .choice(random.uniform(below: choices.count))
        case .numbers: return value(at: Double(random.uniform()))
        case .integers(let range, false):
            return .number(Double(range.lowerBound + random.uniform(below: range.count)))
        case .integers(_, true): return value(at: Double(random.uniform()))
        }
    }

    /// The number at a place from 0, the lower end, to 1, the upper; four digits are as many as matter and are typed.
    private func value(at place: Double) -> SearchValue {
        switch self {
        case .choices: preconditionFailure("choices have no places between them")
        case .numbers(let range, let isLogarithmic):
            let number = Self.number(at: place, range, isLogarithmic)
            return .number(min(max(number.rounded(toDigits: 4), range.lowerBound), range.upperBound))
        case .integers(let range, let isLogarithmic):
            let ends = Double(range.lowerBound)...Double(range.upperBound)
            return .number(Self.number(at: place, ends, isLogarithmic).rounded())
        }
    }

    private static func number(
        at place: Double, _ range: ClosedRange<Double>, _ isLogarithmic: Bool
    ) -> Double {
        isLogarithmic
            ? range.lowerBound * pow(range.upperBound / range.lowerBound, place)
            : range.lowerBound + (range.upperBound - range.lowerBound) * place
    }
}

extension Double {
    fileprivate func rounded(toDigits digits: Int) -> Double {
        guard self != 0, isFinite else { return self }
        let shift = digits - 1 - Int(log10(abs(self)).rounded(.down))
        // A power below 1 is not exact: divide by its inverse.
        let scale = pow(10, Double(abs(shift)))
        return shift >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
    }
}
