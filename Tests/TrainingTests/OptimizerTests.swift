import Networks
import Tensors
import TestSupport
import Testing
import Training

struct OptimizerTests {
    private let workers = Workers(threads: 2)

    /// An optimizer with what is done to its gradients.
    struct Case: Sendable {
        let name: String
        let settings: any OptimizerSettings
        var clipping = GradientClipping.off
        var schedule: (any Schedule)?

        init(
            _ name: String, _ settings: any OptimizerSettings, clipping: GradientClipping = .off,
            schedule: (any Schedule)? = nil
        ) {
            self.name = name
            self.settings = settings
            self.clipping = clipping
            self.schedule = schedule
        }
    }

    private static let l2 = Regularization(l2: 0.05)
    private static let short = Moments(beta1: 0.5, beta2: 0.9)

    /// The names are those of `scripts/reference/optimizers.py`.
    static let cases: [Case] = [
        Case("sgd", SGD(rate: 0.1)),
        Case("sgd-l2", SGD(rate: 0.1, regularization: l2)),
        Case("sgd-momentum", SGD(rate: 0.1, momentum: 0.9)),
        Case("sgd-dampening", SGD(rate: 0.1, momentum: 0.9, dampening: 0.3)),
        Case("sgd-nesterov", SGD(rate: 0.1, momentum: 0.9, isNesterov: true)),
        Case("sgd-nesterov-l2", SGD(rate: 0.1, momentum: 0.5, isNesterov: true, regularization: l2)),
        Case("adam", Adam(rate: 0.01)),
        Case("adam-betas", Adam(rate: 0.01, moments: Moments(beta1: 0.5, beta2: 0.9, epsilon: 1e-3))),
        Case("adam-l2", Adam(rate: 0.01, regularization: l2)),
        Case("adam-amsgrad", Adam(rate: 0.01, moments: short, isAMSGrad: true)),
        Case("adamw", AdamW(rate: 0.01)),
        Case(
            "adamw-amsgrad",
            AdamW(rate: 0.01, moments: short, isAMSGrad: true, regularization: Regularization(decay: 0.1))),
        Case("nadam", NAdam()),
        Case("nadam-l2", NAdam(rate: 0.01, moments: short, momentumDecay: 0.1, regularization: l2)),
        Case("nadam-decay", NAdam(rate: 0.01, regularization: Regularization(decay: 0.05))),
        Case("radam", RAdam(rate: 0.01)),
        Case("radam-short", RAdam(rate: 0.01, moments: Moments(beta1: 0.5, beta2: 0.7), regularization: l2)),
        Case("adamax", Adamax()),
        Case(
            "adamax-betas",
            Adamax(
                rate: 0.01, moments: Moments(beta1: 0.5, beta2: 0.9, epsilon: 1e-3), regularization: l2)),
        Case("rmsprop", RMSprop()),
        Case("rmsprop-momentum", RMSprop(alpha: 0.9, momentum: 0.8, regularization: l2)),
        Case("rmsprop-centered", RMSprop(alpha: 0.9, epsilon: 1e-3, isCentered: true)),
        Case("rmsprop-both", RMSprop(alpha: 0.9, momentum: 0.8, isCentered: true)),
        Case("adagrad", Adagrad()),
        Case("adagrad-decay", Adagrad(rate: 0.1, rateDecay: 0.2, epsilon: 1e-3, regularization: l2)),
        Case("adadelta", Adadelta()),
        Case("adadelta-rho", Adadelta(rate: 0.5, rho: 0.7, epsilon: 1e-3, regularization: l2)),
        Case("lion", Lion(rate: 0.01)),
        Case(
            "lion-decay",
            Lion(rate: 0.01, beta1: 0.95, beta2: 0.98, regularization: Regularization(decay: 0.1))),
        Case("sgd-l1", SGD(rate: 0.1, momentum: 0.9, regularization: Regularization(l1: 0.05))),
        Case("sgd-decay", SGD(rate: 0.1, momentum: 0.9, regularization: Regularization(decay: 0.05))),
        Case("adam-l1-l2", Adam(rate: 0.01, regularization: Regularization(l1: 0.02, l2: 0.05))),
        Case("clip-norm", SGD(rate: 0.1, momentum: 0.9), clipping: .norm(0.5)),
        Case("clip-value", Adam(rate: 0.01, regularization: l2), clipping: .value(0.5)),
        Case(
            "onecycle-sgd", SGD(rate: 0.1, momentum: 0.9), schedule: OneCycleSchedule(length: 10, by: .step)),
        Case("onecycle-adamw", AdamW(rate: 0.1), schedule: OneCycleSchedule(length: 10, by: .step)),
    ]

