import ArgumentParser
import CommandLanguage
import Foundation
import Workbench

/// What breakpoints and watches cost: blocks of steps with and without them, in turn, so that what else the machine
/// does meets all alike.
struct Watching: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time training with breakpoints and watches beside training without, one line each.")

    @Option(help: "Images in a batch.") var batch = 64
    @Option(help: "Steps in a block.") var steps = 20
    @Option(help: "Blocks of each kind.") var rounds = 15
    @Option(help: "Threads that compute.") var threads = 2
    @Option(help: "A named model, for images of 32x32x3.") var model = "cnn"

    func validate() throws {
        guard (1...1024).contains(batch), (1...1000).contains(steps), (1...1000).contains(rounds),
            (1...64).contains(threads)
        else {
            throw ValidationError("needs 1 to 1024 images, 1 to 1000 steps and rounds, and 1 to 64 threads")
        }
    }

    /// What is declared before a block; the first is what the others are compared with.
    private static let kinds = [
        ("nothing", ""), ("nothing again", ""),
        ("a condition on the loss", "pause when (loss > 1e9)"),
        ("gradient norms of all layers, every 20 steps", "watch *.gradient.norm every=20"),
        ("gradient norms of all layers, every step", "watch *.gradient.norm every=1"),
        ("weight norms of all layers, every step", "watch *.weight.norm every=1"),
        ("update ratios of all layers, every step", "watch *.update.ratio every=1"),
        ("dead units of all layers, every step", "watch *.dead every=1"),
    ]

    func run() throws {
        let session = Session(threads: threads)
        let shell = session.makeShell()
        try execute(
            "data shapes size=32 count=6000 classes=10 channels=3 validation=0; batch \(batch); model \(model); step \(steps)",
            shell)
        var times = Self.kinds.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, kind) in Self.kinds.enumerated() {
                try execute("pause delete all; watch delete all\n" + kind.1, shell)
                let time = try ContinuousClock().measure { try execute("step \(steps)", shell) }
                times[index].append(time / .milliseconds(Double(steps)))
            }
        }
        let base = times[0].median
        for (kind, times) in zip(Self.kinds, times) {
            print(
                String(format: "%8.3f ms/step  %+5.1f %%  ", times.median, (times.median / base - 1) * 100)
                    + kind.0)
        }
    }

    private func execute(_ text: String, _ shell: Interpreter<Session>) throws {
        let outcome = shell.execute(Source(name: "benchmark", text: text), sink: Silence())
        guard outcome == .succeeded else {
            throw ValidationError(outcome.diagnostics.map(\.message).joined(separator: "; "))
        }
    }

    private final class Silence: DisplaySink {
        func show(_ displayable: Displayable) {}
        func show(_ progress: CommandLanguage.Progress) {}
    }
}

extension [Double] {
    fileprivate var median: Double { sorted()[count / 2] }
}
