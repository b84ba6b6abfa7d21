/// What the user declared, printed as the line that declares it: `sgd rate=0.1 momentum=0.9`.
///
/// Adding an optimizer is one file in this folder and one line in `allOptimizers`.
package protocol OptimizerSettings: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The command word.
    static var kind: String { get }
    /// What the direction is multiplied by before it is subtracted from a parameter, at each step; schedules scale it.
    var rate: Double { get set }
    /// From the gradient to the direction, in order.
    var rules: [any UpdateRule] { get }
    /// - Throws: `TrainingError.setting` for a number out of its range.
    func check() throws(TrainingError)
}

/// Every kind of optimizer there is.
package let allOptimizers: [any OptimizerSettings.Type] = [SGD.self, Adam.self]

/// Finds a setting out of its range, or of that of the 32 bits that it is computed with.
func check(
    _ setting: String, _ value: Double, _ isAllowed: Bool, _ allowed: String
) throws(TrainingError) {
    guard isAllowed else { throw .setting(setting, found: "\(value)", allowed: allowed) }
    guard Float(value).isFinite else {
        throw .setting(setting, found: "\(value)", allowed: "at most \(Float.greatestFiniteMagnitude)")
    }
}
