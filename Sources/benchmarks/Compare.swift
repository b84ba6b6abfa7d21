import ArgumentParser
import Foundation
import Networks
import Tensors

/// Runs both sides in turn, several processes of each, because timings differ between processes, and prints medians.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run Cairn and PyTorch in turn; print one Markdown report.")

    @Option(help: "Processes of each side for each workload.") var rounds = 3
    @Option(help: "Seconds of measuring in each process.") var seconds = 2.0
    @Option(help: "A Python that has PyTorch.") var python = "python3"
    @Flag(help: "Only the training step of lenet, batch 128, 2 threads.") var quick = false
    @Flag(help: "Only the loading of photographs.") var loading = false

    func validate() throws {
        guard (1...100).contains(rounds) else { throw ValidationError("needs 1 to 100 rounds") }
    }

    func run() throws {
        let peer = PyTorch(python: python)
        print("\(Report.machine)\n\(peer.version.map { "PyTorch \($0)" } ?? "No PyTorch at `\(python)`.")\n")
        if !loading { try compareTraining(peer) }
        if !quick { try compareLoading(peer) }
        if !quick, !loading { print("Start to finish of `cairn -c ''`: \(try startUp()) ms (median of 11).") }
    }

    private func compareTraining(_ peer: PyTorch) throws {
        for threads in [1, 2] {
            let rate = Machine.measurePeak(threads: threads) / 1e9
            print("Limit, multiply-adds in registers, \(threads) threads: \(Int(rate)) GFLOP/s")
        }
        print("")
        for section in sections {
            print("## \(section.title)\n\n\(Report.header)")
            for workload in section.workloads {
                let measurements = try measure(workload, peer, section.environment)
                print(Report.row(measurements, workload))
            }
            print("")
        }
    }

    private func compareLoading(_ peer: PyTorch) throws {
        let photographs = try Photographs(count: 512)
        print("## Loading 500x375 JPEG files: random resized crop to 224x224, flip, jitter, normalised\n")
        print(Report.loadingHeader)
        for workers in [1, 2] {
            var measurements: [LoadMeasurement] = []
            let arguments = [photographs.folder.path, "--workers", "\(workers)", "--seconds", "\(seconds)"]
            for _ in 0..<rounds {
                measurements += try Subprocess.results([CommandLine.arguments[0], "load"] + arguments)
                if peer.version != nil {
                    measurements += try Subprocess.results(
                        [python, "scripts/reference/load_bench.py"] + arguments)
                }
            }
            print(Report.row(measurements))
        }
        print("")
    }

    private struct Section {
        let title: String
        var environment: [String: String] = [:]
        let workloads: [Workload]
    }

    /// Holds both sides to the instructions of older processors.
    private static let onlyAVX2 = [
        "CAIRN_INSTRUCTIONS": "avx2", "OPENBLAS_CORETYPE": "Haswell", "ONEDNN_MAX_CPU_ISA": "AVX2",
        "ATEN_CPU_CAPABILITY": "avx2", "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    ]

    private var sections: [Section] {
        func workload(_ net: Net, _ task: Task, batch: Int, threads: Int) -> Workload {
            var workload = Workload()
            (workload.net, workload.task, workload.threads) = (net, task, threads)
            workload.batch = net == .vggish ? min(batch, 64) : batch
            workload.seconds = seconds
            return workload
        }
        if quick {
            return [
                Section(title: "Training step", workloads: [workload(.lenet, .train, batch: 128, threads: 2)])
            ]
        }
        func all(_ task: Task, batch: Int, threads: Int) -> [Workload] {
            Net.allCases.map { workload($0, task, batch: batch, threads: threads) }
        }
        return [
            Section(
                title: "Training step",
                workloads: [2, 1].flatMap { threads in
                    [128, 32].flatMap { all(.train, batch: $0, threads: threads) }
                }),
            Section(
                title: "Training step, both held to AVX2", environment: Compare.onlyAVX2,
                workloads: all(.train, batch: 128, threads: 2)),
            Section(title: "Inference", workloads: all(.infer, batch: 128, threads: 2)),
            Section(
                title: "One epoch of Fashion-MNIST, lenet, shuffled, flip and shift",
                workloads: [workload(.lenet, .epoch, batch: 128, threads: 2)]),
        ]
    }

    private func measure(
        _ workload: Workload, _ peer: PyTorch, _ environment: [String: String]
    ) throws -> [Measurement] {
        var measurements: [Measurement] = []
        for _ in 0..<rounds {
            for precision in ConvolutionPrecision.allCases {
                let command = [CommandLine.arguments[0], "measure", "--convolution", precision.rawValue]
                measurements += try Subprocess.results(command + workload.arguments, environment)
            }
            if peer.version != nil {
                measurements += try Subprocess.results(peer.command(workload), environment)
            }
        }
        return measurements
    }

    /// Milliseconds.
    private func startUp() throws -> String {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
            path: "cairn"
        ).path
        let times = try (0..<11).map { _ in
            try ContinuousClock().measure { _ = try Subprocess.output(of: [program, "-c", ""]) }
                / .milliseconds(1)
        }
        return String(format: "%.0f", times.sorted()[5])
    }
}

/// The other side.
private struct PyTorch {
    let python: String
    /// Nil if it is not there.
    let version: String?

    init(python: String) {
        self.python = python
        let output = try? Subprocess.output(of: [
            python, "-c", "import torch; print(torch.__version__, end='')",
        ])
        version = output.map { String(decoding: $0, as: UTF8.self) }
    }

    func command(_ workload: Workload) -> [String] {
        [python, "scripts/reference/train_bench.py", "--nets", workload.net.rawValue]
            + workload.arguments.dropFirst(2)
    }
}

extension Workload {
    /// The net first: PyTorch's half calls it otherwise.
    fileprivate var arguments: [String] {
        [
            "--net", net.rawValue, "--task", task.rawValue, "--threads", "\(threads)", "--batch", "\(batch)",
            "--seconds", "\(seconds)",
        ]
    }
}
