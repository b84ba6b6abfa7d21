import Tensors

/// A change of a network that cannot be made. Nothing has changed.
package enum EditError: Error, Hashable, Sendable {
    /// A layer does not fit where it would stand then.
    case shape(ShapeError)
    /// No layer would be left.
    case empty
    /// What a layer has learned is of another shape than it would need.
    case misfit(layer: String, tensor: String, found: Shape, needed: Shape)
    /// A layer without a number of filters or units of its own; `declaring` are those that its channels come from.
    case noFilters(layer: String, declaring: [String])
    case fixed(layer: String, Fixed)
    /// The number is not one that so many groups can share.
    case groups(layer: String, count: Int, groups: Int)
    /// The layer has as many already.
    case unchanged(layer: String, count: Int)

    /// Why a number of channels cannot change.
    package enum Fixed: Hashable, Sendable {
        /// They are, or are added to, those of the images.
        case images
        /// They are what the model gives, in its last layer.
        case classes(String)
        /// The layer reads them in groups, beside channels of other layers, or several times.
        case groupsOfSeveral(String)
        /// The layer adds values that consist of different parts.
        case sumOfSeveral(String)
    }
}

extension EditError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch self {
        case .shape(let error): error.description
        case .empty: "no layer would be left"
        case .misfit(let layer, let tensor, let found, let needed):
            "`\(layer)` has learned a \(tensor) of \(found) and would need one of \(needed)"
        case .noFilters(let layer, _): "`\(layer)` has no number of filters or units of its own"
        case .fixed(let layer, .images): "the channels of `\(layer)` are tied to those of the images"
        case .fixed(let layer, .classes(let last)):
            "the outputs of `\(layer)` are those of the model, which `\(last)` gives: as many as the loss needs"
        case .fixed(let layer, .groupsOfSeveral(let reader)):
            "the channels of `\(layer)` are read by `\(reader)` in groups, together with others"
        case .fixed(let layer, .sumOfSeveral(let sum)):
            "the channels of `\(layer)` are added in `\(sum)` to a value that consists of other parts"
        case .groups(let layer, let count, let groups):
            "`\(layer)` is used in \(groups) groups, which cannot share \(count) channels"
        case .unchanged(let layer, let count): "`\(layer)` has \(count) already"
        }
    }

    /// What to do about it, if there is something.
    package var hint: String? {
        switch self {
        case .misfit: "`redraw=true` draws it anew"
        case .noFilters(_, let declaring):
            declaring.isEmpty
                ? nil : "its channels are those of " + declaring.map { "`\($0)`" }.joined(separator: ", ")
        case .groups(_, let count, let groups):
            "take a multiple of \(groups), such as \(max((count + groups / 2) / groups, 1) * groups)"
        case .shape, .empty, .fixed, .unchanged: nil
        }
    }

    package var description: String { message }
}
