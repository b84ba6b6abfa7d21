import Foundation

/// The built program, run as a user runs it: with arguments and a pipe.
enum CairnProgram {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Beside the test bundle that this code is in.
    static var path: String {
        let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = bundle.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "cairn")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate.path }
            folder.deleteLastPathComponent()
        }
        preconditionFailure("no program `cairn` beside \(bundle.path)")
    }

    static func run(
        _ arguments: [String], input: String = "", in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Files instead of pipes: nothing to deadlock on.
        let scratch = try TemporaryFolder()
        let runs = ["CAIRN_RUNS": scratch.url.appending(path: "runs.sqlite").path]
        process.environment = ProcessInfo.processInfo.environment.merging(runs) { $1 }
            .merging(environment) { $1 }
        func file(_ name: String, _ text: String = "") throws -> URL {
            let url = scratch.url.appending(path: name)
            try text.write(to: url, atomically: false, encoding: .utf8)
            return url
        }
        let (inputFile, outputFile, errorFile) = try (file("in", input), file("out"), file("err"))
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: outputFile, encoding: .utf8),
            errors: try String(contentsOf: errorFile, encoding: .utf8))
    }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "cairn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let file = url.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }
}
