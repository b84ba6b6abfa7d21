/// A search that cannot be.
package enum SearchError: Error, Hashable, Sendable {
    case nothingToTry
    /// An empty list: the dimension's name and place.
    case noValues(String, Int)
    /// A list with a value twice.
    case repeatedValue(String, Int)
    /// The lower end of a logarithmic range is 0 or less.
    case logarithmOf(Double, String, Int)
    /// The smallest grid of these values, and how many trials there may be.
    case gridTooLarge(trials: Int, allowed: Int)
    /// Trials are compared by their validation images, and there are none.
    case noValidation
}

extension SearchError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch self {
        case .nothingToTry: "a search needs something to vary"
        case .noValues(let name, _): "`\(name)` has no values to try"
        case .repeatedValue(let name, _): "`\(name)` has a value twice"
        case .logarithmOf(let lower, let name, _):
            "the range of `\(name)` begins at \(lower), and a logarithmic one begins above 0"
        case .gridTooLarge(let trials, let allowed):
            "the smallest grid has \(trials) trials, and \(allowed) are allowed"
        case .noValidation: "trials are compared by validation images, and the data has none"
        }
    }

    /// Which dimension is at fault.
    package var dimension: Int? {
        switch self {
        case .noValues(_, let index), .repeatedValue(_, let index), .logarithmOf(_, _, let index): index
        case .nothingToTry, .gridTooLarge, .noValidation: nil
        }
    }

    package var description: String { message }
}
