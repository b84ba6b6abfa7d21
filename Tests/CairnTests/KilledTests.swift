import Foundation
import Testing

/// Killed at any moment, a process loses nothing that was saved before.
@Suite struct KilledTests {
    private static let setup = """
        data shapes size=16 count=300 classes=3
        model tiny { conv 16; relu; flatten; dense 32; dense 3 }

        """

    /// Starts a script, waits for the line `go`, and kills the process so many milliseconds later.
    private func kill(_ script: String, after milliseconds: Int, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: CairnProgram.path)
        process.currentDirectoryURL = folder
        process.arguments = ["-c", Self.setup + script]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "CAIRN_RUNS": "", "XDG_CACHE_HOME": folder.path,
        ]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains("go\n"), case let chunk = output.fileHandleForReading.availableData,
            !chunk.isEmpty
        {
            text += String(decoding: chunk, as: UTF8.self)
        }
        usleep(UInt32(milliseconds) * 1000)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
    }

    private func run(_ script: String, in folder: URL) throws -> CairnProgram.Outcome {
        try CairnProgram.run(
            ["-c", Self.setup + script], in: folder,
            environment: ["CAIRN_RUNS": "", "XDG_CACHE_HOME": folder.path])
    }

    /// It saves all the time: what is there is the old file or the new one.
    @Test(arguments: [0, 1, 3, 7, 12, 20, 31])
    func whileSaving(milliseconds: Int) throws {
        let folder = try TemporaryFolder()
        try kill(
            "step\nsave s.safetensors\nprint go\nrepeat 100000 { step; save s.safetensors }",
            after: milliseconds, in: folder.url)
        let outcome = try run("load s.safetensors\ntrain 1", in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    /// What it saved is there, and the next process that needs the folder cleans up.
    @Test(arguments: [0, 2, 5, 13, 29])
    func whileSpilling(milliseconds: Int) throws {
        let folder = try TemporaryFolder()
        let spilling = "snapshots limit 0\nstep\nsnapshot a\nsave s.safetensors\nprint go\n"
        let statements = (0..<400).map { "step\nsnapshot s\($0)" }.joined(separator: "\n")
        try kill(spilling + statements + "\nrepeat 100000 { step }", after: milliseconds, in: folder.url)
        let spills = folder.url.appending(path: "cairn/snapshots").path
        #expect(try !FileManager.default.contentsOfDirectory(atPath: spills).isEmpty)
        let outcome = try run("load s.safetensors\nsnapshots limit 0\nstep\nundo", in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: spills) == [])
    }
}
