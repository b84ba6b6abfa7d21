import Training

/// A run as it is kept: what was trained, with which settings, and how that went.
package struct StoredRun: Hashable, Sendable {
    package let id: Int64
    /// The model's name.
    package let model: String
    /// Seconds since 1970.
    package let started: Double
    package let status: RunStatus
    package let note: String
    /// If it belongs to a search.
    package let trial: StoredTrial?
    /// In the order in which they are shown.
    package let settings: [RunSetting]
    /// By name, each from its first epoch on.
    package let curves: [String: [CurvePoint]]

    /// Finished epochs.
    package var epochs: Int { curves["loss"]?.count ?? 0 }
    /// What the epochs measured, in the order in which it is shown.
    package var curveNames: [String] {
        let known = EpochRecord.measurementNames
        return known.filter { curves[$0] != nil } + curves.keys.filter { !known.contains($0) }.sorted()
    }
}

/// Which trial of which search.
package struct StoredTrial: Hashable, Sendable {
    package let search: Int64
    /// From 1.
    package let number: Int
    /// What the search chose: `rate=0.003 batch=64`.
    package let configuration: String
}

/// A setting's name and its value, as `show settings` has them.
package struct RunSetting: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What an epoch measured.
package struct CurvePoint: Hashable, Sendable {
    /// From 1.
    package let epoch: Int
    /// May be NaN.
    package let value: Double

    package init(epoch: Int, value: Double) {
        self.epoch = epoch
        self.value = value
    }
}

/// How far a run has come.
package enum RunStatus: String, Hashable, Sendable {
    /// It is still training, or was killed.
    case unfinished
    case finished
    /// Ctrl-C.
    case stopped
    /// NaN or infinite.
    case diverged
    /// It could not be trained.
    case failed
}

extension EpochRecord {
    /// What is kept of an epoch, by name: training under its own names, validation under `val.` and the metric's.
    var measurements: [String: Double] {
        var measurements = validationMetrics.reduce(into: [:]) { $0["val." + $1.key] = $1.value }
        measurements["loss"] = trainLoss
        measurements["accuracy"] = trainAccuracy
        measurements["rate"] = rate
        measurements["seconds"] = seconds
        return measurements
    }

    static let measurementNames =
        ["loss", "accuracy"] + allMetrics.map { "val." + $0.name } + ["rate", "seconds"]
}
