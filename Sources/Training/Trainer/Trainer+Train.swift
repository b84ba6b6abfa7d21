import Datasets
import Networks
import Tensors

extension Trainer {
    /// Trains until `epochs` more epochs are finished; one that was interrupted is finished first and counts.
    ///
    /// A validation follows each epoch, if there are validation images. `shouldStop` is asked after each batch; when
    /// it says so, everything is kept. `observe` is told what happens, on the calling thread.
    @discardableResult
    package func train(
        epochs: Int, within limits: TrainingLimits = TrainingLimits(), shouldStop: () -> Bool = { false },
        observe: (TrainingEvent) -> Void = { _ in }
    ) -> TrainingOutcome {
        rewind()
        return train(
            until: .epoch(position.epoch + max(epochs, 0)), within: limits, shouldStop: shouldStop,
            observe: observe)
    }

    /// Makes `steps` updates, the first of them by finishing the step in hand, and finishes the epochs that end
    /// before the last of them. The values before the last update are kept.
    @discardableResult
    package func train(
        steps: Int, within limits: TrainingLimits = TrainingLimits(), shouldStop: () -> Bool = { false },
        observe: (TrainingEvent) -> Void = { _ in }
    ) -> TrainingOutcome {
        train(
            until: .step(position.step + max(steps, 0)), within: limits, shouldStop: shouldStop,
            observe: observe)
    }

    /// Goes on to an end that an earlier call did not come to.
    package func train(
        until goal: TrainingGoal, within limits: TrainingLimits = TrainingLimits(),
        shouldStop: () -> Bool = { false }, observe: (TrainingEvent) -> Void = { _ in }
    ) -> TrainingOutcome {
        let start = (epochs: history.epochs.count, steps: history.steps.count)
        let reason: TrainingOutcome.Reason
        do throws(DatasetError) {
            reason = try run(until: goal, limits, shouldStop: shouldStop, observe: observe)
        } catch {
            reason = .unreadable(error)
        }
        return TrainingOutcome(
            reason: reason, position: position, imagesPerEpoch: dataset.train.count,
            epochs: start.epochs..<history.epochs.count, steps: start.steps..<history.steps.count)
    }

    private func run(
        until goal: TrainingGoal, _ limits: TrainingLimits, shouldStop: () -> Bool,
        observe: (TrainingEvent) -> Void
    ) throws(DatasetError) -> TrainingOutcome.Reason {
        var pace = Pace()
        let (lastEpoch, lastStep) = (lastEpoch(of: goal), goal.step)
        func reasonToStop() -> TrainingOutcome.Reason? {
            shouldStop() ? .stopped : limits.isOver ? .outOfBudget : nil
        }
        while position.epoch < lastEpoch {
            while hasBatch {
                if position.step == lastStep { return .finished }
                let start = ContinuousClock.now
                if let rate = unusableRate { return .unusableRate(rate) }
                let keepsValues =
                    position.step + 1 == lastStep
                    || limits.inspector?.wantsValues(beforeStep: position.step + 1) == true
                if let divergence = try finishStep(keepingValues: keepsValues) {
                    return .diverged(divergence)
                }
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                position.totals.seconds += seconds
                pace.images += result?.count ?? 0
                pace.seconds += seconds
                let breakpoints = limits.inspector?.inspectStep(of: self) ?? []
                observe(.stepped(report(until: lastEpoch, pace)))
                if !breakpoints.isEmpty { return .paused(by: breakpoints) }
                if let reason = reasonToStop() { return reason }
            }
            // An epoch that ends with the last step is finished by whatever comes next.
            if position.step == lastStep { return .finished }
            guard let record = try finishEpoch({ reasonToStop() != nil }, observe) else {
                return reasonToStop() ?? .stopped
            }
            let breakpoints = limits.inspector?.inspectEpoch(of: self) ?? []
            observe(.epochFinished(record))
            if let stop = stopEarly(after: record) { return .stoppedEarly(stop) }
            if !breakpoints.isEmpty { return .paused(by: breakpoints) }
        }
        return .finished
    }

