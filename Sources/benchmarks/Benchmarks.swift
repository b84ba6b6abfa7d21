import ArgumentParser
import Networks

/// Measures training, alone or beside PyTorch. `scripts/bench` builds and starts it.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measure how fast Cairn trains, beside PyTorch if it is at hand.",
        subcommands: [Compare.self, Measure.self, Augment.self, Load.self, Large.self, Watching.self],
        defaultSubcommand: Compare.self)
}

/// What is timed.
enum Task: String, Codable, ExpressibleByArgument {
    /// A training step, as `train` runs it: batches made in the background, forward, loss, backward, update.
    case train
    /// A forward pass in evaluation mode.
    case infer
    /// One epoch of lenet on Fashion-MNIST, shuffled, with random flip and shift.
    case epoch
}

/// What one process measures; both sides get the same.
struct Workload: ParsableArguments {
    @Option(help: "The net: lenet, seed, resnet20 or vggish.") var net = Net.lenet
    @Option(help: "What is timed: train, infer or epoch.") var task = Task.train
    @Option(help: "Threads that compute.") var threads = 2
    @Option(help: "Images in a batch.") var batch = 128
    @Option(help: "Seconds of measuring.") var seconds = 2.0

    func validate() throws {
        guard (1...64).contains(threads), (1...1024).contains(batch), seconds > 0 else {
            throw ValidationError("needs 1 to 64 threads, 1 to 1024 images, and some time")
        }
    }
}

/// One process's answer, a line of JSON on its standard output. PyTorch's half prints the same.
struct Measurement: Codable {
    var side: String
    var task: Task
    var net: String
    var batch: Int
    var threads: Int
    /// Median of the steps, or the whole epoch.
    var milliseconds: Double
    var imagesPerSecond: Int
    /// Peak resident memory of the process.
    var peakMebibytes: Int

    enum CodingKeys: String, CodingKey {
        case side, task, net, batch, threads, milliseconds
        case imagesPerSecond = "images_per_second"
        case peakMebibytes = "peak_mb"
    }
}

extension ConvolutionPrecision: ExpressibleByArgument {}
