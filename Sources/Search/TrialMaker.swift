import Training

/// What makes a configuration something that can be trained.
package protocol TrialMaker {
    /// A fresh training of the configuration, whose chances all come from `seed`.
    ///
    /// - Throws: `TrialFailure` if there is no such training.
    func prepare(_ configuration: Configuration, seed: UInt64) throws(TrialFailure) -> PreparedTrial
    /// One line, which tells it from other configurations.
    func words(for configuration: Configuration) -> String
}

/// A configuration's training, ready to begin.
package struct PreparedTrial {
    package let trainer: Trainer
    /// What is written down of it.
    package let settings: [RunSetting]

    package init(_ trainer: Trainer, settings: [RunSetting]) {
        self.trainer = trainer
        self.settings = settings
    }
}

/// Why a configuration cannot be trained.
package struct TrialFailure: Error, Hashable, Sendable {
    /// Lower-case, no full stop.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}
