import Foundation
import Testing

/// `--json`, on every way in.
@Suite struct EventTests {
    private static let script =
        "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }\ntrain 1 -> run\nshow model\nplot loss\n$run.loss\n"

    private func events(_ outcome: CairnProgram.Outcome) throws -> [[String: Any]] {
        try outcome.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    private func names(_ events: [[String: Any]]) -> [String] { events.compactMap { $0["event"] as? String } }

    @Test func everyWayInGivesTheSameEvents() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("a.cairn", Self.script)
        let runs = [
            try CairnProgram.run(["--json", "-c", Self.script]),
            try CairnProgram.run(["--json", "run", file]),
            try CairnProgram.run(["--json"], input: Self.script),
        ]
        for run in runs {
            #expect(run.status == 0)
            #expect(run.errors == "")
            // How often progress is told depends on the time.
            let names = names(try events(run)).filter { $0 != "progress" }
            #expect(
                names == [
                    "begin", "statement", "note", "result", "statement", "note", "result", "statement",
                    "result", "statement", "table",
                    "statement", "chart", "statement", "text", "result", "end",
                ])
        }
        let found = try events(runs[0])
        let kept = try #require(found.first { $0["name"] as? String == "run" })
        let loss = try #require((kept["value"] as? [String: Any])?["loss"] as? [Double])
        let shown = try #require(found.last { $0["event"] as? String == "result" }?["value"] as? [Double])
        #expect(loss == shown)
    }

    @Test(arguments: [
        ("train 1", "no-data", "failed", 1 as Int32), ("trian 1", "unknown-command", "rejected", 2),
        ("expect (1 > 2)", "expectation-failed", "failed", 1),
    ])
    func errorsHaveCodeAndPlace(_ script: String, _ code: String, _ status: String, _ exit: Int32) throws {
        let outcome = try CairnProgram.run(["--json", "-c", script])
        #expect(outcome.status == exit)
        #expect(outcome.errors == "")
        let found = try events(outcome)
        let error = try #require(found.first { $0["event"] as? String == "error" })
        #expect(error["code"] as? String == code && error["line"] as? Int == 1)
        #expect(found.last?["status"] as? String == status)
    }

    @Test func aMissingScriptIsAnEventToo() throws {
        let outcome = try CairnProgram.run(["--json", "run", "/nowhere.cairn"])
        #expect(outcome.status == 2)
        #expect(names(try events(outcome)) == ["begin", "error", "end"])
    }
}
