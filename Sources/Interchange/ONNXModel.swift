import Networks
import Tensors

/// A network in evaluation as an ONNX file, which ONNX Runtime and others run (https://onnx.ai).
///
/// It takes `images`, `[N, C, H, W]` for any N, and gives `output`, what the last layer gives.
package struct ONNXModel {
    /// The oldest edition of the format that has `OperatorGraph.operatorSet`.
    private static let formatVersion = 8

    private let message: ProtobufMessage

    /// - Parameters:
    ///   - network: as it is now.
    ///   - normalization: what is done to each channel of the images first, `(x - mean) / deviation`.
    ///   - metadata: texts about the whole, such as the names of the classes.
    package init(
        _ network: Network, normalization: (mean: [Float], deviation: [Float])? = nil,
        metadata: [String: String] = [:]
    ) {
        let graph = OperatorGraph(network, normalization: normalization)
        var message = ProtobufMessage()
        message.add(Field.Model.formatVersion, Self.formatVersion)
        message.add(Field.Model.producer, "Cairn")
        message.add(Field.Model.graph, graph.message(named: network.name))
        message.add(
            Field.Model.operatorSet, .with { $0.add(Field.OperatorSet.version, OperatorGraph.operatorSet) })
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            message.add(
                Field.Model.metadata,
                .with {
                    $0.add(Field.Entry.key, key)
                    $0.add(Field.Entry.value, value)
                })
        }
        self.message = message
    }

    /// Writes a whole file, or leaves the old one as it was.
    package func write(to path: String) throws(FileError) {
        try AtomicFile.write(to: path) { file throws(FileError) in
            for part in message.parts {
                switch part {
                case .bytes(let bytes):
                    try bytes.withUnsafeBufferPointer { bytes throws(FileError) in
                        try file.append(UnsafeRawBufferPointer(bytes))
                    }
                case .tensor(let tensor):
                    try tensor.withUnsafeBufferPointer { scalars throws(FileError) in
                        try file.append(UnsafeRawBufferPointer(scalars))
                    }
                }
            }
        }
    }
}

/// The numbers of the fields, by message: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
private enum Field {
    enum Model { static let (formatVersion, producer, graph, operatorSet, metadata) = (1, 2, 7, 8, 14) }
    enum OperatorSet { static let version = 2 }
    enum Entry { static let (key, value) = (1, 2) }
    enum Graph { static let (node, name, constant, input, output) = (1, 2, 5, 11, 12) }
    enum Node { static let (input, output, name, operation, attribute) = (1, 2, 3, 4, 5) }
    enum Attribute { static let (name, number, integer, text, integers, type) = (1, 2, 3, 4, 8, 20) }
    enum Tensor { static let (extents, type, name, bytes) = (1, 2, 8, 9) }
    enum Value { static let (name, type) = (1, 2) }
    enum ValueType { static let tensor = 1 }
    enum TensorType { static let (element, shape) = (1, 2) }
    enum TensorShape { static let extent = 1 }
    enum Extent { static let (number, name) = (1, 2) }
}

/// The numbers that stand for types.
private enum TypeNumber {
    static let float = 1
    static let integer = 7
    enum Attribute { static let (number, integer, text, integers) = (1, 2, 3, 7) }
}

extension ProtobufMessage {
    /// A message that is filled at once.
    fileprivate static func with(_ fill: (inout ProtobufMessage) -> Void) -> ProtobufMessage {
        var message = ProtobufMessage()
        fill(&message)
        return message
    }
}

extension OperatorGraph {
    fileprivate func message(named name: String) -> ProtobufMessage {
        .with {
            for node in nodes { $0.add(Field.Graph.node, node.message) }
            $0.add(Field.Graph.name, name)
            for (name, value) in constants { $0.add(Field.Graph.constant, value.message(named: name)) }
            $0.add(Field.Graph.input, input.message)
            $0.add(Field.Graph.output, output.message)
        }
    }
}

extension OperatorGraph.Port {
    fileprivate var message: ProtobufMessage {
        let shape = ProtobufMessage.with {
            $0.add(Field.TensorShape.extent, .with { $0.add(Field.Extent.name, "N") })
            for extent in extents {
                $0.add(Field.TensorShape.extent, .with { $0.add(Field.Extent.number, extent) })
            }
        }
        let tensor = ProtobufMessage.with {
            $0.add(Field.TensorType.element, TypeNumber.float)
            $0.add(Field.TensorType.shape, shape)
        }
        return .with {
            $0.add(Field.Value.name, name)
            $0.add(Field.Value.type, .with { $0.add(Field.ValueType.tensor, tensor) })
        }
    }
}

extension OperatorGraph.Node {
    fileprivate var message: ProtobufMessage {
        .with {
            for input in inputs { $0.add(Field.Node.input, input) }
            $0.add(Field.Node.output, output)
            $0.add(Field.Node.name, output)
            $0.add(Field.Node.operation, operation)
            for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
                $0.add(Field.Node.attribute, value.message(named: name))
            }
        }
    }
}

extension OperatorGraph.Attribute {
    fileprivate func message(named name: String) -> ProtobufMessage {
        .with {
            $0.add(Field.Attribute.name, name)
            switch self {
            case .integer(let value):
                $0.add(Field.Attribute.integer, value)
                $0.add(Field.Attribute.type, TypeNumber.Attribute.integer)
            case .integers(let values):
                $0.add(Field.Attribute.integers, values)
                $0.add(Field.Attribute.type, TypeNumber.Attribute.integers)
            case .number(let value):
                $0.add(Field.Attribute.number, value)
                $0.add(Field.Attribute.type, TypeNumber.Attribute.number)
            case .text(let text):
                $0.add(Field.Attribute.text, text)
                $0.add(Field.Attribute.type, TypeNumber.Attribute.text)
            }
        }
    }
}

extension OperatorGraph.Constant {
    fileprivate func message(named name: String) -> ProtobufMessage {
        .with {
            $0.add(Field.Tensor.name, name)
            switch self {
            case .numbers(let tensor):
                $0.add(Field.Tensor.extents, tensor.shape.extents)
                $0.add(Field.Tensor.type, TypeNumber.float)
                $0.add(Field.Tensor.bytes, tensor)
            case .integers(let values):
                $0.add(Field.Tensor.extents, [values.count])
                $0.add(Field.Tensor.type, TypeNumber.integer)
                $0.add(
                    Field.Tensor.bytes,
                    bytes: values.flatMap { withUnsafeBytes(of: Int64($0).littleEndian, Array.init) })
            }
        }
    }
}
