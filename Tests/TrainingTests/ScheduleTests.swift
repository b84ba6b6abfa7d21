import Foundation
import Tensors
import Testing
import Training

struct ScheduleTests {
    /// The names are those of `scripts/reference/schedules.py`; each counts in the given unit there.
    static let cases: [(name: String, schedule: any Schedule)] = [
        ("constant", ConstantSchedule()),
        ("step-30-0.1", StepSchedule(every: 30, factor: 0.1)),
        ("step-7-0.9", StepSchedule(every: 7, factor: 0.9)),
        ("step-1-0.95", StepSchedule(every: 1, factor: 0.95, by: .step)),
        ("multistep", MultiStepSchedule(at: [10, 11, 50, 150], factor: 0.3)),
        ("exponential", ExponentialSchedule(factor: 0.97)),
        ("polynomial", PolynomialSchedule(length: 150)),
        ("polynomial-2", PolynomialSchedule(length: 200, power: 2.5, by: .step)),
        ("cosine", CosineSchedule(length: 200)),
        ("cosine-again", CosineSchedule(length: 60, minimum: 0.01, by: .step)),
        ("restarts", RestartSchedule(length: 30, minimum: 0.001)),
        ("restarts-2", RestartSchedule(length: 15, stretch: 2, by: .step)),
        ("onecycle", OneCycleSchedule(length: 200, by: .step)),
        (
            "onecycle-short",
            OneCycleSchedule(
                length: 20, rise: 0.13, startDivisor: 10, endDivisor: 100, shape: .linear,
                momentumCycle: MomentumCycle(lowest: 0.5, highest: 0.9))
        ),
        ("onecycle-three", OneCycleSchedule(length: 200, by: .step, hasThreePhases: true)),
        ("cyclic", CyclicSchedule(lowest: 0.01, up: 20)),
        ("cyclic-2", CyclicSchedule(lowest: 0.01, up: 13, down: 29, mode: .triangular2)),
        ("cyclic-exponential", CyclicSchedule(lowest: 0.001, up: 30, mode: .exponential, factor: 0.99)),
        ("warmup-step", StepSchedule(every: 30, factor: 0.5, by: .step, warmup: Warmup(length: 10))),
        (
            "warmup-cosine",
            CosineSchedule(length: 175, by: .step, warmup: Warmup(length: 25, start: 0.01))
        ),
        ("warmup-restarts", RestartSchedule(length: 20, by: .step, warmup: Warmup(length: 5, start: 0))),
        ("plateau", PlateauSchedule(metric: "train-loss", patience: 5)),
        (
            "plateau-max",
            PlateauSchedule(
                metric: "train-accuracy", factor: 0.5, patience: 3, threshold: 0.01, cooldown: 4,
                minimum: 0.004)
        ),
        (
            "plateau-absolute",
            PlateauSchedule(
                metric: "train-loss", factor: 0.7, patience: 0, threshold: 0.05, thresholdMode: .absolute,
                cooldown: 2)
        ),
    ]

    /// Rates within 1e-12 of PyTorch's; a fixture holds each as the sum of two floats.
    @Test(arguments: cases.indices)
    func twoHundredStepsMatchPyTorch(_ index: Int) throws {
        let (name, schedule) = Self.cases[index]
        let rates = try Self.exact(name)
        let hasMomentum = try Fixture("schedules").tensors["\(name).momentum"] != nil
        let momenta = hasMomentum ? try Self.exact("\(name).momentum") : nil
        #expect(rates.count == 200)
        // PyTorch's counts steps or epochs, as one likes; a schedule that counts epochs has ten steps in each here.
        let stepsPerEpoch = 10
        let records = try Self.records()
        for (time, right) in rates.enumerated() {
            let moments: [ScheduleMoment]
            switch schedule.unit {
            case .step: moments = [ScheduleMoment(step: time, stepsPerEpoch: stepsPerEpoch)]
            case .smooth:
                moments = [
                    ScheduleMoment(
                        epoch: time / stepsPerEpoch, stepInEpoch: time % stepsPerEpoch,
                        stepsPerEpoch: stepsPerEpoch)
                ]
            case .epoch:
                // It must not change within an epoch.
                moments = [0, 5, 9].map {
                    ScheduleMoment(
                        epoch: time, step: time * stepsPerEpoch + $0, stepInEpoch: $0,
                        stepsPerEpoch: stepsPerEpoch, epochs: records[..<time])
                }
            }
            for moment in moments {
                let rate = schedule.currentRate(from: 0.1, at: moment)
                // At the end of a wave PyTorch's rounding errors are all that is left.
                #expect(abs(rate - right) <= 1e-12 * right + 1e-16, "\(name), \(time): \(rate), not \(right)")
                let momentum = schedule.currentMomentum(at: moment)
                #expect((momentum != nil) == (momenta != nil), "\(name)")
                if let momentum, let expected = momenta?[time] {
                    #expect(abs(momentum - expected) <= 1e-12 * expected, "\(name), \(time)")
                }
            }
        }
    }

