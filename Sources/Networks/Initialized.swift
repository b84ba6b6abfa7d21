/// A layer whose weights are drawn otherwise than the model's: `conv 8 init=orthogonal`.
private struct Initialized<Base: Layer>: WrappedLayer {
    let base: Base
    let ownInitializer: Initializer

    var initializer: Initializer? { ownInitializer }
    var description: String { "\(base) init=\(ownInitializer)" }
}

extension Layer {
    /// The layer with weights that are drawn in this way, whatever the model's are.
    package func initialized(by initializer: Initializer) -> any Layer {
        Initialized(base: self, ownInitializer: initializer)
    }
}
