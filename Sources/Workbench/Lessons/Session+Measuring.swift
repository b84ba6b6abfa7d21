import CommandLanguage
import Diagnosis
import Networks

// Bare names in expressions: `expect (val.accuracy > 0.8)`.

extension Session {
    private static let layerCount = "layers."

    /// Whether a name can have a value, now or later: a fact, a quantity, or `layers.` and a kind of layer.
    func isMeasurable(_ name: String) -> Bool {
        if allFacts.contains(where: { $0.name == name }) { return true }
        if name.hasPrefix(Self.layerCount) {
            return allLayers.contains { $0.kind == name.dropFirst(Self.layerCount.count) }
        }
        return allQuantities.contains { quantity in
            quantity.isOfLayer ? name.hasSuffix(".\(quantity.name)") : quantity.name == name
        }
    }

    /// Its value; nil if it has none now.
    func measure(_ name: String) -> Value? {
        if let fact = allFacts.first(where: { $0.name == name }) { return fact.value(self) }
        guard let trainer else { return nil }
        if name.hasPrefix(Self.layerCount) {
            let kind = name.dropFirst(Self.layerCount.count)
            return .number(Double(trainer.network.layers.count { type(of: $0.layer.unnamed).kind == kind }))
        }
        guard let gauge = try? Gauge(name, in: trainer.network) else { return nil }
        return Meter(of: trainer).value(of: gauge).map(Value.number)
    }
}
