import Tensors

/// What the user declared for one layer, printed as the line that declares it: `conv 32 kernel=3 padding=same`.
///
/// A value that holds no numbers to train: the network keeps those, and an `Operation` computes with them.
/// Adding a layer is one file in `Layers/` and one line in `allLayers`.
package protocol Layer: Sendable, Hashable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }
    /// What the layer's number follows in its name: `bn` for `bn1`.
    static var namePrefix: String { get }

    /// What the layer is called instead of its kind and number, such as `layer1.0`; nil unless it was `named(_:)`.
    var givenName: String? { get }
    /// How its weights are drawn if not as the model's; nil unless it was `initialized(by:)`.
    var initializer: Initializer? { get }
    /// The layer without a given name and initializer.
    var unnamed: any Layer { get }

    /// The shape of one image's output: `[H, W, C]`, or `[features]` after a `flatten`.
    ///
    /// - Throws: `ShapeError` if the layer's own numbers are out of range or the input does not fit.
    func outputShape(for input: Shape) throws(ShapeError) -> Shape

    /// The tensors the layer owns when it gets `input`, trained ones first.
    ///
    /// - Precondition: `outputShape(for:)` accepts the input.
    func parameters(for input: Shape) -> [ParameterDeclaration]

    /// Which of its input's channels the layer makes each of its own from.
    ///
    /// - Precondition: `outputShape(for:)` accepts the input.
    func channelFlow(for input: Shape) -> ChannelFlow

    /// The same layer for as many channels as these, in place of those of `input` and of what it gives now.
    func resized(from input: Shape, inputs: Int, outputs: Int) -> any Layer

    /// Multiplications with a parameter that one image costs; cheaper layers count as nothing.
    func multiplyAdds(for input: Shape) -> Int

    /// The layer at work, with the memory that it needs for the largest batch.
    func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation

    /// Adds what computes the layer in evaluation in ONNX's operators, and gives the name of the result.
    ///
    /// `inputs` are the names of what the layer reads: first its source, then what else it takes. A layer that changes
    /// nothing in evaluation gives its input's name.
    func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String
}

extension Layer {
    package static var namePrefix: String { kind }
    package var givenName: String? { nil }
    package var initializer: Initializer? { nil }
    package var unnamed: any Layer { self }
    package func parameters(for input: Shape) -> [ParameterDeclaration] { [] }
    package func channelFlow(for input: Shape) -> ChannelFlow { .each(copies: 1) }
    package func resized(from input: Shape, inputs: Int, outputs: Int) -> any Layer { self }
    package func multiplyAdds(for input: Shape) -> Int { 0 }
}

/// Every kind of layer there is.
package let allLayers: [any Layer.Type] = [
    Conv2D.self,
    ConvTranspose2D.self,
    MaxPool2D.self,
    AvgPool2D.self,
    AdaptiveAvgPool2D.self,
    GlobalAvgPool.self,
    GlobalMaxPool.self,
    Upsample.self,
    Dense.self,
    Flatten.self,
    ReLU.self,
    LeakyReLU.self,
    PReLU.self,
    ELU.self,
    SELU.self,
    GELU.self,
    SiLU.self,
    Sigmoid.self,
    Tanh.self,
    Softplus.self,
    HardSwish.self,
    Softmax.self,
    BatchNorm.self,
    GroupNorm.self,
    LayerNorm.self,
    Dropout.self,
    SpatialDropout.self,
    Residual.self,
    Add.self,
    Concat.self,
    Mark.self,
]
