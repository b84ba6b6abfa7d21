/// Where training stands, as a schedule sees it: everything is counted from where the schedule began.
package struct ScheduleMoment: Sendable {
    /// Whole epochs.
    package let epoch: Int
    /// Updates.
    package let step: Int
    /// Updates of the epoch in hand, at the present batch size.
    package let stepInEpoch: Int
    package let stepsPerEpoch: Int
    /// What the finished epochs measured.
    package let epochs: ArraySlice<EpochRecord>

    package init(
        epoch: Int = 0, step: Int = 0, stepInEpoch: Int = 0, stepsPerEpoch: Int,
        epochs: ArraySlice<EpochRecord> = []
    ) {
        self.epoch = epoch
        self.step = step
        self.stepInEpoch = stepInEpoch
        self.stepsPerEpoch = max(stepsPerEpoch, 1)
        self.epochs = epochs
    }

    /// Epochs with the share of the one in hand that is done.
    var fractionalEpoch: Double { Double(epoch) + Double(stepInEpoch) / Double(stepsPerEpoch) }

    /// Updates, as if all epochs had been trained with the present batch size.
    var stepOfEpochs: Int { epoch * stepsPerEpoch + stepInEpoch }

    /// The moment so many steps later, with nothing measured meanwhile.
    func advanced(by steps: Int) -> ScheduleMoment {
        let ahead = stepInEpoch + steps
        return ScheduleMoment(
            epoch: epoch + ahead / stepsPerEpoch, step: step + steps, stepInEpoch: ahead % stepsPerEpoch,
            stepsPerEpoch: stepsPerEpoch, epochs: epochs)
    }

    /// The moment on the clock of a schedule that begins so many epochs, or steps, later.
    func dropping(epochs count: Int) -> ScheduleMoment {
        ScheduleMoment(
            epoch: epoch - count, step: step - count * stepsPerEpoch, stepInEpoch: stepInEpoch,
            stepsPerEpoch: stepsPerEpoch, epochs: epochs.dropFirst(count))
    }

    func dropping(steps count: Int) -> ScheduleMoment {
        ScheduleMoment(
            epoch: epoch, step: step - count, stepInEpoch: stepInEpoch, stepsPerEpoch: stepsPerEpoch,
            epochs: epochs)
    }
}
