import Tensors

/// A layer that is another one but for what it says itself. The network unwraps it: what it places is the layer itself.
protocol WrappedLayer: Layer {
    associatedtype Base: Layer
    var base: Base { get }
}

extension WrappedLayer {
    static var kind: String { Base.kind }
    static var namePrefix: String { Base.namePrefix }
    var givenName: String? { base.givenName }
    var initializer: Initializer? { base.initializer }
    var unnamed: any Layer { base.unnamed }

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
