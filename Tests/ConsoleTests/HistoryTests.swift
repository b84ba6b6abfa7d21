import Console
import Glibc
import TerminalSupport
import Testing

struct HistoryTests {
    private let folder: ScratchFolder
    private var path: String { folder.path + "/state/cairn/history" }

    init() throws { folder = try ScratchFolder() }

    private func text() throws -> String {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        return try readToEnd(of: descriptor)
    }

    private func write(_ text: String) {
        HistoryFile(path: path).append("first")
        let descriptor = open(path, O_WRONLY | O_TRUNC)
        _ = Glibc.write(descriptor, text, text.utf8.count)
        close(descriptor)
    }

    @Test func entriesAreKeptWholeAndInOrder() throws {
        let entries = [
            "train 5", "model m {\n  conv 32\n}", "print \"a\\b\"", "\u{65E5}\u{672C} caf\u{E9}\t\u{1F600}",
        ]
        let history = History(file: HistoryFile(path: path))
        entries.forEach(history.append)
        #expect(History(file: HistoryFile(path: path)).entries == entries)
        // One line for each, for tools that read lines.
        #expect(try text().split(separator: "\n").count == entries.count)
    }

    @Test func onlyTheOwnerMayReadIt() {
        HistoryFile(path: path).append("secret")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func blanksAndRepetitionsAreDropped() {
        let history = History(file: nil)
        for entry in ["a", "a", "", " \n", "b", "a"] { history.append(entry) }
        #expect(history.entries == ["a", "b", "a"])
    }

    @Test func damagedLinesAreSkipped() {
        write(
            "{\"entry\":\"good\"}\nnot json\n{\"other\":1}\n\u{0}\u{1}\n{\"entry\":\"also good\"}\n{\"entry\":\"cut o"
        )
        #expect(HistoryFile(path: path).load() == ["good", "also good"])
        // What is added after a line that was cut off is not lost with it.
        HistoryFile(path: path).append("new")
        #expect(HistoryFile(path: path).load() == ["good", "also good", "new"])
    }

    @Test func bytesThatAreNotTextAreSkipped() throws {
        HistoryFile(path: path).append("good")
        let descriptor = open(path, O_WRONLY | O_APPEND)
        _ = Glibc.write(descriptor, [0xFF, 0xFE, 0x0A] as [UInt8], 3)
        close(descriptor)
        #expect(HistoryFile(path: path).load() == ["good"])
    }

    @Test func fileIsCutToTheNewest() throws {
        let file = HistoryFile(path: path, capacity: 10)
        for number in 1...25 { file.append("\(number)") }
        #expect(file.load() == (16...25).map(String.init))
        #expect(try text().split(separator: "\n").count == 10)
    }

    @Test func severalMayWriteAtOnce() async throws {
        let file = HistoryFile(path: path, capacity: 1000)
        file.append("start")
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask { for number in 0..<50 { file.append("\(writer)-\(number)") } }
            }
        }
        let entries = file.load()
        #expect(entries.count == 201)
        for writer in 0..<4 {
            #expect(entries.filter { $0.hasPrefix("\(writer)-") } == (0..<50).map { "\(writer)-\($0)" })
        }
    }

    @Test func withoutAFileItWorksInMemory() {
        let history = History(file: HistoryFile(path: "/proc/no/such/folder/history"))
        history.append("a")
        #expect(history.entries == ["a"])
    }

    @Test(arguments: [
        (["HOME": "/h"], "/h/.local/state/cairn/history"),
        (["HOME": "/h", "XDG_STATE_HOME": "/s"], "/s/cairn/history"),
        (["HOME": "/h", "XDG_STATE_HOME": "relative"], "/h/.local/state/cairn/history"), ([:], nil),
    ]) func placeFollowsTheEnvironment(_ environment: [String: String], _ path: String?) {
        #expect(HistoryFile(environment: environment)?.path == path)
    }

    @Test func searchFindsTheNearestOlder() {
        let history = History(file: nil)
        for entry in ["train 1", "plot", "TRAIN 2", "save"] { history.append(entry) }
        #expect(history.search("train", before: 4) == 2)
        #expect(history.search("train", before: 2) == 0)
        #expect(history.search("train", before: 0) == nil)
        #expect(history.search("nothing", before: 4) == nil)
    }
}
