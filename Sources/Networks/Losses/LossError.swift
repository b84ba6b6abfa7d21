import Tensors

/// A network whose output does not fit the classes of its data.
package struct LossError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The command word.
    package let loss: String
    /// Of one image.
    package let output: Shape
    package let classes: Int

    package init(loss: String, output: Shape, classes: Int) {
        self.loss = loss
        self.output = output
        self.classes = classes
    }

    /// `the model ends in 9, but 10 classes need 10 numbers: end the model with ...`.
    package var description: String {
        let remedy =
            output.rank == 1
            ? "end the model with `dense \(classes)`"
            : "end the model with `flatten` and `dense \(classes)`"
        return "the model ends in \(output), but \(classes) classes need \(classes) numbers: \(remedy)"
    }
}
