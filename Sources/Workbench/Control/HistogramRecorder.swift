import Diagnosis
import Networks
import Training

/// The numbers of a layer whose histograms are recorded while training runs.
struct HistogramWatch {
    struct Point {
        /// Updates in the run.
        let step: Int
        let distribution: Distribution
    }

    let subject: Statistics.Subject
    /// By its name.
    let layer: String
    /// Looked at after each so many updates.
    var every: Int
    private(set) var points: [Point] = []

    init(_ subject: Statistics.Subject, of layer: String, every: Int) {
        (self.subject, self.layer, self.every) = (subject, layer, every)
    }

    /// Writes one down. A run that went back, or another run, takes the place of what it does anew.
    mutating func note(_ distribution: Distribution, atStep step: Int) {
        while let last = points.last, last.step >= step { points.removeLast() }
        points.append(Point(step: step, distribution: distribution))
    }

    mutating func forget() { points = [] }
}

/// Records histograms between the steps of a training.
struct HistogramRecorder {
    private(set) var watches: [HistogramWatch] = []

    var isEmpty: Bool { watches.isEmpty }

    /// With nothing recorded yet.
    var emptied: HistogramRecorder {
        var copy = self
        for index in watches.indices { copy.watches[index].forget() }
        return copy
    }

    /// One that is recorded already is recorded at other steps from now on, and keeps what there is.
    mutating func add(_ subject: Statistics.Subject, of layers: [String], every: Int) {
        for layer in layers {
            if let index = watches.firstIndex(where: { $0.subject == subject && $0.layer == layer }) {
                watches[index].every = every
            } else {
                watches.append(HistogramWatch(subject, of: layer, every: every))
            }
        }
    }

    /// Returns how many there were.
    mutating func deleteAll() -> Int {
        defer { watches = [] }
        return watches.count
    }

    func wantsValues(beforeStep step: Int) -> Bool {
        watches.contains { $0.subject == .updates && step % $0.every == 0 }
    }

    mutating func inspectStep(of trainer: Trainer) {
        let step = trainer.position.step
        for index in watches.indices where step % watches[index].every == 0 {
            let watch = watches[index]
            guard let layer = trainer.network.layers.firstIndex(where: { $0.name == watch.layer }),
                let distribution = trainer.distribution(of: watch.subject, layer: layer)
            else { continue }
            watches[index].note(distribution, atStep: step)
        }
    }
}
