/// The optimizer's rate, always.
package struct ConstantSchedule: Schedule {
    package static let kind = "constant"

    package init() {}

    package func factor(at epoch: Double) -> Double { 1 }
    package func check() throws(TrainingError) {}
    package var description: String { "constant" }
}
