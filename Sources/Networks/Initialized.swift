import Tensors

/// A layer whose weights are drawn otherwise than the model's: `conv 8 init=orthogonal`.
///
/// The network unwraps it, as it does a name.
private struct Initialized<Base: Layer>: Layer {
    let base: Base
    let ownInitializer: Initializer

    static var kind: String { Base.kind }
    static var namePrefix: String { Base.namePrefix }
    var givenName: String? { base.givenName }
    var initializer: Initializer? { ownInitializer }
    var unnamed: any Layer { base.unnamed }

    var description: String { "\(base) init=\(ownInitializer)" }

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
    /// The layer with weights that are drawn in this way, whatever the model's are.
    package func initialized(by initializer: Initializer) -> any Layer {
        Initialized(base: self, ownInitializer: initializer)
    }
}
