import Tensors

/// A loss that does not fit the network or the labels, or a number of it that is out of range.
package enum LossError: Error, Hashable, Sendable {
    /// The output of one image, the labels that it should be for, and whether one number will do for two classes.
    case output(loss: String, found: Shape, targets: Targets, takesOne: Bool)
    /// There has to be one weight for each class.
    case weightCount(loss: String, found: Int, classes: Int)
    /// A number's name, what it was, what it may be.
    case setting(String, found: String, allowed: String)

    /// Whether another model is needed, and not another loss.
    package var isAboutModel: Bool {
        if case .output = self { true } else { false }
    }
}

extension LossError: CustomStringConvertible {
    /// `the model ends in 9, but 10 classes need 10 numbers: end the model with ...`.
    package var description: String {
        switch self {
        case .output(_, let found, let targets, let takesOne):
            "the model ends in \(found), but "
                + Self.need(of: targets, takesOne: takesOne && targets.classes == 2)
                + ": " + Self.remedy(for: found, targets, takesOne: takesOne)
        case .weightCount(let loss, let found, let classes):
            "`\(loss)` has \(found) weights, but there are \(classes) classes: give one weight for each, or `balanced`"
        case .setting(let name, let found, let allowed): "`\(name)` must be \(allowed), not \(found)"
        }
    }

    private static func need(of targets: Targets, takesOne: Bool) -> String {
        guard let mask = targets.mask else {
            return "\(targets.classes) classes need \(targets.classes) numbers" + (takesOne ? ", or one" : "")
        }
        return "masks of \(mask) in \(targets.classes) classes need \(targets.output(targets.classes))"
            + (takesOne ? " or \(targets.output(1))" : "")
    }

    private static func remedy(for found: Shape, _ targets: Targets, takesOne: Bool) -> String {
        guard let mask = targets.mask else {
            let other =
                found == [1] && targets.classes == 2 && !takesOne
                ? ", or use `loss binary-cross-entropy`, which takes one number for two classes" : ""
            return "end the model with \(found.rank == 1 ? "" : "`flatten` and ")`dense \(targets.classes)`"
                + other
        }
        let last = "`conv \(targets.classes) kernel=1`"
        if found.rank == 1 {
            return "end the model with \(last) on maps of \(mask), without `flatten` and `dense`"
        }
        return found.extents.dropLast() == mask.extents[...]
            ? "end the model with \(last)"
            : "bring the maps back to \(mask) and end the model with \(last)"
    }
}

extension Loss {
    /// - Throws: `LossError.output` unless there are as many outputs for each label as classes; for two classes, one
    ///   will do for a loss that takes it.
    func requireOutput(_ output: Shape, _ targets: Targets, takesOne: Bool = false) throws(LossError) {
        if output == targets.output(targets.classes) { return }
        if takesOne, targets.classes == 2, output == targets.output(1) { return }
        throw .output(loss: Self.kind, found: output, targets: targets, takesOne: takesOne)
    }
}
