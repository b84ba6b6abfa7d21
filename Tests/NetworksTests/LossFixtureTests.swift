import Networks
import Tensors
import TestSupport
import Testing

/// Losses against PyTorch.
@Suite struct LossFixtureTests {
    @Test(arguments: LossCase.all)
    func matchesPyTorch(_ test: LossCase) throws {
        let fixture = try Fixture(type(of: test.loss).kind).group("\(test.name).")
        func tensor(_ name: String) throws -> Tensor { try #require(fixture[name], "\(name)") }
        func labels(_ name: String) throws -> [Int32] { try tensor(name).scalars.map { Int32($0) } }

        let harness = try LossHarness(test.loss, tensor("logits"), threads: 2)
        let mix = try fixture["shares"].map { Mix(labels: try labels("others"), shares: $0.scalars) }
        let found = harness.result(try labels("labels"), mix: mix)
        #expect(relativeDifference(Tensor([1], [Float(found.meanLoss)]), try tensor("loss")) <= 1e-5)
        #expect(relativeDifference(harness.gradient(), try tensor("gradient")) <= 1e-4)
        if mix == nil { #expect(Float(found.correct) == (try tensor("correct").scalars[0])) }
    }

    /// No case of a fixture is left out, and no loss is without one.
    @Test func everyLossAndEveryCaseIsTried() throws {
        #expect(LossCase.usual.map { type(of: $0).kind } == allLosses.map { $0.kind })
        for loss in allLosses {
            let tried = LossCase.all.filter { type(of: $0.loss).kind == loss.kind }.map(\.name)
            let cases = try Fixture(loss.kind).tensors.keys.compactMap { $0.split(separator: ".").first }
            #expect(Set(tried) == Set(cases.map(String.init)), "\(loss.kind)")
        }
    }
}
