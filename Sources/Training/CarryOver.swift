import Networks

/// What a change of a run that is under way has kept, and what it has not.
package struct CarryOver: Hashable, Sendable, CustomStringConvertible {
    /// What goes on as it was.
    package var kept: [String] = []
    /// Layers whose tensors got another shape, with what is remembered of them.
    package var reshaped: [String] = []
    /// Layers with new weights.
    package var drawn: [String] = []
    /// What was there and is not any more.
    package var dropped: [String] = []
    /// What an optimizer has not remembered so far.
    package var zeroed: [String] = []
    /// What begins again.
    package var restarted: [String] = []

    /// `carried over: weights, momentum. dropped: ...`
    package var description: String {
        let sentences = [
            ("carried over", kept), ("re-shaped", reshaped), ("drawn anew", drawn), ("dropped", dropped),
            ("starts at zero", zeroed), ("starts over", restarted),
        ]
        return sentences.filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", "))." }
            .joined(separator: " ")
    }

    /// A slot in words: `first_moment` is the first moment.
    static func words(_ slot: String) -> String {
        slot.split(separator: "_").joined(separator: " ")
    }

    /// Slots with why they are named.
    static func list(_ slots: [String], because reason: String) -> [String] {
        slots.isEmpty ? [] : [slots.map(words).joined(separator: ", ") + " (\(reason))"]
    }
}

/// What a run consists of.
package enum TrainingPart: CaseIterable, Sendable {
    case weights, runningStatistics, optimizerState, averagedWeights, layerRates, schedule, bestEpoch, history
}

extension Trainer {
    /// What a change carries over that begins these parts again, and has no use for those: of all, those that there are.
    package func carryOver(
        restarting restarted: Set<TrainingPart> = [], dropping dropped: Set<TrainingPart> = []
    ) -> CarryOver {
        let parts = TrainingPart.allCases.filter { !dropped.contains($0) }
        return CarryOver(
            kept: parts.filter { !restarted.contains($0) }.flatMap(words),
            restarted: parts.filter(restarted.contains).flatMap(words))
    }

    /// What there is of a part.
    private func words(_ part: TrainingPart) -> [String] {
        switch part {
        case .weights: ["weights"]
        case .runningStatistics: network.buffers.isEmpty ? [] : ["running statistics"]
        case .optimizerState: optimizer.stepCount > 0 ? optimizer.slotNames.map(CarryOver.words) : []
        case .averagedWeights: average?.isEmpty == false ? ["averaged weights"] : []
        case .layerRates:
            (layerRates.frozen.isEmpty ? [] : ["frozen layers"])
                + (layerRates.rates.isEmpty ? [] : ["rates of layers"])
        case .schedule: schedule is ConstantSchedule ? [] : ["schedule"]
        case .bestEpoch: stopping?.best == nil ? [] : ["best epoch"]
        case .history: history.steps.isEmpty ? [] : ["history"]
        }
    }
}
