extension StateRecord {
    /// Refuses numbers that no run can have, so that whatever works with a state need not ask.
    ///
    /// What a run that diverged can have is allowed: a validation loss that is NaN or infinite, and any rate that is
    /// not negative.
    ///
    /// - Throws: `CheckpointError.damaged`, with the first field that is out of range.
    func check(path: String) throws(CheckpointError) {
        func require<Value>(_ holds: Bool, _ field: String, _ value: Value) throws(CheckpointError) {
            guard holds else { throw .damaged(path: path, what: "its `\(field)` cannot be \(value)") }
        }
        func require(_ field: String, _ count: Int, in range: ClosedRange<Int>) throws(CheckpointError) {
            try require(range.contains(count), field, count)
        }

        try require("setup.images", setup.images, in: 1...Self.mostCounted)
        try require("setup.batchSize", setup.batchSize, in: 1...Int.max)
        try require("position.epoch", position.epoch, in: epochs.count...epochs.count)
        try require("position.step", position.step, in: 0...Self.mostCounted)
        try require("position.image", position.image, in: 0...setup.images)
        try require("position.totals.labels", position.totals.labels, in: position.image...Self.mostCounted)
        try require("position.totals.correct", position.totals.correct, in: 0...position.totals.labels)
        try require(
            (0...Double(Self.mostCounted)).contains(position.totals.lossWeight), "position.totals.lossWeight",
            position.totals.lossWeight)
        try require(
            position.totals.lossSum.isFinite, "position.totals.lossSum", position.totals.lossSum)
        try require(
            Self.seconds.contains(position.totals.seconds), "position.totals.seconds",
            position.totals.seconds)
        try require(!(position.totals.rate < 0), "position.totals.rate", position.totals.rate)
        try require("optimizerSteps", optimizerSteps, in: 0...position.step)
        try require("scheduleStart", scheduleStart, in: 0...position.epoch)
        for (name, stream) in [("shuffle", shuffle), ("augment", augment), ("dropout", dropout)] {
            try require(stream.count == 2, name, stream)
        }

        var step = 0
        for (index, epoch) in epochs.enumerated() {
            let name = "epochs[\(index)]"
            try require("\(name).epoch", epoch.epoch, in: index + 1...index + 1)
            try require(
                step <= epoch.step && epoch.step <= position.step, "\(name).step", epoch.step)
            step = epoch.step
            try require("\(name).images", epoch.images, in: 1...Self.mostCounted)
            try require(epoch.trainLoss.isFinite, "\(name).trainLoss", epoch.trainLoss)
            try require(
                (0...1).contains(epoch.trainAccuracy), "\(name).trainAccuracy", epoch.trainAccuracy)
            for (metric, value) in epoch.validationMetrics where metric != "loss" {
                try require((0...1).contains(value), "\(name).validationMetrics.\(metric)", value)
            }
            try require(!(epoch.rate < 0), "\(name).rate", epoch.rate)
            try require(Self.seconds.contains(epoch.seconds), "\(name).seconds", epoch.seconds)
        }
    }

    /// Counters beyond this are damage; sums and products of them stay far from an integer's end.
    private static let mostCounted = 1 << 40
    private static let seconds = 0...Double(mostCounted)
}

extension RunHistory {
    /// Refuses steps that no run can have made.
    ///
    /// - Throws: `CheckpointError.damaged`, with the first step that is out of range.
    func checkSteps(path: String) throws(CheckpointError) {
        let isPossible = { (step: StepRecord) in
            step.loss.isFinite && (0...1).contains(step.accuracy) && !(step.rate < 0)
        }
        guard let index = steps.firstIndex(where: { !isPossible($0) }) else { return }
        let step = steps[index]
        throw .damaged(
            path: path,
            what: "its step \(index + 1) cannot have a loss of \(step.loss), "
                + "an accuracy of \(step.accuracy) and a rate of \(step.rate)")
    }
}
