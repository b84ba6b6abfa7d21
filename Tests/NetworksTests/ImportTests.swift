import Networks
import Tensors
import TestSupport
import Testing

/// Reading a part of a file, and a file with other names.
struct ImportTests {
    private func makeNetwork(classes: Int = 3, seed: UInt64 = 1) throws -> Network {
        try Network(
            name: "small", input: [6, 6, 2],
            layers: [
                Conv2D(filters: 4).named("layer1.0"), BatchNorm().named("layer1.1"),
                Conv2D(filters: 4).named("layer10.0"), BatchNorm().named("layer10.1"), Flatten(),
                Dense(units: classes).named("fc"),
            ], initializer: .he, random: RandomStream(seed: seed, name: "init"))
    }

    private func tensors(_ network: Network) -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: network.exportTensors().map { ($0.name, $0.tensor) })
    }

    @Test(arguments: [
        (TensorSelection(only: ["layer1"]), ["layer1.0", "layer1.1"]),
        (TensorSelection(only: ["layer1.1", "fc"]), ["layer1.1", "fc"]),
        (TensorSelection(only: ["fc.bias"]), ["fc"]),
        (TensorSelection(except: ["fc"]), ["layer1.0", "layer1.1", "layer10.0", "layer10.1"]),
        (TensorSelection(except: ["layer1", "layer10"]), ["fc"]),
    ])
    func onlyWhatIsSelectedIsRead(_ selection: TensorSelection, layers: [String]) throws {
        let (network, other) = (try makeNetwork(), try makeNetwork(seed: 2))
        let before = tensors(network)
        let report = try network.importTensors(tensors(other), selecting: selection)
        #expect(report.layers.map(\.name) == layers)
        #expect(Set(report.loaded.map(\.name) + report.kept) == Set(before.keys))
        let after = tensors(network)
        for loaded in report.loaded {
            #expect(after[loaded.name]?.bits == tensors(other)[loaded.name]?.bits, "\(loaded.name)")
        }
        for name in report.kept { #expect(after[name]?.bits == before[name]?.bits, "\(name)") }
    }

    /// Transfer learning: the file's last layer is for other classes, or has another name.
    @Test func anotherHeadIsLeftOut() throws {
        let network = try makeNetwork(classes: 5)
        var file = tensors(try makeNetwork(seed: 2))
        let error = #expect(throws: ImportError.self) { try network.importTensors(file) }
        #expect(error?.soleLayer == "fc")
        var report = try network.importTensors(file, selecting: TensorSelection(except: ["fc"]))
        #expect(report.share == "12 of 14 tensors")
        #expect(report.remarks == ["as they were: fc.weight, fc.bias"])

        file["head.weight"] = file.removeValue(forKey: "fc.weight")
        file["head.bias"] = file.removeValue(forKey: "fc.bias")
        report = try network.importTensors(file, selecting: TensorSelection(except: ["fc", "head"]))
        #expect(report.remarks.last == "in the file, and left out: head.bias, head.weight")
    }

    @Test(arguments: [
        (TensorSelection(only: ["layer"]), "is called layer"),
        (TensorSelection(except: ["fc", "head"]), "is called head"),
        (TensorSelection(except: ["fc", "layer1", "layer10"]), "none of the model's layers"),
    ])
    func aSelectionOfNothingIsAnError(_ selection: TensorSelection, words: String) throws {
        let (network, file) = (try makeNetwork(), tensors(try makeNetwork(seed: 2)))
        let before = tensors(network).mapValues(\.bits)
        let error = #expect(throws: ImportError.self) {
            try network.importTensors(file, selecting: selection)
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.fitsInOrder == false)
        #expect(tensors(network).mapValues(\.bits) == before)
    }

    /// The names of a sorted file say nothing about the order, but for their numbers.
    @Test func layersAreFoundByShapeAndOrder() throws {
        let network = try makeNetwork()
        let other = try makeNetwork(seed: 2)
        let names = [
            "layer1.0": "body.2", "layer1.1": "body.3", "layer10.0": "body.10", "layer10.1": "body.11",
            "fc": "a.head",
        ]
        var file: [String: Tensor] = [:]
        for (name, tensor) in tensors(other) {
            let (layer, suffix) = split(name)
            file["\(names[layer] ?? "").\(suffix)"] = tensor
        }
        let error = #expect(throws: ImportError.self) { try network.importTensors(file) }
        #expect(error?.fitsInOrder == true)

        let report = try network.importTensors(file, matching: .order)
        #expect(Dictionary(uniqueKeysWithValues: report.layers.map { ($0.name, $0.source) }) == names)
        // The two batch norms have the same shapes.
        #expect(report.guesses == 2)
        #expect(tensors(network).mapValues(\.bits) == tensors(other).mapValues(\.bits))
    }

    @Test func layersWithoutTheirLikeHaveNoOrder() throws {
        let network = try makeNetwork()
        var file = tensors(try makeNetwork(classes: 4))
        #expect(throws: ImportError.self) { try network.importTensors(file, matching: .order) }
        file = tensors(try makeNetwork())
        file["extra.weight"] = Tensor(zeros: [4])
        let error = #expect(throws: ImportError.self) { try network.importTensors(file, matching: .order) }
        #expect(error?.hasNoOrder == true)
    }

    private func split(_ name: String) -> (layer: String, suffix: String) {
        let dot = name.lastIndex(of: ".") ?? name.startIndex
        return (String(name[..<dot]), String(name[dot...].dropFirst()))
    }
}
