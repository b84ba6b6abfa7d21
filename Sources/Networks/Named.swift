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
    var initializer: Initializer? { base.initializer }
    var unnamed: any Layer { base.unnamed }

    /// A block's layers come last.
    var description: String {
        (base as? any Block)?.declaration(name: name) ?? "\(base) name=\(name)"
    }

    func outputShape(for input: Shape) throws(ShapeError) -> Shape { try base.outputShape(for: input) }
    func parameters(for input: Shape) -> [ParameterDeclaration] { base.parameters(for: input) }
    func channelFlow(for input: Shape) -> ChannelFlow { base.channelFlow(for: input) }
    func resized(from input: Shape, inputs: Int, outputs: Int) -> any Layer {
        base.resized(from: input, inputs: inputs, outputs: outputs)
    }
    func multiplyAdds(for input: Shape) -> Int { base.multiplyAdds(for: input) }

    func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        base.makeOperation(for: layer, in: settings)
    }

    func addOperators(for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph) -> String {
        base.addOperators(for: layer, inputs: inputs, to: &graph)
    }
}

extension Layer {
    /// The layer under this name, which is relative to the block around it: `conv1`, `layer1.0`.
    package func named(_ name: String) -> any Layer { Named(base: self, name: name) }
}
