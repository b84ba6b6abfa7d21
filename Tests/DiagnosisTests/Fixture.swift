import Foundation
import Tensors
import Testing

/// What PyTorch computed: a file that `scripts/reference` wrote.
struct Fixture {
    let tensors: [String: Tensor]

    init(_ name: String) throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: "safetensors"))
        tensors = try TensorArchive.read(path).named
    }

    subscript(_ name: String) -> Tensor {
        get throws { try #require(tensors[name], "\(name) is not in the fixture") }
    }
}
