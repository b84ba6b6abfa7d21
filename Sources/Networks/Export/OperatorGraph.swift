import Tensors

/// What a network computes in evaluation, in ONNX's operators (https://onnx.ai/onnx/operators) on values with names.
///
/// Images are `[N, C, H, W]` and rows of numbers `[N, features]`, for any N; weights have PyTorch's names, shapes and
/// order. What a layer gives is `/conv1`, and what is within it `/conv1/0`: no layer's own name has a slash.
package struct OperatorGraph: Sendable {
    /// The edition of ONNX's operators that these are of.
    package static let operatorSet = 18

    /// One operator at work.
    package struct Node: Hashable, Sendable {
        /// `Conv`
        package let operation: String
        /// Values, constants or the images.
        package let inputs: [String]
        package fileprivate(set) var output: String
        /// By name.
        package let attributes: [String: Attribute]
    }

    /// A setting of an operator.
    package enum Attribute: Hashable, Sendable {
        case integer(Int)
        case integers([Int])
        case number(Float)
        case text(String)
    }

    /// A value that is known beforehand.
    package enum Constant: Sendable {
        case numbers(Tensor)
        case integers([Int])
    }

    /// What goes in and what comes out, of one image: extents without N.
    package struct Port: Hashable, Sendable {
        package let name: String
        package let extents: [Int]

        init(_ name: String, _ shape: Shape) {
            self.name = name
            extents = OperatorGraph.extents(shape)
        }
    }

    /// Of one image or row: channels first.
    static func extents(_ shape: Shape) -> [Int] {
        shape.rank == 3 ? [shape[2], shape[0], shape[1]] : shape.extents
    }

    package let input: Port
    package let output: Port
    /// In an order in which they can be computed.
    package private(set) var nodes: [Node] = []
    package private(set) var constants: [(name: String, value: Constant)] = []
    /// Whose operators are being added.
    private var layerName = ""

    /// The network as it is now; the normalisation, `(x - mean) / deviation` of each channel, comes first.
    package init(_ network: Network, normalization: (mean: [Float], deviation: [Float])? = nil) {
        input = Port("images", network.input)
        output = Port("output", network.output)
        var values = [Source.images: input.name]
        if let normalization { values[.images] = normalize(normalization.mean, normalization.deviation) }
        for (index, layer) in network.layers.enumerated() {
            let inputs = layer.sources.map { source in
                guard let value = values[source] else {
                    preconditionFailure("\(layer.name) comes before what it reads")
                }
                return value
            }
            values[.layer(index)] = value(of: layer, inputs)
        }
        let last = values[network.layers.indices.last.map(Source.layer) ?? .images] ?? input.name
        nodes.append(Node(operation: "Identity", inputs: [last], output: output.name, attributes: [:]))
    }

    private mutating func value(of layer: PlacedLayer, _ inputs: [String]) -> String {
        layerName = layer.name
        return nameLast(layer.layer.addOperators(for: layer, inputs: inputs, to: &self))
    }

    /// Gives the layer's name to its last result, unless the layer has none of its own.
    private mutating func nameLast(_ value: String) -> String {
        guard value.hasPrefix("/\(layerName)/"), let last = nodes.indices.last else { return value }
        nodes[last].output = "/\(layerName)"
        return nodes[last].output
    }

    private mutating func normalize(_ mean: [Float], _ deviation: [Float]) -> String {
        layerName = "normalized images"
        // One number for each channel of `[N, C, H, W]`.
        let shape: Shape = [1, mean.count, 1, 1]
        let centred = add("Sub", [input.name, constant(Tensor(shape, mean), "mean")])
        return nameLast(add("Div", [centred, constant(Tensor(shape, deviation), "deviation")]))
    }

    // MARK: For layers

    /// Adds an operator, and names its result; an input that is left out is an empty name.
    package mutating func add(
        _ operation: String, _ inputs: [String], _ attributes: [String: Attribute] = [:]
    ) -> String {
        let output = "/\(layerName)/\(nodes.count)"
        nodes.append(Node(operation: operation, inputs: inputs, output: output, attributes: attributes))
        return output
    }

    /// Names a tensor that a layer owns.
    package mutating func constant(_ parameter: Parameter) -> String {
        constants.append((parameter.name, .numbers(parameter.layout.exported(parameter.value))))
        return parameter.name
    }

    /// Names a parameter with a number for each channel, as what is multiplied with or added to images or rows.
    package mutating func constant(_ parameter: Parameter, alongChannelsOf layer: PlacedLayer) -> String {
        let name = constant(parameter)
        guard layer.output.rank == 3 else { return name }
        let shape = constant([parameter.value.count, 1, 1], "\(name).shape")
        return add("Reshape", [name, shape])
    }

    /// Names a number of the layer in hand.
    package mutating func constant(_ number: Float, _ name: String) -> String {
        constant(Tensor([], [number]), name)
    }

    /// Names a tensor of the layer in hand that it does not own.
    package mutating func constant(_ tensor: Tensor, _ name: String) -> String {
        constants.append(("/\(layerName)/\(name)", .numbers(tensor)))
        return "/\(layerName)/\(name)"
    }

    /// Names a list of integers of the layer in hand, such as a shape.
    package mutating func constant(_ integers: [Int], _ name: String) -> String {
        constants.append(("/\(layerName)/\(name)", .integers(integers)))
        return "/\(layerName)/\(name)"
    }
}
