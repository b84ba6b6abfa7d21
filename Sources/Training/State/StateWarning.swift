import Tensors

/// Numbers of a state that can be loaded and saved, but make the next loss NaN or infinite.
package enum StateWarning: Hashable, Sendable {
    /// How many numbers of a tensor are NaN or infinite.
    case notFinite(tensor: String, count: Int)
    /// A tensor of variances or of squares has a number below 0.
    case negative(tensor: String)
}

extension StateWarning: CustomStringConvertible {
    /// Lower-case, no full stop.
    package var message: String {
        switch self {
        case .notFinite(let tensor, 1): "one number in `\(tensor)` is NaN or infinite"
        case .notFinite(let tensor, let count): "\(count) numbers in `\(tensor)` are NaN or infinite"
        case .negative(let tensor): "`\(tensor)` has negative numbers, and it is made of squares"
        }
    }

    package var description: String { message }
}

extension TrainingState {
    /// What is wrong with its tensors, in their order; nothing of it keeps the state from being restored, because a
    /// run that diverged can be saved too.
    package var warnings: [StateWarning] {
        let squares = optimizer.squareSlots
        let slots = zip(tensors.filter(\.isTrained), optimizer.slots).flatMap { tensor, slots in
            zip(optimizer.slotNames, slots.joined()).map { slot, value in
                (name: Self.slotName(slot, of: tensor.name), value: value, isSquare: squares.contains(slot))
            }
        }
        let named = tensors.map {
            (name: $0.name, value: $0.value, isSquare: $0.name.hasSuffix(".running_var"))
        }
        return (named + slots).flatMap { tensor -> [StateWarning] in
            let notFinite = tensor.value.nonFiniteCount
            let isNegative = tensor.isSquare && tensor.value.scalars.contains { $0 < 0 }
            return (notFinite > 0 ? [.notFinite(tensor: tensor.name, count: notFinite)] : [])
                + (isNegative ? [.negative(tensor: tensor.name)] : [])
        }
    }
}
