import Networks

extension Trainer {
    /// Lets layers learn at rates of their own, or not at all. Takes back a step in hand.
    ///
    /// - Throws: `TrainingError.setting`; then nothing has changed.
    package func change(layerRates: LayerRates) throws(TrainingError) {
        try layerRates.check()
        rewind()
        self.layerRates = layerRates
    }

    /// The schedule's rate for the next step.
    package var rate: Double {
        triedRate ?? schedule.currentRate(from: optimizer.settings.rate, at: moment)
    }

    /// Updates in a whole epoch.
    package var stepsPerEpoch: Int { (dataset.train.count + batchSize - 1) / batchSize }

    /// With the share of the one in hand.
    package var epochsDone: Double {
        Double(position.epoch) + Double(position.image) / Double(max(dataset.train.count, 1))
    }

    /// Where the schedule stands.
    package var moment: ScheduleMoment {
        ScheduleMoment(
            epoch: position.epoch - scheduleStart.epoch, step: position.step - scheduleStart.step,
            stepInEpoch: position.image / batchSize, stepsPerEpoch: stepsPerEpoch,
            epochs: history.epochs.dropFirst(scheduleStart.epoch))
    }

    /// Changes the parameters by their gradients, each at its rate.
    func updateParameters(rate: Double, at moment: ScheduleMoment) {
        optimizer.update(
            network.parameters, clip: clipping.clip(norm: gradientNorm),
            momentum: schedule.currentMomentum(at: moment), workers: workers
        ) { index in
            switch parameterRates[index] {
            case .common: Float(rate)
            case .own(let own): Float(schedule.currentRate(from: own, at: moment))
            case .frozen: nil
            }
        }
    }

    /// The length of the gradients of all parameters that learn, taken together; each one's is kept.
    func measureGradientNorm() -> Double {
        var squares = 0.0
        for (index, parameter) in network.parameters.enumerated() {
            gradientSquares[index] = parameter.gradient.sumOfSquares
            if parameterRates[index] != .frozen { squares += gradientSquares[index] }
        }
        return squares.squareRoot()
    }

    /// Puts back the running statistics of layers that do not learn.
    func keepFrozenStatistics() {
        guard !layerRates.frozen.isEmpty else { return }
        for (index, isFrozen) in frozenBuffers.enumerated() where isFrozen {
            network.buffers[index].value.assign(buffersBefore[index])
        }
    }
}

extension Network {
    /// Of each parameter, in order.
    func parameterRates(_ rates: LayerRates) -> [LayerRate] {
        layers.flatMap { layer in layer.parameters.map { _ in rates.rate(of: layer.name) } }
    }

    /// Whether each running statistic stays, in order.
    func frozenBuffers(_ rates: LayerRates) -> [Bool] {
        layers.flatMap { layer in layer.buffers.map { _ in rates.rate(of: layer.name) == .frozen } }
    }
}
