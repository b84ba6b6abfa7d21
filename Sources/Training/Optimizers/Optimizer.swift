import Networks
import Tensors

/// Updates parameters from their gradients, and remembers what its rules need for that.
///
/// A value, copied on write like its tensors: part of the training state.
package struct Optimizer: Sendable {
    package private(set) var settings: any OptimizerSettings
    /// Updates of each parameter since its slots were zeros; frozen ones get none.
    package internal(set) var stepCounts: [Int]
    /// By parameter, then by rule, then by the rule's slot names.
    package internal(set) var slots: [[[Tensor]]]

    private var rules: [any UpdateRule]
    /// How many slots each rule has.
    private var slotCounts: [Int]

    /// - Throws: `TrainingError.setting`.
    package init(_ settings: any OptimizerSettings, for parameters: [Parameter]) throws(TrainingError) {
        try settings.check()
        self.settings = settings
        let regularization = settings.regularization
        let rules = regularization.rulesOnGradient + settings.rules + regularization.rulesOnDirection
        self.rules = rules
        slotCounts = rules.map(\.slotNames.count)
        stepCounts = parameters.map { _ in 0 }
        slots = parameters.map { parameter in
            rules.map { rule in rule.slotNames.map { _ in Tensor(zeros: parameter.value.shape) } }
        }
    }

    /// The names of what it remembers for each parameter: `momentum`.
    package var slotNames: [String] { rules.flatMap(\.slotNames) }
    /// Those of them that are made of squares.
    var squareSlots: [String] { rules.flatMap(\.squareSlots) }

    /// Updates since the slots were zeros, of the parameter that had most.
    package var stepCount: Int { stepCounts.max() ?? 0 }

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
        update(parameters, workers: workers) { _ in rate }
    }

    /// The same with a rate for each parameter by its index; one without a rate stays, and so do its slots.
    ///
    /// Gradients are clipped first; `momentum` takes the place of the optimizer's own, if it has any.
    package mutating func update(
        _ parameters: [Parameter], clip: GradientClip = .none, momentum: Double? = nil, workers: Workers,
        rate: (_ parameter: Int) -> Float?
    ) {
        precondition(parameters.count == slots.count, "the parameters it was made for")
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slotCounts.reduce(0, +))
        { pointers in
            withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: rules.count) { coefficients in
                var step: UpdateStep?
                for (index, parameter) in parameters.enumerated() {
                    guard let rate = rate(index) else { continue }
                    stepCounts[index] += 1
                    let next = UpdateStep(count: stepCounts[index], momentum: momentum)
                    // Mostly the same for all.
                    if next != step { setCoefficients(coefficients, at: next) }
                    step = next
                    setPointers(pointers, ofParameter: index)
                    update(
                        parameter, rate: rate, clip: clip, coefficients: coefficients, slots: pointers,
                        workers: workers)
                    if settings.regularization.maxNorm > 0 {
                        parameter.limitNorms(to: Float(settings.regularization.maxNorm))
                    }
                }
            }
        }
    }

    private func setCoefficients(
        _ coefficients: UnsafeMutableBufferPointer<SIMD4<Float>>, at step: UpdateStep
    ) {
        for (link, rule) in rules.enumerated() {
            coefficients.initializeElement(at: link, to: rule.coefficients(at: step))
        }
    }

    private mutating func setPointers(
        _ pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>>, ofParameter index: Int
    ) {
        var next = 0
        for (link, slotCount) in slotCounts.enumerated() {
            for slot in 0..<slotCount {
                pointers.initializeElement(at: next, to: slots[index][link][slot].uniquePointer())
                next += 1
            }
        }
    }

    private func update(
        _ parameter: Parameter, rate: Float, clip: GradientClip,
        coefficients: UnsafeMutableBufferPointer<SIMD4<Float>>,
        slots: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>>, workers: Workers
    ) {
        parameter.gradient.withUnsafeBufferPointer { gradient in
            guard let gradient = gradient.baseAddress, let slots = slots.baseAddress,
                let coefficients = coefficients.baseAddress
            else { return }
            let update = ParameterUpdate(
                rules: rules, slotCounts: slotCounts, coefficients: coefficients, clip: clip, rate: rate,
                count: parameter.value.count, isWeight: parameter.value.shape.rank > 1, gradient: gradient,
                value: parameter.value.uniquePointer(), slots: slots)
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
        // The count belongs to what is remembered: bias corrections start over with it. What the same name stands for
        // is corrected alike, and what starts at zero beside it is a maximum or needs no correction.
        if !kept.isEmpty { next.stepCounts = stepCounts }
        let report = CarryOver(
            from: type(of: self.settings).kind, to: type(of: settings).kind, kept: kept,
            dropped: stepCount > 0 ? old.filter { !new.contains($0) } : [],
            started: new.filter { !old.contains($0) })
        self = next
        return report
    }
}
