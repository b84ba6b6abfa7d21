import Tensors

/// Where NaN or an infinity first appeared.
package struct NonFinite: Hashable, Sendable, CustomStringConvertible {
    package enum Place: Hashable, Sendable {
        /// The images themselves.
        case input
        /// A parameter or running statistic, by name.
        case parameter(String)
        /// The gradient of a parameter, by its name.
        case gradient(String)
        /// What a layer gave.
        case activation(layerIndex: Int, layerName: String)
    }

    package let place: Place
    /// NaN or an infinity.
    package let value: Float

    package static func == (a: NonFinite, b: NonFinite) -> Bool {
        a.place == b.place && a.value.bitPattern == b.value.bitPattern
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(place)
        hasher.combine(value.bitPattern)
    }

    /// `NaN in conv2's activations`.
    package var description: String {
        let what = value.isNaN ? "NaN" : "infinity"
        switch place {
        case .input: return "\(what) in the images"
        case .parameter(let name): return "\(what) in \(name)"
        case .gradient(let name): return "\(what) in the gradient of \(name)"
        case .activation(_, let layerName): return "\(what) in \(layerName)'s activations"
        }
    }

    fileprivate init?(_ tensor: Tensor, _ place: Place) {
        guard let index = tensor.firstNonFinite else { return nil }
        self.place = place
        value = tensor.withUnsafeBufferPointer { $0[index] }
    }
}

extension Executor {
    /// The first place, in order of computation, where the last forward pass met NaN or an infinity: the images,
    /// then of each layer its parameters and running statistics before its activations.
    ///
    /// To be asked before the parameters are updated.
    package func firstNonFinite() -> NonFinite? {
        if let found = NonFinite(input, .input) { return found }
        for (index, layer) in network.layers.enumerated() {
            for parameter in layer.parameters + layer.buffers {
                if let found = NonFinite(parameter.value, .parameter(parameter.name)) { return found }
            }
            let place = NonFinite.Place.activation(layerIndex: index, layerName: layer.name)
            if let found = NonFinite(activation(of: index), place) { return found }
        }
        return nil
    }

    /// The first parameter, in the order of the backward pass, whose gradient holds NaN or an infinity.
    package func firstNonFiniteGradient() -> NonFinite? {
        for parameter in network.parameters.reversed() {
            if let found = NonFinite(parameter.gradient, .gradient(parameter.name)) { return found }
        }
        return nil
    }
}
