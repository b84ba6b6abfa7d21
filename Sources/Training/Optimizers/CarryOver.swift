/// What a change of the optimizer kept and what it did not. Weights, statistics and history are always kept.
package struct CarryOver: Hashable, Sendable, CustomStringConvertible {
    package let from: String
    package let to: String
    /// Slots that both optimizers use.
    package let kept: [String]
    /// Slots with something in them that the new optimizer has no use for.
    package let dropped: [String]
    /// Slots that the new optimizer starts with zeros, because the old one had none.
    package let started: [String]

    /// `carried over: weights, momentum. dropped: ...`
    package var description: String {
        func list(_ names: [String]) -> String {
            names.map { $0.split(separator: "_").joined(separator: " ") }.joined(separator: ", ")
        }
        var sentences = ["carried over: " + list(["weights"] + kept) + "."]
        if !dropped.isEmpty { sentences.append("dropped: \(list(dropped)) (\(to) has no use for it).") }
        if !started.isEmpty { sentences.append("starts at zero: \(list(started)) (\(from) has none).") }
        return sentences.joined(separator: " ")
    }
}