    /// The epoch with whose end a call ends at the latest.
    private func lastEpoch(of goal: TrainingGoal) -> Int {
        switch goal {
        case .epoch(let epoch): return epoch
        case .step(let step):
            let images = max(dataset.train.count, 1)
            return position.epoch + (max(step - position.step, 0) * batchSize + position.image) / images + 1
        }
    }

    /// A rate of the next step that is no rate: a schedule that the user wrote can give any number.
    private var unusableRate: Double? {
        func isUsable(_ rate: Double) -> Bool { rate >= 0 && Float(rate).isFinite }
        let (rate, moment) = (rate, moment)
        guard isUsable(rate) else { return rate }
        for own in layerRates.rates.values {
            let rate = schedule.currentRate(from: own, at: moment)
            guard isUsable(rate) else { return rate }
        }
        return nil
    }

    /// Goes on to the next part of the step in hand, up to and with `last`, unless its loss or a gradient is not
    /// finite: then nothing is changed, and activations, gradients and `batch` stay for whoever wants to know why.
    ///
    /// - Throws: `DatasetError` if the batch cannot be read; then nothing has changed.
    package func finishStep(
        upTo last: StepPart = .update, keepingValues: Bool = false
    ) throws(DatasetError) -> Divergence? {
        func divergence(_ quantity: Divergence.Quantity, _ origin: NonFinite?) -> Divergence {
            rewind()
            return Divergence(
                quantity: quantity, origin: origin, step: position.step + 1, epoch: position.epoch + 1)
        }
        if phase == .ready, !(try forward().lossSum.isFinite) {
            return divergence(.loss, executor.firstNonFinite())
        }
        if phase == .forwarded, last != .forward {
            backward()
            guard gradientNorm.isFinite else {
                return divergence(.gradient, executor.firstNonFiniteGradient())
            }
        }
        if phase == .backpropagated, last == .update { update(keepingValues: keepingValues) }
        return nil
    }

    /// Finishes an epoch whose images have all been trained on, so that a step can begin; false if it was stopped.
    package func beginStep(
        shouldStop: () -> Bool = { false }, observe: (TrainingEvent) -> Void = { _ in }
    ) throws(DatasetError) -> Bool {
        guard !hasBatch else { return true }
        guard let record = try finishEpoch(shouldStop, observe) else { return false }
        observe(.epochFinished(record))
        return true
    }

    /// Validates and writes the epoch down, or returns nil if it was stopped; then the next call tries again.
    private func finishEpoch(
        _ shouldStop: () -> Bool, _ observe: (TrainingEvent) -> Void
    ) throws(DatasetError) -> EpochRecord? {
        var validation: Evaluation?
        if !dataset.validation.isEmpty {
            let images = dataset.validation.count
            validation = try measure(dataset.validation, shouldStop: shouldStop) { done in
                observe(.validating(epoch: position.epoch + 1, done: done, of: images))
            }
            if validation == nil { return nil }
        }
        let images = dataset.train.count
        let totals = position.totals
        let record = EpochRecord(
            epoch: position.epoch + 1, step: position.step, trainLoss: totals.meanLoss,
            trainAccuracy: totals.accuracy, validationMetrics: validation?.metrics ?? [:], rate: totals.rate,
            seconds: totals.seconds, images: images)
        history.epochs.append(record)
        position.epoch += 1
        position.image = 0
        position.totals = EpochTotals()
        loader = nil
        return record
    }

    private func report(until lastEpoch: Int, _ pace: Pace) -> StepReport {
        let images = dataset.train.count
        let left = (lastEpoch - position.epoch) * images - position.image
        return StepReport(
            epoch: position.epoch + 1, lastEpoch: lastEpoch, step: position.step, imagesDone: position.image,
            imagesPerEpoch: images, loss: result?.meanLoss ?? 0, accuracy: result?.accuracy ?? 0,
            epochLoss: position.totals.meanLoss,
            epochAccuracy: position.totals.accuracy,
            rate: position.totals.rate, imagesPerSecond: pace.imagesPerSecond,
            secondsLeft: Double(left) / pace.imagesPerSecond)
    }
}
