import Networks
import Tensors

/// Updates parameters from their gradients, and remembers what its rules need for that.
///
/// A value, copied on write like its tensors: part of the training state.
package struct Optimizer: Sendable {
    package private(set) var settings: any OptimizerSettings
    /// Updates since the slots were zeros.
    package internal(set) var stepCount = 0
    /// By parameter, then by rule, then by the rule's slot names.
    package private(set) var slots: [[[Tensor]]]

    private var rules: [any UpdateRule]
    /// How many slots each rule has.
    private var slotCounts: [Int]

    /// - Throws: `TrainingError.setting`.
    package init(_ settings: any OptimizerSettings, for parameters: [Parameter]) throws(TrainingError) {
        try settings.check()
        self.settings = settings
        let rules = settings.rules
        self.rules = rules
        slotCounts = rules.map(\.slotNames.count)
        slots = parameters.map { parameter in
            rules.map { rule in rule.slotNames.map { _ in Tensor(zeros: parameter.value.shape) } }
        }
    }

    /// The names of what it remembers for each parameter: `momentum`.
    package var slotNames: [String] { rules.flatMap(\.slotNames) }

    /// Sets what it remembers for one parameter, in the order of `slotNames`.
    mutating func fill(_ tensors: [Tensor], ofParameter index: Int) {
        var tensors = tensors.makeIterator()
        for (link, rule) in rules.enumerated() {
            for slot in rule.slotNames.indices {
                if let tensor = tensors.next() { slots[index][link][slot] = tensor }
            }
        }
    }

    /// `w = w - rate direction` for every parameter; gradients stay as they are, to be looked at.
    package mutating func update(_ parameters: [Parameter], rate: Float, workers: Workers) {
        precondition(parameters.count == slots.count, "the parameters it was made for")
        stepCount += 1
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slotCounts.reduce(0, +))
        {
            pointers in
            for (index, parameter) in parameters.enumerated() {
                var next = 0
                for (link, slotCount) in slotCounts.enumerated() {
                    for slot in 0..<slotCount {
                        pointers[next] = slots[index][link][slot].uniquePointer()
                        next += 1
                    }
                }
                update(parameter, rate: rate, slots: pointers, workers: workers)
            }
        }
    }

    private func update(
        _ parameter: Parameter, rate: Float, slots: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>>,
        workers: Workers
    ) {
        parameter.gradient.withUnsafeBufferPointer { gradient in
            guard let gradient = gradient.baseAddress, let slots = slots.baseAddress else { return }
            let update = ParameterUpdate(
                rules: rules, slotCounts: slotCounts, rate: rate, step: stepCount,
                count: parameter.value.count,
                gradient: gradient, value: parameter.value.uniquePointer(), slots: slots)
            workers.forEach(update.items, update)
        }
    }

    /// Another optimizer for the same parameters, which keeps the slots that both know by one name.
    ///
    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package mutating func change(
        to settings: any OptimizerSettings, for parameters: [Parameter]
    ) throws(TrainingError) -> CarryOver {
        var next = try Optimizer(settings, for: parameters)
        let (old, new) = (slotNames, next.slotNames)
        let kept = new.filter(old.contains)
        for index in slots.indices {
            var known = Dictionary(uniqueKeysWithValues: zip(old, slots[index].joined()))
            for (link, rule) in next.rules.enumerated() {
                for (slot, name) in rule.slotNames.enumerated() {
                    if let tensor = known.removeValue(forKey: name) { next.slots[index][link][slot] = tensor }
                }
            }
        }
        // The count belongs to the slots: bias corrections start over with them.
        if kept == new, !new.isEmpty { next.stepCount = stepCount }
        let report = CarryOver(
            from: type(of: self.settings).kind, to: type(of: settings).kind, kept: kept,
            dropped: stepCount > 0 ? old.filter { !new.contains($0) } : [],
            started: new.filter { !old.contains($0) })
        self = next
        return report
    }
}
