import Tensors

/// A layer with a name of its own in place of kind and number: `conv 64 kernel=7 name=conv1`.
///
/// The network unwraps it: what it places is the layer itself.
private struct Named<Base: Layer>: Layer {
    let base: Base
    let name: String

    static var kind: String { Base.kind }
    static var namePrefix: String { Base.namePrefix }
    var givenName: String? { name }
    var unnamed: any Layer { base }

    /// A block's layers come last.
    var description: String {
        guard let block = base as? any Block else { return "\(base) name=\(name)" }
        return "\(Base.kind) name=\(name) \(block.contents)"
    }

    func outputShape(for input: Shape) throws(ShapeError) -> Shape { try base.outputShape(for: input) }
    func parameters(for input: Shape) -> [ParameterDeclaration] { base.parameters(for: input) }
    func multiplyAdds(for input: Shape) -> Int { base.multiplyAdds(for: input) }

    func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        base.makeOperation(for: layer, in: settings)
    }
}

extension Layer {
    /// The layer under this name, which is relative to the block around it: `conv1`, `layer1.0`.
    package func named(_ name: String) -> any Layer { Named(base: self, name: name) }
}
