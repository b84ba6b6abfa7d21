import CommandLanguage
import Foundation
import Publishing
import Testing

private let samples: [Displayable] = [
    .text(StyledText([.init("plain "), .init("bold \u{1B}[1m \"quoted\"\n\t\\", .strong)])),
    .table(
        Table(
            columns: [.init("name"), .init("accuracy", .right), .init("spread", .right)],
            rows: [
                ["1", StyledText("0.913", value: .number(0.91349)), .bars([3, 0])],
                ["", StyledText("nan", value: .number(.nan)), "12 345"],
            ])),
    .chart(
        Chart(
            title: "loss", xLabel: "rate", isLogarithmic: true,
            series: [.init("train", [.init(1e-5, 2.5), .init(1, .infinity)]), .init("none", [])])),
    .image(ImageGrid([.init(caption: "é", height: 1, width: 2, channels: 1, bytes: [0, 255])])),
    .image(ImageGrid([])),
    .heatMap(
        HeatMap(title: "t", xLabel: "x", yLabel: "y", columns: ["0", "1"], rows: ["a"], values: [[1, .nan]])),
]

/// The events of everything that a session can show, as they are written.
private func lines() -> [String] {
    var lines: [String] = []
    let events = EventStream { lines.append($0) }
    let source = Source(name: "a.cairn", text: "print 1\nlet é = 2")
    events.begin(cairn: "0", seed: 7)
    events.statement(Span(8, 17), of: source)
    samples.forEach(events.show)
    events.show(
        CommandLanguage.Progress(
            label: "epoch 1/2", fraction: 0.5,
            figures: [.init("loss", "0.25", number: 0.2512), .init("", "validating")],
            isFinished: true))
    events.note("done")
    events.result(
        .record([
            "a": .list([.number(1), .nothing]), "size": .size([28, 28]), "range": .range(1, 2.5),
            "ok": .boolean(true),
        ]),
        keptAs: "r")
    events.result(.number(0.1), keptAs: nil)
    let placed = Diagnostic(message: "m", hint: "h", source: source, span: Span(12, 14))
    events.end(.rejected([Diagnostic(message: "no place"), placed]))
    return lines
}

/// Each event with its members.
private func objects() throws -> [[String: Any]] {
    try lines().map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
}

struct EventStreamTests {
    /// The events of `docs/json-events.md`, with the words in backquotes of each row.
    private static func documented() throws -> [String: Set<String>] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/json-events.md")
        let rows = try String(contentsOf: file.standardized, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let words = row.matches(of: #/`([A-Za-z]+)`/#).map { String($0.output.1) }
                return (words[0], Set(words.dropFirst()))
            })
    }

    @Test func everyLineIsOneObject() throws {
        for line in lines() { #expect(line.hasSuffix("\n") && line.count { $0.isNewline } == 1) }
        #expect(try objects().allSatisfy { $0["event"] is String })
    }

    @Test func allEventsAndMembersAreDocumented() throws {
        let documented = try Self.documented()
        let found = try objects()
        #expect(Set(found.compactMap { $0["event"] as? String }) == Set(documented.keys))
        for object in found {
            let event = try #require(object["event"] as? String)
            let members = Set(object.keys).subtracting(["event"])
            #expect(try members.isSubset(of: #require(documented[event])), "\(event): \(members)")
        }
    }

    @Test func numbersAreFull() throws {
        let found = try objects()
        func first(_ event: String) throws -> [String: Any] {
            try #require(found.first { $0["event"] as? String == event })
        }
        let rows = try #require(try first("table")["rows"] as? [[Any]])
        #expect(
            rows[0][0] as? String == "1" && rows[0][1] as? Double == 0.91349
                && rows[0][2] as? [Int] == [3, 0])
        #expect(rows[1][0] is NSNull && rows[1][1] is NSNull && rows[1][2] as? Int == 12345)
        let series = try #require(try first("chart")["series"] as? [[String: Any]])
        #expect((series[0]["y"] as? [Any])?.last is NSNull)
        let figures = try #require(try first("progress")["figures"] as? [[String: Any]])
        #expect(figures[0]["value"] as? Double == 0.2512 && figures[1]["value"] is NSNull)
        let value = try #require(try first("result")["value"] as? [String: Any])
        #expect(value["size"] as? [Int] == [28, 28] && value["range"] as? [Double] == [1, 2.5])
        #expect(value["ok"] as? Bool == true)
    }

    @Test func placesCountCharactersFromOne() throws {
        let statement = try #require(try objects().first { $0["event"] as? String == "statement" })
        #expect(statement["line"] as? Int == 2 && statement["column"] as? Int == 1)
        let error = try #require(try objects().last { $0["event"] as? String == "error" })
        #expect(error["column"] as? Int == 5 && error["text"] as? String == "é")
    }
}
