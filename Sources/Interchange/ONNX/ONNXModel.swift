import FoundationEssentials
import Networks
import SwiftProtobuf
import Tensors

/// A network in evaluation as an ONNX file, which ONNX Runtime and others run (https://onnx.ai).
///
/// It takes `images`, `[N, C, H, W]` for any N, and gives `output`, what the last layer gives.
package struct ONNXModel: Sendable {
    /// The oldest edition of the format that has `OperatorGraph.operatorSet`.
    private static let formatVersion: Int64 = 8

    private let message: Onnx_ModelProto

    /// - Parameters:
    ///   - normalization: what is done to each channel of the images first, `(x - mean) / deviation`.
    ///   - metadata: texts about the whole, such as the names of the classes.
    package init(
        _ network: Network, normalization: (mean: [Float], deviation: [Float])? = nil,
        metadata: [String: String] = [:]
    ) {
        let graph = OperatorGraph(network, normalization: normalization)
        message = .with {
            $0.irVersion = Self.formatVersion
            $0.producerName = "Cairn"
            $0.opsetImport = [.with { $0.version = Int64(OperatorGraph.operatorSet) }]
            $0.metadataProps = metadata.sorted { $0.key < $1.key }.map { entry in
                .with { ($0.key, $0.value) = entry }
            }
            $0.graph = .with {
                $0.name = network.name
                $0.input = [graph.input.message]
                $0.output = [graph.output.message]
                $0.node = graph.nodes.map(\.message)
                $0.initializer = graph.constants.map { $0.value.message(named: $0.name) }
            }
        }
    }

    /// The file's contents.
    package var bytes: [UInt8] {
        // All that is written is optional, and no network is as large as the format's limit of 2 GB.
        guard let bytes: [UInt8] = try? message.serializedBytes() else {
            preconditionFailure("an ONNX model that cannot be encoded")
        }
        return bytes
    }

    /// Writes a whole file, or leaves the old one as it was.
    package func write(to path: String) throws(FileError) {
        let bytes = bytes
        try AtomicFile.write(to: path) { file throws(FileError) in
            try bytes.withUnsafeBufferPointer { bytes throws(FileError) in
                try file.append(UnsafeRawBufferPointer(bytes))
            }
        }
    }
}

extension OperatorGraph.Port {
    fileprivate var message: Onnx_ValueInfoProto {
        .with {
            $0.name = name
            $0.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
            $0.type.tensorType.shape.dim =
                [.with { $0.dimParam = "N" }]
                + extents.map { extent in .with { $0.dimValue = Int64(extent) } }
        }
    }
}

extension OperatorGraph.Node {
    fileprivate var message: Onnx_NodeProto {
        .with {
            $0.name = output
            $0.opType = operation
            $0.input = inputs
            $0.output = [output]
            $0.attribute = attributes.sorted { $0.key < $1.key }.map { $0.value.message(named: $0.key) }
        }
    }
}

extension OperatorGraph.Attribute {
    fileprivate func message(named name: String) -> Onnx_AttributeProto {
        .with {
            $0.name = name
            switch self {
            case .integer(let value): ($0.type, $0.i) = (.int, Int64(value))
            case .integers(let values): ($0.type, $0.ints) = (.ints, values.map(Int64.init))
            case .number(let value): ($0.type, $0.f) = (.float, value)
            case .text(let text): ($0.type, $0.s) = (.string, Data(text.utf8))
            }
        }
    }
}

extension OperatorGraph.Constant {
    fileprivate func message(named name: String) -> Onnx_TensorProto {
        .with {
            $0.name = name
            switch self {
            case .numbers(let tensor):
                $0.dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
                $0.dims = tensor.shape.extents.map(Int64.init)
                $0.rawData = tensor.withUnsafeBufferPointer { Data(buffer: $0) }
            case .integers(let values):
                $0.dataType = Int32(Onnx_TensorProto.DataType.int64.rawValue)
                $0.dims = [Int64(values.count)]
                $0.rawData = values.map(Int64.init).withUnsafeBufferPointer { Data(buffer: $0) }
            }
        }
    }
}