    private static func exact(_ name: String) throws -> [Double] {
        let fixture = try Fixture("schedules")
        return zip(try fixture[name].scalars, try fixture["\(name).rest"].scalars).map {
            Double($0) + Double($1)
        }
    }

    /// Epochs that measured the fixture's metric.
    private static func records() throws -> ArraySlice<EpochRecord> {
        try exact("metric").enumerated().map { try EpochRecord(epoch: $0 + 1, measuring: $1) }[...]
    }

    @Test func everyScheduleHasACase() {
        #expect(Set(Self.cases.map { type(of: $0.schedule).kind }) == Set(allSchedules.map { $0.kind }))
    }

    /// The same curve whatever an epoch is cut into, where lengths are epochs.
    @Test(arguments: [
        CosineSchedule(length: 4, by: .smooth) as any Schedule, OneCycleSchedule(length: 4),
        PolynomialSchedule(length: 4, by: .smooth, warmup: Warmup(length: 2, start: 0)),
        RestartSchedule(length: 1, stretch: 2, by: .smooth),
    ])
    func lengthsInEpochsAreEpochs(schedule: any Schedule) {
        func rate(_ epoch: Int, _ share: Int, of shares: Int) -> Double {
            schedule.currentRate(
                from: 1, at: ScheduleMoment(epoch: epoch, stepInEpoch: share, stepsPerEpoch: shares))
        }
        for epoch in 0..<4 {
            // Up to one step of the coarser one, which is where one-cycle puts its ends.
            #expect(abs(rate(epoch, 50, of: 100) - rate(epoch, 500, of: 1000)) < 0.01, "epoch \(epoch)")
        }
        #expect(rate(0, 1, of: 4) != rate(0, 2, of: 4))
    }

    /// By epochs, in whole ones, a warm-up still rises with each step.
    @Test func aWarmupIsSmooth() {
        let schedule = StepSchedule(every: 1, factor: 0.5, warmup: Warmup(length: 2, start: 0))
        let rates = (0..<12).map { step in
            schedule.currentRate(
                from: 1,
                at: ScheduleMoment(epoch: step / 4, step: step, stepInEpoch: step % 4, stepsPerEpoch: 4))
        }
        #expect(rates == [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1, 1, 1])
    }

    /// A preview is what comes.
    @Test(arguments: cases.indices)
    func aPreviewIsWhatComes(_ index: Int) {
        let schedule = Self.cases[index].schedule
        let start = ScheduleMoment(epoch: 3, step: 31, stepInEpoch: 1, stepsPerEpoch: 10)
        let points = schedule.preview(from: 0.1, at: start, epochs: 2)
        #expect(points.count == 20)
        for (step, point) in points.enumerated() {
            let moment = ScheduleMoment(
                epoch: 3 + (step + 1) / 10, step: 31 + step, stepInEpoch: (step + 1) % 10, stepsPerEpoch: 10)
            #expect(point.rate == schedule.currentRate(from: 0.1, at: moment))
            #expect(point.epochs == Double(step) / 10)
        }
        let few = schedule.preview(from: 0.1, at: start, epochs: 100, points: 7)
        #expect(few.count == 7 && few[6].epochs == 99.9)
        #expect(schedule.preview(from: 1, at: ScheduleMoment(stepsPerEpoch: 1), epochs: 1).count == 1)
    }

