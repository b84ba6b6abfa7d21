import Tensors

/// One link in the chain from a gradient to what is subtracted from a parameter.
///
/// Whatever a rule remembers is tensors of the parameter's shape, so a checkpoint needs no code for any rule.
package protocol UpdateRule: Sendable {
    /// The names of the tensors it remembers between steps; they start as zeros.
    var slotNames: [String] { get }

    /// Replaces `gradient` by what the next rule, or the final subtraction, should use.
    ///
    /// There is one slot for each of `slotNames`; `step` counts the updates since they were zeros, with this one.
    func apply(to gradient: inout Tensor, of value: Tensor, slots: inout [Tensor], step: Int)
}
