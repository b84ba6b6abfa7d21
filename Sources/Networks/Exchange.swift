import Tensors

/// Weights and running statistics in PyTorch's names, shapes and order.
///
/// PyTorch's `num_batches_tracked` is neither written nor read: with a fixed momentum it has no effect, and
/// `load_state_dict` does without it.
extension Network {
    /// Every parameter and buffer, in order of layers: what `state_dict()` holds.
    package func exportTensors() -> [(name: String, tensor: Tensor)] {
        layers.flatMap { $0.parameters + $0.buffers }.map { ($0.name, $0.layout.exported($0.value)) }
    }

    /// Every parameter's gradient, under the parameter's name.
    package func exportGradients() -> [(name: String, tensor: Tensor)] {
        parameters.map { ($0.name, $0.layout.exported($0.gradient)) }
    }

    /// Replaces every parameter and buffer, or none.
    ///
    /// `skipped` are the file's tensors of a type that is not read, their types by name.
    ///
    /// - Throws: `ImportError` with everything that does not fit.
    package func importTensors(
        _ tensors: [String: Tensor], skipped: [String: String] = [:]
    ) throws(ImportError) {
        let owned = layers.flatMap { $0.parameters + $0.buffers }
        var error = ImportError()
        for parameter in owned {
            let needed = parameter.layout.exportedShape(parameter.value.shape)
            if let type = skipped[parameter.name] {
                error.unread.append(.init(name: parameter.name, type: type))
                continue
            }
            guard let found = tensors[parameter.name] else {
                error.missing.append(parameter.name)
                continue
            }
            if found.shape != needed {
                error.misshapen.append(.init(name: parameter.name, found: found.shape, needed: needed))
            }
        }
        error.surplus = Set(tensors.keys).union(skipped.keys).subtracting(owned.map(\.name))
            .filter { $0.split(separator: ".").last != "num_batches_tracked" }.sorted()
        guard error.isEmpty else { throw error }

        for parameter in owned {
            guard let tensor = tensors[parameter.name] else { continue }
            parameter.value = parameter.layout.imported(tensor, as: parameter.value.shape)
        }
    }
}
