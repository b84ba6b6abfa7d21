import Foundation

/// Runs a command and reads what it prints.
enum Subprocess {
    /// A command that did not succeed; its own words are on standard error.
    struct Failure: Error, CustomStringConvertible {
        let command: [String]

        var description: String { "`\(command.joined(separator: " "))` failed" }
    }

    static func output(of command: [String], _ environment: [String: String] = [:]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command) }
        return output
    }

    /// What a command prints, one value on each line.
    static func results<Value: Decodable>(
        _ command: [String], _ environment: [String: String] = [:]
    ) throws -> [Value] {
        try output(of: command, environment).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Value.self, from: $0)
        }
    }
}
