import Foundation
import Tensors
import TestSupport
import Testing

/// What PyTorch computed: a file that `scripts/reference` wrote.
struct Fixture {
    let tensors: [String: Tensor]
    let metadata: [String: String]
    /// The types of what is not read, by name.
    let skipped: [String: String]

    init(_ name: String) throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: "safetensors"))
        let archive = try TensorArchive.read(path)
        (tensors, metadata, skipped) = (archive.named, archive.metadata, archive.skipped)
    }

    subscript(_ name: String) -> Tensor {
        get throws { try #require(tensors[name], "\(name) is not in the fixture") }
    }

    /// The tensors whose names begin with `prefix`, without it.
    func group(_ prefix: String) -> [String: Tensor] {
        Dictionary(
            uniqueKeysWithValues: tensors.compactMap { name, tensor in
                name.hasPrefix(prefix) ? (String(name.dropFirst(prefix.count)), tensor) : nil
            })
    }
}
