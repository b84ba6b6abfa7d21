import ArgumentParser
import Networks

/// Measures training, alone or beside PyTorch. `scripts/bench` builds and starts it.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measure how fast Cairn trains, beside PyTorch if it is at hand.",
        subcommands: [Compare.self, Step.self, PlanTable.self], defaultSubcommand: Compare.self)
}

/// What is measured; both sides get the same.
struct Workload: ParsableArguments {
    @Option(help: "The net: lenet, seed, resnet20 or vggish.") var net = Net.lenet
    @Option(help: "Threads that compute.") var threads = 2
    @Option(help: "Images in a batch.") var batch = 128
    @Option(help: "How convolutions may round: exact or fast.") var convolution = ConvolutionPrecision.exact
    @Option(help: "Seconds of measuring in each process.") var seconds = 4.0

    var words: [String] { ["--threads", "\(threads)", "--batch", "\(batch)", "--seconds", "\(seconds)"] }
}

/// One process's answer, a line of JSON on its standard output. PyTorch's half prints the same.
struct Measurement: Codable {
    var side: String
    var net: String
    var batch: Int
    var threads: Int
    /// Median time of a training step: forward, loss, backward, update.
    var milliseconds: Double
    var imagesPerSecond: Int
    /// Peak resident memory of the process, in MiB.
    var peakMemory: Int

    enum CodingKeys: String, CodingKey {
        case side, net, batch, threads, milliseconds
        case imagesPerSecond = "images_per_second"
        case peakMemory = "peak_mb"
    }
}

extension ConvolutionPrecision: ExpressibleByArgument {}
