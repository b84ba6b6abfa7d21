import Tensors

/// A layer at work: what an executor calls once per step and direction.
///
/// An operation allocates what it needs when it is made. Images are shared out by `Pass.forEachShard`; anything
/// summed over images is kept apart per shard and added in shard order, so that the number of threads changes
/// no bit.
package protocol Operation: AnyObject {
    /// Floats of scratch that each thread needs during `forward` and `backward`.
    var scratchCount: Int { get }

    /// Whether `backward` may be given one and the same memory for the output's and the input's gradient.
    var worksInPlace: Bool { get }

    /// How it computes, in words, where there is a choice.
    var algorithm: String? { get }

    /// Takes over the next layer of the model if this operation can compute it as well, and says whether it did.
    func absorb(_ next: PlacedLayer) -> Bool

    /// Readies the parameters for one step, with or without a way back: called before the forward pass, maybe beside
    /// other operations' calls.
    func prepare(goesBack: Bool)

    /// Computes `pass.output` from `pass.input`.
    func forward(_ pass: Pass)

    /// Adds the parameters' gradients, and writes the input's unless nobody needs it.
    ///
    /// May overwrite the output's gradient.
    func backward(_ pass: Pass, _ gradients: PassGradients)

    /// Writes to `pass.output`, which is not the forward pass's, what one of the layers that this operation stands
    /// for gave in the last forward pass: the one with this index, before the last.
    func writeActivation(ofAbsorbing index: Int, _ pass: Pass)
}

extension Operation {
    package var scratchCount: Int { 0 }
    package var worksInPlace: Bool { false }
    package var algorithm: String? { nil }
    package func absorb(_ next: PlacedLayer) -> Bool { false }
    package func prepare(goesBack: Bool) {}
    package func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        preconditionFailure("an operation that absorbs no layer has only one activation")
    }
}
