import CommandLanguage
import Testing

/// `> file` and `as format`: what a command shows, written instead of shown.
struct OutputTests {
    /// What was published, and what was written.
    private final class Desk {
        var formats: [OutputFormat] = []
        var files: [String: String] = [:]
    }

    private struct Full: CommandFailure {
        let code: any ErrorCode = WorkshopErrorCode.broken
        let message = "the disk is full"
    }

    private func session(_ desk: Desk) -> Session {
        let session = Session()
        session.interpreter.surroundings.publish = { shown, format in
            desk.formats.append(format)
            return Array("\(shown.count) as \(format)\n".utf8)
        }
        session.interpreter.surroundings.writeFile = { path, content in
            if path == "full.csv" { throw Full() }
            desk.files[path] = String(decoding: content, as: UTF8.self)
        }
        return session
    }

    @Test func resultsGoToFilesAndTheScreenSaysSo() {
        let desk = Desk()
        let session = session(desk)
        #expect(
            session.output("print 1 > one.json\nlet path = \"two.md\"\nprint 2 > $path")
                == ["wrote `one.json`", "wrote `two.md`"])
        #expect(desk.files == ["one.json": "1 as json\n", "two.md": "1 as markdown\n"])
        // The screen is the screen again.
        #expect(session.output("print three") == ["three"])
    }

    @Test func resultsAreShownInAFormat() {
        let desk = Desk()
        #expect(session(desk).output("print 1 as csv") == ["1 as csv"])
        #expect(desk.files.isEmpty)
    }

    @Test func aFailedWriteIsAnErrorAtTheFile() {
        let session = session(Desk())
        guard case .failed(let diagnostic) = session.run("print 1 > full.csv") else {
            Issue.record("no error")
            return
        }
        #expect(diagnostic.message == "the disk is full")
        #expect(session.output("print again") == ["again"])
    }

    /// Before anything runs.
    @Test(arguments: [
        ("print 1 > a.txt", "`a.txt` does not tell what to write"),
        ("print 1 as png", "png cannot be shown as text"),
        ("print 1 >", "a file after `>`"),
        ("model m { conv 3 > a.csv }", "what stands in a block shows nothing"),
    ])
    func mistakesAreFoundFirst(text: String, message: String) throws {
        let desk = Desk()
        guard case .rejected(let diagnostics) = session(desk).run(text) else {
            Issue.record("it ran")
            return
        }
        #expect(try #require(diagnostics.first).message.contains(message))
        #expect(desk.formats.isEmpty)
    }

    @Test func asIsAWordElsewhere() {
        let desk = Desk()
        let session = session(desk)
        #expect(session.output("print as you like") == ["as you like"])
        #expect(desk.formats.isEmpty)
    }
}
