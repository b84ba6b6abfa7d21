import ArgumentParser
import Foundation

/// Runs both sides in turn, several processes of each, because timings differ between processes, and prints medians.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run Cairn and PyTorch in turn and print both.")

    @OptionGroup var workload: Workload
    @Option(help: "Processes of each side.") var rounds = 3
    @Option(help: "A Python that has PyTorch.") var python = "python3"

    func run() throws {
        var environment = ProcessInfo.processInfo.environment
        // A build machine may force OpenBLAS to the kernels of an old processor.
        environment["OPENBLAS_CORETYPE"] = nil
        let script = "scripts/reference/train_bench.py"
        let hasPyTorch = (try? measure([python, "-c", "import torch"], environment)) != nil
        if !hasPyTorch { print("No PyTorch at `\(python)`: Cairn alone. `--python FILE` names another.") }

        var measurements: [Measurement] = []
        for _ in 0..<rounds {
            measurements += try measure([CommandLine.arguments[0], "step"] + workload.words, environment)
            if hasPyTorch { measurements += try measure([python, script] + workload.words, environment) }
        }
        report(measurements)
    }

    /// Runs a command and reads the measurements it prints.
    private func measure(_ command: [String], _ environment: [String: String]) throws -> [Measurement] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command) }
        return try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Measurement.self, from: $0)
        }
    }

    private func report(_ measurements: [Measurement]) {
        let sides = measurements.reduce(into: [String]()) { if !$0.contains($1.side) { $0.append($1.side) } }
        func median(_ side: String) -> Measurement? {
            let own = measurements.filter { $0.side == side }.sorted { $0.milliseconds < $1.milliseconds }
            return own.isEmpty ? nil : own[own.count / 2]
        }
        print("lenet, batch \(workload.batch), \(workload.threads) threads, median of \(rounds) processes")
        for side in sides {
            guard let own = median(side), let cairn = median("Cairn") else { continue }
            let ratio = String(format: "%5.2fx", own.milliseconds / cairn.milliseconds)
            let time = String(format: "%8.2f ms/step", own.milliseconds)
            print(
                "\(side.padding(toLength: 38, withPad: " ", startingAt: 0))\(time) \(ratio)  \(own.peakMemory) MiB"
            )
        }
    }
}

/// A side that could not be measured.
struct Failure: Error, CustomStringConvertible {
    let command: [String]

    var description: String { "`\(command.joined(separator: " "))` failed" }
}
