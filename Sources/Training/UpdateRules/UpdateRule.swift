import Glibc

/// One link in the chain from a gradient to what is subtracted from a parameter.
///
/// Whatever a rule remembers is tensors of the parameter's shape, so a checkpoint needs no code for any rule.
package protocol UpdateRule: Sendable {
    /// The names of the tensors it remembers between steps; they start as zeros.
    var slotNames: [String] { get }
    /// Those of them that are made of squares, and so are never negative.
    var squareSlots: [String] { get }

    /// The numbers of a step that are the same for all scalars, such as corrections for the start.
    func coefficients(at step: UpdateStep) -> SIMD4<Float>

    /// Replaces `run.direction`, at first the gradient, by what the next rule, or the final subtraction, should use.
    ///
    /// There is one slot for each of `slotNames`.
    func apply(to run: UpdateRun, _ coefficients: SIMD4<Float>)
}

extension UpdateRule {
    package var slotNames: [String] { [] }
    package var squareSlots: [String] { [] }
    package func coefficients(at step: UpdateStep) -> SIMD4<Float> { .zero }
}

/// Where a parameter stands when it is updated.
package struct UpdateStep: Hashable, Sendable {
    /// Updates since its slots were zeros, with this one.
    package let count: Int
    /// What a schedule wants in place of an optimizer's own momentum, or first beta; nil for its own.
    package let momentum: Double?

    package init(count: Int, momentum: Double? = nil) {
        self.count = count
        self.momentum = momentum
    }

    /// `1 - beta^count`: the sum of the weights that a running mean has given so far.
    func correction(_ beta: Double) -> Double { 1 - pow(beta, Double(count)) }
}

/// Some scalars of one parameter, few enough that each rule finds them in the cache where the one before left them.
package struct UpdateRun {
    package let count: Int
    package let direction: UnsafeMutablePointer<Float>
    package let value: UnsafePointer<Float>
    /// Whether the parameter has two or more axes: false for biases and the scales of normalisation.
    package let isWeight: Bool
    /// Of the rule, from their first scalar.
    private let slots: UnsafePointer<UnsafeMutablePointer<Float>>
    private let first: Int

    init(
        count: Int, direction: UnsafeMutablePointer<Float>, value: UnsafePointer<Float>, isWeight: Bool,
        slots: UnsafePointer<UnsafeMutablePointer<Float>>, first: Int
    ) {
        self.count = count
        self.direction = direction
        self.value = value
        self.isWeight = isWeight
        self.slots = slots
        self.first = first
    }

    /// What the rule remembers under its slot name with this index.
    package func slot(_ index: Int) -> UnsafeMutablePointer<Float> { slots[index] + first }
}
