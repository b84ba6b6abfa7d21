import Tensors

/// Layers that learn at a rate of their own, or not at all; by name.
package struct LayerRates: Hashable, Sendable, Codable {
    /// Those whose parameters and running statistics stay, in alphabetical order.
    package private(set) var frozen: [String] = []
    /// In place of the optimizer's, and changed by the schedule likewise.
    package private(set) var rates: [String: Double] = [:]

    package init() {}

    package mutating func freeze(_ layers: [String]) { frozen = Set(frozen).union(layers).sorted() }

    package mutating func unfreeze(_ layers: [String]) { frozen = Set(frozen).subtracting(layers).sorted() }

    /// The optimizer's again with nil.
    package mutating func setRate(_ rate: Double?, of layers: [String]) {
        for layer in layers { rates[layer] = rate }
    }

    package var isEmpty: Bool { frozen.isEmpty && rates.isEmpty }

    /// - Throws: `TrainingError.setting` for a rate out of its range.
    package func check() throws(TrainingError) {
        for rate in rates.values { try [Setting("rate", rate, .nonNegative)].check() }
    }

    /// Of each layer.
    package func rate(of layer: String) -> LayerRate {
        frozen.contains(layer) ? .frozen : rates[layer].map(LayerRate.own) ?? .common
    }
}

/// How fast a layer learns.
package enum LayerRate: Hashable, Sendable {
    /// As the optimizer has it.
    case common
    case own(Double)
    /// Not at all.
    case frozen
}
