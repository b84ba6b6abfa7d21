import Foundation
import Interchange
import Networks
import Tensors
import TestSupport
import Testing

/// Every layer's ONNX file is the one that ONNX Runtime was seen to compute the same with: `scripts/reference/export.py`
/// has these tests write their files, runs them, and lists what is in them in `Fixtures/onnx.txt`.
struct ONNXTests {
    /// Where the script wants the files.
    private static let folder = ProcessInfo.processInfo.environment["CAIRN_EXPORTS"]

    @Test(arguments: LayerCase.all)
    func isWhatONNXRuntimeHasRun(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let title = Self.title(layerCase)
        if let folder = Self.folder {
            let images = LayerHarness.input(layerCase)
            let output = harness.forward(images, mode: .evaluation)
            let stem = "\(folder)/\(layerCase.kind)-\(layerCase.name)"
            try ONNXModel(harness.network).write(to: stem + ".onnx")
            try TensorArchive(tensors: [("images", images), ("output", output)], metadata: ["title": title])
                .write(stem + ".safetensors")
        } else {
            #expect(try Self.listings()[title] == ONNXFile(ONNXModel(harness.network)).listing)
        }
    }

    /// A case that is no longer there would stay in the list.
    @Test(.enabled(if: folder == nil)) func theListHasTheCasesOfTheTable() throws {
        #expect(Set(try Self.listings().keys) == Set(LayerCase.all.map(Self.title)))
    }

    /// The numbers, which the list leaves out.
    @Test(arguments: LayerCase.all)
    func weightsArePyTorchs(_ layerCase: LayerCase) throws {
        let harness = try LayerHarness(layerCase)
        harness.randomizeParameters()
        let constants = try ONNXFile(ONNXModel(harness.network)).constants
        for (name, tensor) in harness.network.exportTensors() {
            let found = try #require(constants.first { $0.name == name })
            #expect(found.extents == tensor.shape.extents, "\(name)")
            #expect(found.floats.map(\.bitPattern) == tensor.bits, "\(name)")
        }
    }

    /// A layer may be called anything, also what the file calls something itself.
    @Test func normalizationComesFirstAndNamesDoNotClash() throws {
        let network = try Network(
            name: "one", input: [4, 4, 2], layers: [ReLU().named("images"), ReLU().named("output")],
            initializer: .he, random: RandomStream(key: 1))
        let file = try ONNXFile(
            ONNXModel(network, normalization: ([0.5, 0.25], [0.125, 2]), metadata: ["classes": "a, b"]))
        #expect(
            file.listing == [
                "images [N, 2, 4, 4] -> output [N, 2, 4, 4]",
                "/normalized images/0 = Sub(images, /normalized images/mean)",
                "/normalized images = Div(/normalized images/0, /normalized images/deviation)",
                "/images = Relu(/normalized images)",
                "/output = Relu(/images)",
                "output = Identity(/output)",
                "/normalized images/mean [1, 2, 1, 1] 0.5 0.25",
                "/normalized images/deviation [1, 2, 1, 1] 0.125 2",
            ])
        #expect(file.metadata == ["classes": "a, b"])
    }

    private static func title(_ layerCase: LayerCase) -> String {
        "\(layerCase.kind) \(layerCase.name): \(layerCase.layer)"
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

/// What is in an ONNX file, read back.
private struct ONNXFile {
    struct Constant {
        let name: String
        let extents: [Int]
        let isFloat: Bool
        let bytes: ArraySlice<UInt8>

        var floats: [Float] {
            bytes.withUnsafeBytes { bytes in
                stride(from: 0, to: bytes.count, by: 4).map {
                    bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
                }
            }
        }

        /// As they are written in the list.
        var numbers: [String] {
            guard !isFloat else { return floats.map { String(format: "%.9g", $0) } }
            return bytes.withUnsafeBytes { bytes in
                stride(from: 0, to: bytes.count, by: 8).map {
                    "\(bytes.loadUnaligned(fromByteOffset: $0, as: Int64.self))"
                }
            }
        }
    }

    let constants: [Constant]
    let metadata: [String: String]
    /// What goes in and out, the operators, the tensors; numbers only of those that are no layer's.
    let listing: [String]

    init(_ model: ONNXModel) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx").path
        try model.write(to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let message = try ProtobufFields(Array(Data(contentsOf: URL(filePath: path)))[...])
        metadata = Dictionary(uniqueKeysWithValues: try message.messages(14).map { ($0.text(1), $0.text(2)) })
        let graph = try message.message(7)
        constants = try graph.messages(5).map {
            Constant(
                name: $0.text(8), extents: try $0.list(1), isFloat: $0.integer(2) == 1, bytes: $0.bytes(9))
        }
        let nodes = try graph.messages(1).map { node in
            let attributes = try node.messages(5).map { "\($0.text(1))=\(try Self.value($0))" }
            let call = "\(node.text(2)) = \(node.text(4))(\(node.texts(1).joined(separator: ", ")))"
            return ([call] + attributes).joined(separator: " ")
        }
        let tensors = constants.map { constant in
            let name = "\(constant.name) [\(constant.extents.map(String.init).joined(separator: ", "))]"
            return constant.name.contains("/") ? ([name] + constant.numbers).joined(separator: " ") : name
        }
        listing =
            [try "\(Self.port(graph.message(11))) -> \(Self.port(graph.message(12)))"] + nodes + tensors
    }

    private static func port(_ value: ProtobufFields) throws -> String {
        let shape = try value.message(2).message(1).message(2)
        let extents = try shape.messages(1).map { $0.text(2).isEmpty ? "\($0.integer(1))" : $0.text(2) }
        return "\(value.text(1)) [\(extents.joined(separator: ", "))]"
    }

    private static func value(_ attribute: ProtobufFields) throws -> String {
        switch attribute.integer(20) {
        case 1: String(format: "%.9g", attribute.float(2))
        case 2: "\(attribute.integer(3))"
        case 3: attribute.text(4)
        case 7: "[\(try attribute.list(8).map(String.init).joined(separator: ", "))]"
        default: "?"
        }
    }
}
