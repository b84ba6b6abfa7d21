import Foundation

/// How many photographs a second become training images: the batch loader beside torchvision's DataLoader.
struct Photographs {
    let python: String
    let rounds: Int
    let seconds: Double

    /// A Markdown table; nothing where Python has no torchvision.
    func report() throws -> String {
        let hasPeer = (try? Subprocess.output(of: [python, "-c", "import torchvision"])) != nil
        guard hasPeer else { return "" }
        let folder = FileManager.default.temporaryDirectory.appending(path: "cairn-photographs").path
        var rows: [String] = []
        for workers in [1, 2] {
            var (own, other): ([Double], [Double]) = ([], [])
            for _ in 0..<rounds {
                // torchvision first: its half makes the files.
                other.append(
                    try rate([
                        python, "scripts/reference/photograph_bench.py", folder, "--workers", "\(workers)",
                        "--seconds", "\(seconds)",
                    ]))
                own.append(
                    try rate([
                        CommandLine.arguments[0], "augment", "--folder", folder, "--threads", "\(workers)",
                        "--seconds", "\(seconds)",
                    ]))
            }
            let (cairn, peer) = (own.sorted()[rounds / 2], other.sorted()[rounds / 2])
            rows.append(
                "| \(workers) | \(Int(cairn)) | \(Int(peer)) | \(String(format: "%.1fx", cairn / peer)) |")
        }
        return """
            ## JPEG files of 500x375, random crops of 224x224, flip, jitter

            | workers | Cairn, images/s | torchvision, images/s | ratio |
            |---:|---:|---:|---:|
            \(rows.joined(separator: "\n"))

            """
    }

    /// The first number that a command prints.
    private func rate(_ command: [String]) throws -> Double {
        let words = String(decoding: try Subprocess.output(of: command), as: UTF8.self).split {
            $0.isWhitespace
        }
        guard let rate = words.first.flatMap({ Double($0) }) else {
            throw Subprocess.Failure(command: command)
        }
        return rate
    }
}
