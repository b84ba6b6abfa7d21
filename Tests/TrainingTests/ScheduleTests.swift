import Tensors
import Testing
import Training

struct ScheduleTests {
    /// The names are those of `scripts/reference/schedules.py`.
    static let cases: [(name: String, schedule: any Schedule)] = [
        ("constant", ConstantSchedule()),
        ("step-30-0.1", StepSchedule(every: 30, factor: 0.1)),
        ("step-7-0.9", StepSchedule(every: 7, factor: 0.9)),
        ("step-1-0.95", StepSchedule(every: 1, factor: 0.95)),
    ]

    @Test(arguments: cases.indices)
    func twoHundredEpochsMatchPyTorch(_ index: Int) throws {
        let (name, schedule) = Self.cases[index]
        let expected = try Fixture("schedules")[name].scalars
        #expect(expected.count == 200)
        for (epoch, right) in expected.enumerated() {
            // PyTorch's changes between epochs; ours must not change within one.
            for part in [0, 0.5, 0.999] {
                let rate = 0.1 * schedule.factor(at: Double(epoch) + part)
                #expect(abs(rate - Double(right)) <= 1e-5 * Double(right), "\(name), epoch \(epoch)")
            }
        }
    }

    @Test func everyScheduleHasACase() {
        #expect(Set(Self.cases.map { type(of: $0.schedule).kind }) == Set(allSchedules.map { $0.kind }))
    }

    @Test func printTheLineThatDeclaresThem() {
        #expect("\(ConstantSchedule())" == "constant")
        #expect("\(StepSchedule(every: 10, factor: 0.5))" == "step every=10 factor=0.5")
    }

    @Test(arguments: [
        StepSchedule(every: 0), StepSchedule(every: 1, factor: 0), StepSchedule(every: 1, factor: .nan),
    ])
    func refusesSettingsOutOfRange(schedule: StepSchedule) {
        #expect(throws: TrainingError.self) { try schedule.check() }
    }
}
