import Tensors

/// One link in the chain from a gradient to what is subtracted from a parameter.
///
/// Whatever a rule remembers is tensors of the parameter's shape, so a checkpoint needs no code for any rule.
package protocol UpdateRule: Sendable {
    /// The names of the tensors it remembers between steps; they start as zeros.
    var slotNames: [String] { get }

    /// Replaces `run.direction`, at first the gradient, by what the next rule, or the final subtraction, should use.
    ///
    /// There is one slot for each of `slotNames`; `step` counts the updates since they were zeros, with this one.
    func apply(to run: UpdateRun, step: Int)
}

/// Some scalars of one parameter, few enough that each rule finds them in the cache where the one before left them.
package struct UpdateRun {
    package let count: Int
    package let direction: UnsafeMutablePointer<Float>
    package let value: UnsafePointer<Float>
    /// Of the rule, from their first scalar.
    private let slots: UnsafePointer<UnsafeMutablePointer<Float>>
    private let first: Int

    init(
        count: Int, direction: UnsafeMutablePointer<Float>, value: UnsafePointer<Float>,
        slots: UnsafePointer<UnsafeMutablePointer<Float>>, first: Int
    ) {
        self.count = count
        self.direction = direction
        self.value = value
        self.slots = slots
        self.first = first
    }

    /// What the rule remembers under its slot name with this index.
    package func slot(_ index: Int) -> UnsafeMutablePointer<Float> { slots[index] + first }
}
