import Tensors

/// One link in the chain from a gradient to what is subtracted from a parameter.
///
/// Whatever a rule remembers is tensors of the parameter's shape, so a checkpoint needs no code for any rule.
package protocol UpdateRule: Sendable {
    /// The names of the tensors it remembers between steps; they start as zeros.
    var slotNames: [String] { get }

    /// Replaces `gradient` by what the next rule, or the final subtraction, should use.
    ///
    /// - Parameters:
    ///   - slots: one for each of `slotNames`.
    ///   - step: how many updates there have been since the slots were zeros, this one included.
    func apply(to gradient: inout Tensor, of value: Tensor, slots: inout [Tensor], step: Int)
}
