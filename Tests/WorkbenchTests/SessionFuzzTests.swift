import CommandLanguage
import Foundation
import Testing
import Workbench

/// Nothing that is typed may crash a session: random sequences of valid commands, whose every outcome is a result or a
/// clear error.
///
/// Each sequence is written to a file before it runs, which stays if the process dies: `CAIRN_FUZZ_FOLDER`, or the
/// temporary folder. `CAIRN_FUZZ_SECONDS=600` takes other seeds for as long.
@Suite struct SessionFuzzTests {
    private static let statements = 25

    @Test(arguments: 1...40)
    func everyOutcomeIsAResultOrAClearError(_ seed: UInt64) throws { try run(seed) }

    @Test(.enabled(if: seconds != nil))
    func longer() throws {
        let end = ContinuousClock.now + .seconds(Self.seconds ?? 0)
        var seed = UInt64(Self.environment["CAIRN_FUZZ_SEED"] ?? "") ?? 1000
        while ContinuousClock.now < end {
            try run(seed)
            seed += 1
        }
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["CAIRN_FUZZ_SECONDS"].flatMap(Double.init)

    private func run(_ seed: UInt64) throws {
        // What takes long is stopped: it must stop, too.
        var questions = 0
        let session = try TestSession {
            questions += 1
            return questions > 60
        }
        var source = RandomStatements(seed: seed, catalog: Session.catalog)
        let log = try Log(seed: seed)
        var results = 0
        for statement in Self.beginning + (0..<Self.statements).map({ _ in source.next() }) {
            log.append(statement)
            questions = 0
            let outcome = session.run(statement)
            if outcome == .succeeded { results += 1 }
            // After many errors the rest is only counted.
            for diagnostic in outcome.diagnostics where !diagnostic.message.contains("more error") {
                let isClear = diagnostic.code != nil && !diagnostic.message.isEmpty
                #expect(isClear, "seed \(seed): `\(statement)` gives \(diagnostic.message)")
            }
        }
        // Else the statements are not valid, and nothing was tried.
        #expect(results > Self.statements / 3, "seed \(seed)")
        questions = 0
        #expect(session.run("print alive") == .succeeded, "seed \(seed)")
        log.remove()
    }

    private static let beginning = [
        "data shapes size=12 count=60 classes=3 channels=1", "batch 16",
        "model small { conv 4; relu; maxpool 2; flatten; dense 3 }", "let a = [1, 2]", "let b = 3",
    ]
}

/// What a sequence has typed so far, as a script.
private final class Log {
    private let url: URL
    private let file: FileHandle

    init(seed: UInt64) throws {
        let folder =
            ProcessInfo.processInfo.environment["CAIRN_FUZZ_FOLDER"].map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory
        url = folder.appending(path: "cairn-fuzz-\(seed).cairn")
        try Data().write(to: url)
        file = try FileHandle(forWritingTo: url)
    }

    func append(_ statement: String) { file.write(Data((statement + "\n").utf8)) }
    func remove() { try? FileManager.default.removeItem(at: url) }
}
