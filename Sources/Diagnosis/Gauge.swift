import Networks

/// A quantity of one network: `gradient.norm`, or a layer's, `conv1.gradient.norm`.
package struct Gauge: Sendable {
    package let quantity: Quantity
    /// Its layer's index; nil for a quantity of the run.
    package let layer: Int?
    /// As it is typed.
    package let name: String

    /// What a name means in a network.
    ///
    /// - Throws: `QuantityError` if it means nothing there.
    package init(_ name: String, in network: Network) throws(QuantityError) {
        if let quantity = allQuantities.first(where: { !$0.isOfLayer && $0.name == name }) {
            self.init(quantity, nil, name)
            return
        }
        var failure = QuantityError.unknown(name)
        // The longest suffix first: a layer may be called `update`.
        for quantity in allQuantities where quantity.isOfLayer && name.hasSuffix("." + quantity.name) {
            let layerName = String(name.dropLast(quantity.name.count + 1))
            guard let index = network.layers.firstIndex(where: { $0.name == layerName }) else {
                failure = .unknownLayer(layerName, quantity: quantity.name)
                continue
            }
            guard quantity.exists(in: network.layers[index]) else {
                throw .notOfLayer(layerName, quantity: quantity.name)
            }
            self.init(quantity, index, name)
            return
        }
        throw failure
    }

    private init(_ quantity: Quantity, _ layer: Int?, _ name: String) {
        self.quantity = quantity
        self.layer = layer
        self.name = name
    }

    /// Everything that can be measured of a network, in the order of `allQuantities`.
    package static func all(in network: Network) -> [Gauge] {
        allQuantities.flatMap { quantity -> [Gauge] in
            guard quantity.isOfLayer else { return [Gauge(quantity, nil, quantity.name)] }
            return network.layers.enumerated().compactMap { index, layer in
                quantity.exists(in: layer)
                    ? Gauge(quantity, index, "\(layer.name).\(quantity.name)") : nil
            }
        }
    }
}

extension Quantity {
    /// Whether it can be measured of this layer.
    fileprivate func exists(in layer: PlacedLayer) -> Bool {
        if case .ofLayer(let has, _) = measure { has(layer) } else { false }
    }
}

/// A name that means no quantity.
package enum QuantityError: Error, Hashable, Sendable {
    case unknown(String)
    /// The quantity is known, the layer is not.
    case unknownLayer(String, quantity: String)
    /// The layer has no such quantity: `relu1` has no weight.
    case notOfLayer(String, quantity: String)
}
