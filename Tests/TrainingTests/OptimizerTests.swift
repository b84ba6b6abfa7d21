import Networks
import Tensors
import TestSupport
import Testing
import Training

struct OptimizerTests {
    private let workers = Workers(threads: 2)

    /// The names are those of `scripts/reference/optimizers.py`.
    static let cases: [(name: String, settings: any OptimizerSettings)] = [
        ("sgd", SGD(rate: 0.1)),
        ("sgd-l2", SGD(rate: 0.1, l2: 0.05)),
        ("sgd-momentum", SGD(rate: 0.1, momentum: 0.9)),
        ("sgd-nesterov", SGD(rate: 0.1, momentum: 0.9, isNesterov: true)),
        ("sgd-nesterov-l2", SGD(rate: 0.1, momentum: 0.5, isNesterov: true, l2: 0.05)),
        ("adam", Adam(rate: 0.01)),
        ("adam-betas", Adam(rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3)),
        ("adam-l2", Adam(rate: 0.01, l2: 0.05)),
    ]

    /// Ten steps on the same gradients, whose sizes go from 1e-6 to 1000: each weight is held against its own size.
    @Test(arguments: cases.indices)
    func tenStepsMatchPyTorch(_ index: Int) throws {
        let (name, settings) = Self.cases[index]
        let fixture = try Fixture("optimizers")
        let parameter = Parameter(name: "weight", value: try fixture["start"])
        var optimizer = try Optimizer(settings, for: [parameter])
        let gradients = try fixture["gradients"].scalars
        let expected = try fixture["\(name).weights"].scalars
        for step in 0..<10 {
            parameter.gradient = Tensor([7], Array(gradients[step * 7..<step * 7 + 7]))
            let before = parameter.gradient.bits
            optimizer.update([parameter], rate: Float(settings.rate), workers: workers)
            #expect(parameter.gradient.bits == before, "gradients are there to be looked at")
            for (weight, value) in parameter.value.scalars.enumerated() {
                let right = expected[step * 7 + weight]
                #expect(abs(value - right) <= 1e-5 * abs(right), "\(name), step \(step), weight \(weight)")
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
            SGD(
                rate: 0.05, momentum: 0.9, isNesterov: true, l2: 5e-4)
        ),
        ("adam rate=0.001", Adam()),
        ("adam rate=0.01 beta1=0.5 l2=0.1", Adam(rate: 0.01, beta1: 0.5, l2: 0.1)),
    ])
    func printsTheLineThatDeclaresIt(line: String, settings: any OptimizerSettings) {
        #expect("\(settings)" == line)
    }

    @Test(arguments: [
        ("rate", SGD(rate: -1) as any OptimizerSettings), ("rate", SGD(rate: .nan)),
        ("rate", Adam(rate: .infinity)),
        ("momentum", SGD(rate: 1, momentum: 1)), ("momentum", SGD(rate: 1, isNesterov: true)),
        ("l2", SGD(rate: 1, l2: -1)), ("beta1", Adam(beta1: 1)), ("beta2", Adam(beta2: -0.1)),
        ("epsilon", Adam(epsilon: 0)), ("epsilon", Adam(epsilon: 1e-60)), ("rate", SGD(rate: 1e60)),
        ("l2", Adam(l2: .nan)),
    ])
    func refusesSettingsOutOfRange(name: String, settings: any OptimizerSettings) throws {
        let error = #expect(throws: TrainingError.self) { try Optimizer(settings, for: []) }
        guard case .setting(name, _, _) = error else {
            Issue.record("\(String(describing: error)) is not about \(name)")
            return
        }
    }

    static let changes: [(from: any OptimizerSettings, to: any OptimizerSettings, report: String)] = [
        (SGD(rate: 1), SGD(rate: 0.1), "carried over: weights."),
        (
            SGD(rate: 1, momentum: 0.9), SGD(rate: 0.1, momentum: 0.5, isNesterov: true, l2: 0.1),
            "carried over: weights, momentum."
        ),
        (
            SGD(rate: 1), SGD(rate: 1, momentum: 0.9),
            "carried over: weights. starts at zero: momentum (sgd has none)."
        ),
        (
            SGD(rate: 1, momentum: 0.9), Adam(),
            "carried over: weights. dropped: momentum (adam has no use for it). "
                + "starts at zero: first moment, second moment (sgd has none)."
        ),
        (
            Adam(), SGD(rate: 1),
            "carried over: weights. dropped: first moment, second moment (sgd has no use for it)."
        ),
        (Adam(), Adam(rate: 1, beta1: 0.5, l2: 1), "carried over: weights, first moment, second moment."),
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
        let keepsAll = !optimizer.slotNames.isEmpty && report.kept == optimizer.slotNames
        #expect(optimizer.stepCount == (keepsAll ? 1 : 0))
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
        SGD(rate: 0.5, momentum: 0.9, isNesterov: true, l2: 0.1) as any OptimizerSettings, Adam(),
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
