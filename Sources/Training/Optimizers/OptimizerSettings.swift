/// What the user declared, printed as the line that declares it: `sgd rate=0.1 momentum=0.9`.
///
/// Adding an optimizer is one file in this folder and one line in `allOptimizers`.
package protocol OptimizerSettings: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }
    /// What `regularization` is unless given.
    static var usualRegularization: Regularization { get }
    /// What the direction is multiplied by before it is subtracted from a parameter, at each step; schedules change it.
    var rate: Double { get set }
    /// What keeps the weights small, the same for every optimizer.
    var regularization: Regularization { get set }
    /// Its own numbers beside those, in the order in which they are printed.
    var settings: [Setting] { get }
    /// From the gradient to the direction, in order, without regularisation.
    var rules: [any UpdateRule] { get }
    /// - Throws: `TrainingError.setting` for a number out of its range.
    func check() throws(TrainingError)
}

extension OptimizerSettings {
    package static var usualRegularization: Regularization { Regularization() }

    package func check() throws(TrainingError) { try allSettings.check() }

    package var description: String { "\(Self.kind) \(allSettings.line)" }

    private var allSettings: [Setting] {
        [Setting("rate", rate, .nonNegative)] + settings
            + regularization.settings(usual: Self.usualRegularization)
    }
}

/// Every kind of optimizer there is.
package let allOptimizers: [any OptimizerSettings.Type] = [
    SGD.self, Adam.self, AdamW.self, NAdam.self, RAdam.self, Adamax.self, RMSprop.self, Adagrad.self,
    Adadelta.self, Lion.self,
]
