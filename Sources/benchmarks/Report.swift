import Foundation
import Tensors

/// The report's words, in Markdown.
enum Report {
    static var machine: String {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        return
            "\(model ?? "unknown processor"), \(Machine.processors) processors, \(Machine.instructionSet), "
            + "OpenBLAS \(Machine.openBLASCore)"
    }

    static let header = """
        | net | batch | threads | Cairn, ms | Cairn exact, ms | PyTorch default, ms | PyTorch best, ms | vs default | \
        vs best | memory, MiB |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """

    /// Medians of each side; Cairn's is its default, `fast`. PyTorch's best is the best median of its configurations.
    static func row(_ measurements: [Measurement], _ workload: Workload) -> String {
        let sides = Dictionary(grouping: measurements, by: \.side).mapValues { own in
            own.sorted { $0.milliseconds < $1.milliseconds }[own.count / 2]
        }
        let cairn = sides["Cairn fast"]
        let peers = sides.filter { $0.key.hasPrefix("PyTorch") }.values
        let usual = sides["PyTorch default"]
        let best = peers.min { $0.milliseconds < $1.milliseconds }
        func time(_ measurement: Measurement?) -> String {
            measurement.map { String(format: "%.2f", $0.milliseconds) } ?? ""
        }
        func ratio(_ measurement: Measurement?) -> String {
            guard let measurement, let cairn else { return "" }
            return String(format: "%.1fx", measurement.milliseconds / cairn.milliseconds)
        }
        let memory = [cairn, usual].compactMap { $0.map { "\($0.peakMebibytes)" } }.joined(separator: " / ")
        let cells = [
            workload.net.rawValue, "\(workload.batch)", "\(workload.threads)", time(cairn),
            time(sides["Cairn exact"]),
            time(usual), time(best), ratio(usual), ratio(best), memory,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    static let loadingHeader = """
        | workers | Cairn, images/s | torchvision with Pillow | torchvision on tensors | vs the faster |
        |---:|---:|---:|---:|---:|
        """

    /// Medians of each side, for one number of workers.
    static func row(_ measurements: [LoadMeasurement]) -> String {
        let sides = Dictionary(grouping: measurements, by: \.side).mapValues { own in
            own.map(\.imagesPerSecond).sorted()[own.count / 2]
        }
        let peers = ["torchvision Pillow", "torchvision tensors"].map { sides[$0] }
        let cairn = sides["Cairn"] ?? .nan
        let ratio = peers.compactMap { $0 }.max().map { String(format: "%.1fx", cairn / $0) } ?? ""
        let rates = ([cairn] + peers).map { $0.map { String(format: "%.0f", $0) } ?? "" }
        let workers = "\(measurements.first?.workers ?? 0)"
        return "| " + ([workers] + rates + [ratio]).joined(separator: " | ") + " |"
    }
}