    @Test(arguments: [
        ("constant", ConstantSchedule() as any Schedule),
        ("constant warmup=3", ConstantSchedule(warmup: Warmup(length: 3))),
        ("step every=10 factor=0.5", StepSchedule(every: 10, factor: 0.5)),
        (
            "multistep at=[3, 5] factor=0.1 by=step warmup=2 warmup-start=0",
            MultiStepSchedule(at: [3, 5], by: .step, warmup: Warmup(length: 2, start: 0))
        ),
        ("cosine length=30 minimum=1e-5 by=smooth", CosineSchedule(length: 30, minimum: 1e-5, by: .smooth)),
        ("onecycle epochs=10", OneCycleSchedule(length: 10)),
        ("onecycle steps=10 shape=linear", OneCycleSchedule(length: 10, by: .step, shape: .linear)),
        ("cyclic lowest=0.1 up=3", CyclicSchedule(lowest: 0.1, up: 3)),
        ("plateau factor=0.1 patience=10", PlateauSchedule()),
        ("plateau metric=accuracy factor=0.1 patience=10", PlateauSchedule(metric: "accuracy")),
    ])
    func printsTheLineThatDeclaresIt(line: String, schedule: any Schedule) {
        #expect("\(schedule)" == line)
    }

    @Test(arguments: [
        ("every", StepSchedule(every: 0) as any Schedule), ("factor", StepSchedule(every: 1, factor: 0)),
        ("factor", StepSchedule(every: 1, factor: .nan)), ("at", MultiStepSchedule(at: [3, 3])),
        ("at", MultiStepSchedule(at: [])), ("at", MultiStepSchedule(at: [0, 3])),
        ("length", CosineSchedule(length: 0)), ("minimum", RestartSchedule(length: 1, minimum: -1)),
        ("stretch", RestartSchedule(length: 1, stretch: 0)),
        ("power", PolynomialSchedule(length: 1, power: 0)),
        ("rise", OneCycleSchedule(length: 1, rise: 1.1)), ("steps", OneCycleSchedule(length: 0, by: .step)),
        ("lowest", CyclicSchedule(lowest: -1)), ("down", CyclicSchedule(lowest: 0, down: 0)),
        ("metric", PlateauSchedule(metric: "speed")), ("factor", PlateauSchedule(factor: 1)),
        ("warmup", ConstantSchedule(warmup: Warmup(length: -1))),
        ("warmup-start", ConstantSchedule(warmup: Warmup(length: 1, start: 2))),
        (
            "highest-momentum",
            OneCycleSchedule(length: 1, momentumCycle: MomentumCycle(lowest: 0, highest: 1))
        ),
    ])
    func refusesSettingsOutOfRange(name: String, schedule: any Schedule) {
        let error = #expect(throws: TrainingError.self) { try schedule.check() }
        guard case .setting(name, _, _) = error else {
            Issue.record("\(String(describing: error)) is not about \(name)")
            return
        }
    }

    /// Short and odd lengths give numbers.
    @Test(arguments: [1, 2, 3, 7])
    func everyLengthHasRates(length: Int) {
        let schedules: [any Schedule] = [
            OneCycleSchedule(length: length, by: .step), OneCycleSchedule(length: length, rise: 0),
            OneCycleSchedule(length: length, by: .step, rise: 1),
            OneCycleSchedule(length: length, by: .step, hasThreePhases: true),
            OneCycleSchedule(length: length, by: .step, rise: 1, hasThreePhases: true),
            CyclicSchedule(lowest: 0, up: length, down: 1), RestartSchedule(length: length, stretch: 1000),
            PolynomialSchedule(length: length), CosineSchedule(length: length),
        ]
        for schedule in schedules {
            for step in 0..<20 {
                let moment = ScheduleMoment(epoch: step, step: step, stepsPerEpoch: 1)
                let rate = schedule.currentRate(from: 1, at: moment)
                #expect(rate >= 0 && rate <= 1, "\(schedule) at \(step): \(rate)")
                let momentum = schedule.currentMomentum(at: moment) ?? 0.5
                #expect(momentum >= 0 && momentum < 1, "\(schedule) at \(step): \(momentum)")
            }
        }
    }
}

extension EpochRecord {
    /// An epoch that measured one number, as every metric.
    init(epoch: Int, measuring value: Double) throws {
        let json = """
            {"epoch": \(epoch), "step": \(epoch), "trainLoss": \(value), "trainAccuracy": \(value),
            "validationMetrics": {}, "rate": 0.1, "seconds": 1, "images": 10}
            """
        self = try JSONDecoder().decode(EpochRecord.self, from: Data(json.utf8))
    }
}
