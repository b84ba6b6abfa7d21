import Foundation
import Networks
import SwiftProtobuf
import Tensors
import Testing

@testable import Interchange

/// Every layer's ONNX file is the one that ONNX Runtime was seen to compute the same with: `scripts/reference/export.py`
/// has these tests write their files, runs them, and lists what is in them in `Fixtures/onnx.txt`.
struct ONNXTests {
    /// Where the script wants the files.
    private static let folder = ProcessInfo.processInfo.environment["CAIRN_EXPORTS"]

    @Test(arguments: LayerCase.all)
    func isWhatONNXRuntimeHasRun(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let model = ONNXModel(harness.network)
        let title = "\(layerCase.kind) \(layerCase.name): \(layerCase.layer)"
        if let folder = Self.folder {
            let images = LayerHarness.input(layerCase)
            let output = harness.forward(images, mode: .evaluation)
            let stem = "\(folder)/\(layerCase.kind)-\(layerCase.name)"
            try model.write(to: stem + ".onnx")
            try TensorArchive(tensors: [("images", images), ("output", output)], metadata: ["title": title])
                .write(stem + ".safetensors")
        } else {
            let message = try Onnx_ModelProto(serializedBytes: model.bytes)
            #expect(try Self.listings()[title] == message.listing)
        }
    }

    /// A case that is no longer there would stay in the list.
    @Test(.enabled(if: folder == nil)) func theListHasTheCasesOfTheTable() throws {
        #expect(
            Set(try Self.listings().keys) == Set(LayerCase.all.map { "\($0.kind) \($0.name): \($0.layer)" }))
    }

    /// The numbers, which the list leaves out.
    @Test(arguments: LayerCase.all)
    func weightsArePyTorchs(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let message = try Onnx_ModelProto(serializedBytes: ONNXModel(harness.network).bytes)
        let expected = harness.network.exportTensors()
        #expect(Set(expected.map(\.name)).isSubset(of: message.graph.initializer.map(\.name)))
        for (name, tensor) in expected {
            let found = try #require(message.graph.initializer.first { $0.name == name })
            #expect(found.dims.map(Int.init) == tensor.shape.extents, "\(name)")
            #expect(found.rawData == tensor.withUnsafeBufferPointer { Data(buffer: $0) }, "\(name)")
        }
    }

    @Test func normalizationComesFirst() throws {
        let network = try Network(
            name: "one", input: [4, 4, 2], layers: [ReLU()], initializer: .he, random: RandomStream(key: 1))
        let model = ONNXModel(
            network, normalization: ([0.5, 0.25], [0.125, 2]), metadata: ["classes": "a, b"])
        let message = try Onnx_ModelProto(serializedBytes: model.bytes)
        #expect(
            message.listing == [
                "images [N, 2, 4, 4] -> output [N, 2, 4, 4]",
                "normalization/0 = Sub(images, normalization/mean)",
                "normalization/1 = Div(normalization/0, normalization/deviation)",
                "relu1 = Relu(normalization/1)",
                "output = Identity(relu1)",
                "normalization/mean [1, 2, 1, 1] 0.5 0.25",
                "normalization/deviation [1, 2, 1, 1] 0.125 2",
            ])
        #expect(message.metadataProps.map { [$0.key, $0.value] } == [["classes", "a, b"]])
    }

    /// By title; the lines of each case are indented.
    private static func listings() throws -> [String: [String]] {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/onnx", ofType: "txt"))
        var listings: [String: [String]] = [:]
        var title = ""
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        {
            if line.hasPrefix("  ") {
                listings[title, default: []].append(String(line.dropFirst(2)))
            } else {
                title = line
            }
        }
        return listings
    }
}

extension Onnx_ModelProto {
    /// What goes in and out, the operators, the tensors; numbers only of those that are no layer's.
    fileprivate var listing: [String] {
        ["\(graph.input.map(\.text).joined()) -> \(graph.output.map(\.text).joined())"]
            + graph.node.map { node in
                let call = "\(node.output.joined()) = \(node.opType)(\(node.input.joined(separator: ", ")))"
                return ([call] + node.attribute.map { "\($0.name)=\($0.text)" }).joined(separator: " ")
            }
            + graph.initializer.map { tensor in
                let shape = "\(tensor.name) [\(tensor.dims.map(String.init).joined(separator: ", "))]"
                return tensor.name.contains("/") ? ([shape] + tensor.numbers).joined(separator: " ") : shape
            }
    }
}

extension Onnx_ValueInfoProto {
    fileprivate var text: String {
        let extents = type.tensorType.shape.dim.map { $0.dimParam.isEmpty ? "\($0.dimValue)" : $0.dimParam }
        return "\(name) [\(extents.joined(separator: ", "))]"
    }
}

extension Onnx_AttributeProto {
    fileprivate var text: String {
        switch type {
        case .int: "\(i)"
        case .ints: "[\(ints.map(String.init).joined(separator: ", "))]"
        case .float: String(format: "%.9g", f)
        case .string: String(decoding: s, as: UTF8.self)
        default: "?"
        }
    }
}

extension Onnx_TensorProto {
    /// As they are written in the list.
    fileprivate var numbers: [String] {
        rawData.withUnsafeBytes { bytes in
            dataType == Onnx_TensorProto.DataType.int64.rawValue
                ? bytes.bindMemory(to: Int64.self).map(String.init)
                : bytes.bindMemory(to: Float.self).map { String(format: "%.9g", $0) }
        }
    }
}
