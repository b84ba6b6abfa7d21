/// The optimizer's rate, always.
package struct ConstantSchedule: Schedule {
    package static let kind = "constant"

    package var warmup: Warmup

    package init(warmup: Warmup = Warmup()) { self.warmup = warmup }

    package var settings: [Setting] { [] }
    package func rate(from base: Double, at moment: ScheduleMoment) -> Double { base }
}
