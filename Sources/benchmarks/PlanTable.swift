import ArgumentParser
import Foundation
import Networks
import Tensors

/// Prints where the time of a net's training step goes.
struct PlanTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Time each operation of a net's training step.")

    @OptionGroup var workload: Workload

    func run() throws {
        let network = try Network(
            name: workload.net.rawValue, input: workload.net.input, layers: workload.net.layers,
            initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        let executor = Executor(
            network, loss: CrossEntropy(), batchSize: workload.batch, convolution: workload.convolution,
            workers: Workers(threads: workload.threads))
        let timing = executor.measure(repetitions: 31)
        func line(_ name: String, _ forward: Double, _ backward: Double, _ multiplyAdds: Int) -> String {
            let rate = { (passes: Int, seconds: Double) in
                multiplyAdds == 0 || seconds == 0
                    ? ""
                    : String(
                        format: "%5.0f", Double(2 * passes * multiplyAdds * workload.batch) / seconds / 1e9)
            }
            return name.padding(toLength: 56, withPad: " ", startingAt: 0)
                + String(format: "%8.3f %8.3f ms  ", forward * 1000, backward * 1000)
                + "\(rate(1, forward)) \(rate(2, backward)) GFLOP/s"
                + String(format: "%6.1f %%", (forward + backward) / timing.total * 100)
        }
        for step in timing.steps {
            print(line("\(step.step)", step.forward, step.backward, step.step.multiplyAdds))
        }
        print(line("weights into the kernels' order", timing.preparation, 0, 0))
        print(line("loss", timing.loss, 0, 0))
        print(
            line(
                "all", timing.steps.reduce(0) { $0 + $1.forward },
                timing.steps.reduce(0) { $0 + $1.backward }, network.multiplyAdds))
    }
}
