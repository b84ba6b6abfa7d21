/// A layer with a name of its own in place of kind and number: `conv 64 kernel=7 name=conv1`.
private struct Named<Base: Layer>: WrappedLayer {
    let base: Base
    let name: String

    var givenName: String? { name }

    /// A block's layers come last.
    var description: String {
        (base as? any Block)?.declaration(name: name) ?? "\(base) name=\(name)"
    }
}

extension Layer {
    /// The layer under this name, which is relative to the block around it: `conv1`, `layer1.0`.
    package func named(_ name: String) -> any Layer { Named(base: self, name: name) }
}
