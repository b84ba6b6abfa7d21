import Datasets
import Diagnosis
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// What is shown of a step, and of one image, equals what PyTorch's hooks and autograd see.
struct HookTests {
    private let net: HookedNet

    init() throws { net = try HookedNet() }

    /// Relative to the norm, which says how large the numbers are that the others are made of.
    private func distance(_ summary: Summary, _ ratio: Double?, _ expected: [Float]) throws -> Double {
        let range = try #require(summary.range)
        let found =
            [
                summary.mean, summary.deviation, Double(range.lowerBound), Double(range.upperBound),
                summary.norm,
            ]
            + [summary.zeroShare] + (expected.count > 6 ? [ratio ?? .nan] : [])
        return zip(found, expected).reduce(0) { largest, pair in
            max(largest, abs(pair.0 - Double(pair.1)) / max(abs(Double(pair.1)), summary.norm / 100))
        }
    }

    @Test(arguments: Statistics.Subject.allCases)
    func statisticsAreThoseOfHooks(subject: Statistics.Subject) throws {
        let statistics = try #require(try Statistics(of: subject, in: try net.makeTrainer()))
        let expected = net.fixture.tensors.keys.filter { $0.hasPrefix("\(subject.rawValue).") }
        #expect(statistics.rows.map { "\(subject.rawValue).\($0.name)" }.sorted() == expected.sorted())
        for row in statistics.rows {
            let numbers = try net.fixture["\(subject.rawValue).\(row.name)"].scalars
            #expect(try distance(row.summary, row.ratio, numbers) < 1e-4, "\(row.name): \(row) \(numbers)")
        }
    }

    @Test func deadAndFlatUnitsAreThoseOfHooks() throws {
        let rows = try #require(try Statistics(of: .activations, in: try net.makeTrainer())).rows
        for row in rows {
            let dead = net.fixture.tensors["dead.\(row.name)"].map { Int($0.scalars[0]) }
            #expect(row.dead == dead.map { DeadUnits(units: $0, all: 4, images: 12) }, "\(row.name)")
            let flat = net.fixture.tensors["flat.\(row.name)"]?.scalars[0]
            #expect(row.saturation.map { Float($0) } == flat, "\(row.name)")
        }
    }

    @Test func theOptimizersSlotsAreTorchs() throws {
        let trainer = try net.makeTrainer()
        let before = try OptimizerStatistics(of: trainer)
        #expect(before.slotNames == ["first_moment", "second_moment"] && trainer.position.step == 0)
        trainer.train(steps: 1)
        let after = try OptimizerStatistics(of: trainer)
        for (early, row) in zip(before.rows, after.rows) {
            let expected = try net.fixture["optimizer.\(row.parameter)"].scalars.map(Double.init)
            let found = row.slotNorms + [row.meanChange ?? .nan]
            for (found, expected) in zip(found, expected) {
                #expect(abs(found - expected) < 1e-4 * expected, "\(row.parameter)")
            }
            // A step that is only tried moves as far.
            #expect(early.meanChange == row.meanChange && early.slotNorms == [0, 0])
            #expect(early.updates == 0 && row.updates == 1)
        }
        #expect(after.bytes == trainer.network.parameterCount * 8)
    }

    @Test func answersAreTorchs() throws {
        let trainer = try net.makeTrainer()
        let (losses, probabilities) = (try net.fixture["losses"], try net.fixture["probabilities"])
        for image in 0..<net.data.train.count {
            let answer = try #require(try trainer.answer(to: image, of: net.data.train))
            #expect(abs(answer.loss - Double(losses.scalars[image])) < 1e-5)
            let found = Tensor([3], answer.probabilities)
            #expect(relativeDifference(found, probabilities.part(image)) < 1e-5)
            #expect(answer.image == image && answer.labels == [Int32(image % 3)])
        }
    }

    @Test func mapsAreTorchs() throws {
        let trainer = try net.makeTrainer()
        let index = try #require(trainer.network.layers.firstIndex { $0.name == "conv2" })
        let maps = try #require(try ActivationMaps(of: trainer, layer: index, image: 5, of: net.data.train))
        #expect(relativeDifference(maps.maps, try net.fixture["maps"]) < 1e-5)
    }

    /// With dropout, which evaluation leaves out, and which other layers absorb.
    @Test(arguments: ["relu1", "maxpool1", "residual1.conv1", "conv2"], [false, true])
    func saliencyAndGradCAMAreTorchs(layer: String, dropout: Bool) throws {
        let net = try HookedNet(dropout: dropout)
        let trainer = try net.makeTrainer()
        let index = try #require(trainer.network.layers.firstIndex { $0.name == layer })
        for (image, target) in [(0, 1), (0, 2), (5, 1), (5, 2)] {
            let found = try #require(
                try Explanation(of: trainer, image: image, of: net.data.train, target: target, layer: index))
            let key = "\(image).\(target)"
            #expect(abs(found.score - Double(try net.fixture["score.\(key)"].scalars[0])) < 1e-5)
            #expect(relativeDifference(found.saliency, try net.fixture["saliency.\(key)"]) < 1e-4)
            let attention = try #require(found.attention)
            #expect(attention.layer == layer)
            let weights = Tensor([attention.weights.count], attention.weights)
            #expect(
                relativeDifference(weights, try net.fixture["weights-of-maps.\(layer).\(key)"]) < 1e-4,
                "\(key)")
            #expect(
                relativeDifference(attention.map, try net.fixture["grad-cam.\(layer).\(key)"]) < 1e-4,
                "\(key)")
        }
    }

    @Test func thePredictedClassIsExplainedUnlessAnotherIsGiven() throws {
        let trainer = try net.makeTrainer()
        let found = try #require(try Explanation(of: trainer, image: 5, of: net.data.train, layer: nil))
        #expect(found.target == 1 && found.answer.predictions == [1] && found.attention == nil)
        #expect(relativeDifference(found.saliency, try net.fixture["saliency.5.1"]) < 1e-4)
    }
}