    /// Ten steps on the same gradients, whose sizes go from 1e-6 to 1000: each weight is held against its own size.
    @Test(arguments: cases.indices)
    func tenStepsMatchPyTorch(_ index: Int) throws {
        let (test, settings) = (Self.cases[index], Self.cases[index].settings)
        let fixture = try Fixture("optimizers")
        let parameter = Parameter(name: "weight", value: try fixture["start"])
        var optimizer = try Optimizer(settings, for: [parameter])
        let gradients = try fixture["gradients"].scalars
        let expected = try fixture["\(test.name).weights"].scalars
        for step in 0..<10 {
            parameter.gradient = Tensor([7], Array(gradients[step * 7..<step * 7 + 7]))
            let before = parameter.gradient.bits
            let moment = ScheduleMoment(step: step, stepsPerEpoch: 10)
            let rate = test.schedule?.currentRate(from: settings.rate, at: moment) ?? settings.rate
            optimizer.update(
                [parameter],
                clip: test.clipping.clip(norm: parameter.gradient.sumOfSquares.squareRoot()),
                momentum: test.schedule?.currentMomentum(at: moment), workers: workers
            ) { _ in Float(rate) }
            #expect(parameter.gradient.bits == before, "gradients are there to be looked at")
            for (weight, value) in parameter.value.scalars.enumerated() {
                let right = expected[step * 7 + weight]
                #expect(
                    // A weight of 1 is rounded by 6e-8, and what it is later, near 0, by no less.
                    abs(value - right) <= 1e-5 * abs(right) + 1e-7,
                    "\(test.name), step \(step), weight \(weight)")
            }
        }
        #expect(optimizer.stepCount == 10)
    }

    @Test func everyOptimizerHasACase() {
        #expect(Set(Self.cases.map { type(of: $0.settings).kind }) == Set(allOptimizers.map { $0.kind }))
    }

    @Test(arguments: [
        ("sgd rate=0.1", SGD(rate: 0.1) as any OptimizerSettings),
        (
            "sgd rate=0.05 momentum=0.9 nesterov=true l2=0.0005",
            SGD(rate: 0.05, momentum: 0.9, isNesterov: true, regularization: Regularization(l2: 5e-4))
        ),
        ("sgd rate=1e20 dampening=1e-5", SGD(rate: 1e20, dampening: 1e-5)),
        ("adam rate=0.001", Adam()),
        (
            "adam rate=0.01 beta1=0.5 amsgrad=true l1=0.1 max-norm=3 regularize=weights",
            Adam(
                rate: 0.01, moments: Moments(beta1: 0.5), isAMSGrad: true,
                regularization: Regularization(l1: 0.1, maxNorm: 3, target: .weights))
        ),
        ("adamw rate=0.001", AdamW()), ("adamw rate=0.001 decay=0", AdamW(regularization: Regularization())),
        ("nadam rate=0.002 momentum-decay=0.1", NAdam(momentumDecay: 0.1)),
        ("rmsprop rate=0.01 momentum=0.9 centered=true", RMSprop(momentum: 0.9, isCentered: true)),
        ("adagrad rate=0.01 rate-decay=1", Adagrad(rateDecay: 1)), ("adadelta rate=1", Adadelta()),
        ("lion rate=0.0001 beta2=0.9", Lion(beta2: 0.9)), ("radam rate=0.001", RAdam()),
        ("adamax rate=0.002", Adamax()),
    ])
    func printsTheLineThatDeclaresIt(line: String, settings: any OptimizerSettings) {
        #expect("\(settings)" == line)
    }

    @Test(arguments: [
        ("rate", SGD(rate: -1) as any OptimizerSettings), ("rate", SGD(rate: .nan)),
        ("rate", Adam(rate: .infinity)),
        ("momentum", SGD(rate: 1, momentum: 1)), ("momentum", SGD(rate: 1, isNesterov: true)),
        ("dampening", SGD(rate: 1, momentum: 0.9, dampening: 0.1, isNesterov: true)),
        ("dampening", SGD(dampening: 1.1)),
        ("l2", SGD(rate: 1, regularization: Regularization(l2: -1))),
        ("l1", Lion(regularization: Regularization(l1: .nan))),
        ("decay", AdamW(regularization: Regularization(decay: -0.1))),
        ("max-norm", SGD(regularization: Regularization(maxNorm: -0.1))),
        ("beta1", Adam(moments: Moments(beta1: 1))), ("beta2", RAdam(moments: Moments(beta2: -0.1))),
        ("epsilon", Adam(moments: Moments(epsilon: 0))),
        ("epsilon", Adamax(moments: Moments(epsilon: 1e-60))),
        ("rate", SGD(rate: 1e60)), ("momentum-decay", NAdam(momentumDecay: -1)),
        ("alpha", RMSprop(alpha: 1)), ("rho", Adadelta(rho: -0.1)), ("rate-decay", Adagrad(rateDecay: -1)),
        ("l2", Adam(regularization: Regularization(l2: .nan))),
    ])
    func refusesSettingsOutOfRange(name: String, settings: any OptimizerSettings) throws {
        let error = #expect(throws: TrainingError.self) { try Optimizer(settings, for: []) }
        guard case .setting(name, _, _) = error else {
            Issue.record("\(String(describing: error)) is not about \(name)")
            return
        }
    }

    static let changes: [(from: any OptimizerSettings, to: any OptimizerSettings, report: String)] = [
        (SGD(rate: 1), SGD(rate: 0.1), ""),
        (
            SGD(rate: 1, momentum: 0.9), SGD(rate: 0.1, momentum: 0.5, isNesterov: true, regularization: l2),
            "carried over: momentum."
        ),
        (
            SGD(rate: 1), SGD(rate: 1, momentum: 0.9),
            "starts at zero: momentum (sgd has none)."
        ),
        (
            SGD(rate: 1, momentum: 0.9), Adam(),
            "dropped: momentum (adam has no use for it). "
                + "starts at zero: first moment, second moment (sgd has none)."
        ),
        (
            Adam(), SGD(rate: 1),
            "dropped: first moment, second moment (sgd has no use for it)."
        ),
        (
            Adam(), Adam(rate: 1, moments: short, regularization: l2),
            "carried over: first moment, second moment."
        ),
        (NAdam(), RAdam(), "carried over: first moment, second moment."),
        (
            Adam(), AdamW(isAMSGrad: true),
            "carried over: first moment, second moment. "
                + "starts at zero: largest second moment (adam has none)."
        ),
        // Other means, although of the same length.
        (
            Adam(), Lion(),
            "dropped: first moment, second moment (lion has no use for it). "
                + "starts at zero: gradient mean (adam has none)."
        ),
        (
            SGD(momentum: 0.9), RMSprop(momentum: 0.9),
            "dropped: momentum (rmsprop has no use for it). "
                + "starts at zero: square mean, step momentum (sgd has none)."
        ),
        // A mean square of zeros beside a mean that is none would divide by nothing.
        (
            Lion(), RMSprop(isCentered: true),
            "dropped: gradient mean (rmsprop has no use for it). "
                + "starts at zero: square mean, center (lion has none)."
        ),
        (
            RMSprop(), Adadelta(),
            "carried over: square mean. starts at zero: step square mean (rmsprop has none)."
        ),
    ]

    @Test(arguments: changes.indices)
    func saysWhatAChangeKeeps(_ index: Int) throws {
        let change = Self.changes[index]
        let parameter = Parameter(name: "weight", value: Tensor([2], [1, 2]))
        parameter.gradient = Tensor([2], [3, -4])
        var optimizer = try Optimizer(change.from, for: [parameter])
        optimizer.update([parameter], rate: 0.1, workers: workers)
        let report = try optimizer.change(to: change.to, for: [parameter])
        #expect("\(report)" == change.report)
        #expect("\(optimizer.settings)" == "\(change.to)")
        // Bias corrections go with the moments.
        #expect(optimizer.stepCount == (report.kept.isEmpty ? 0 : 1))
    }

    /// What is kept is used: after a change of the rate alone, the next step is as if the rate had always been so.
    @Test(arguments: [SGD(rate: 0.5, momentum: 0.9) as any OptimizerSettings, Adam(rate: 0.5)])
    func keptSlotsGoOn(settings: any OptimizerSettings) throws {
        func run(_ changesRate: Bool) throws -> [Float] {
            let parameter = Parameter(name: "weight", value: Tensor([2], [1, 2]))
            var optimizer = try Optimizer(settings, for: [parameter])
            for step in 0..<6 {
                parameter.gradient = Tensor([2], [Float(step) + 1, -2])
                if changesRate, step == 3 {
                    var other = settings
                    other.rate = 0.25
                    _ = try optimizer.change(to: other, for: [parameter])
                }
                optimizer.update([parameter], rate: step < 3 ? 0.5 : 0.25, workers: workers)
            }
            return parameter.value.scalars
        }
        #expect(try run(true) == run(false))
    }

    /// However a large parameter is cut for threads and caches, each scalar gets what it would get alone.
    @Test(arguments: [
        SGD(rate: 0.5, momentum: 0.9, isNesterov: true, regularization: l2) as any OptimizerSettings, Adam(),
        AdamW(isAMSGrad: true), NAdam(), RAdam(), Adamax(), RMSprop(momentum: 0.9, isCentered: true),
        Adagrad(),
        Adadelta(), Lion(regularization: Regularization(l1: 0.1)),
    ])
    func largeParametersAreUpdatedWhole(settings: any OptimizerSettings) throws {
        let (count, piece) = (35_001, 700)
        var random = RandomStream(key: 4)
        let (value, gradient) = (random.normal([count], deviation: 1), random.normal([count], deviation: 1))
        func parameter(_ range: Range<Int>) -> Parameter {
            func cut(_ tensor: Tensor) -> Tensor { Tensor([range.count], Array(tensor.scalars[range])) }
            let parameter = Parameter(name: "weight", value: cut(value))
            parameter.gradient = cut(gradient)
            return parameter
        }
        func updated(_ parameters: [Parameter]) throws -> [UInt32] {
            var optimizer = try Optimizer(settings, for: parameters)
            for _ in 0..<2 { optimizer.update(parameters, rate: 0.1, workers: workers) }
            return parameters.flatMap(\.value.bits)
        }
        let pieces = stride(from: 0, to: count, by: piece).map { parameter($0..<min($0 + piece, count)) }
        #expect(try updated([parameter(0..<count)]) == updated(pieces))
    }

    @Test func aBadChangeChangesNothing() throws {
        let parameter = Parameter(name: "weight", value: Tensor([2], [1, 2]))
        var optimizer = try Optimizer(SGD(rate: 1, momentum: 0.5), for: [parameter])
        #expect(throws: TrainingError.self) { try optimizer.change(to: Adam(rate: -1), for: [parameter]) }
        #expect(optimizer.slotNames == ["momentum"])
    }
}
