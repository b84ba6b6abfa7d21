import CommandLanguage
import Console
import Foundation
import Testing
import Workbench

/// A session in a folder of its own, whose results are kept as text.
final class TestSession {
    let session: Session
    let shell: Interpreter<Session>
    let folder: URL
    private let sink: TextSink

    /// Its runs are kept in its folder, unless `runs` names another file, and so is what does not fit into memory.
    convenience init(
        seed: UInt64 = 1, threads: Int = 1, width: Int = 80, spillFolder: String? = nil,
        shouldStop: @escaping () -> Bool = { false }
    ) throws {
        let folder = try Self.makeFolder()
        try self.init(
            seed: seed, threads: threads, width: width, folder: folder,
            runs: folder.appending(path: "runs.sqlite").path, spillFolder: spillFolder,
            shouldStop: shouldStop)
    }

    convenience init(runs: String?) throws {
        try self.init(seed: 1, threads: 1, width: 80, folder: Self.makeFolder(), runs: runs) { false }
    }

    private init(
        seed: UInt64, threads: Int, width: Int, folder: URL, runs: String?,
        spillFolder: String? = nil, shouldStop: @escaping () -> Bool
    ) throws {
        self.folder = folder
        session = Session(
            seed: seed, threads: threads, folder: folder.path, runs: runs,
            spillFolder: spillFolder ?? folder.appending(path: "spill").path, shouldStop: shouldStop)
        shell = session.makeShell()
        sink = TextSink(width: width)
    }

    private static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cairn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What the examples of `data` load.
        let data = try #require(Bundle.module.url(forResource: "Data", withExtension: nil))
        for item in try FileManager.default.contentsOfDirectory(at: data, includingPropertiesForKeys: nil) {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: item.lastPathComponent), withDestinationURL: item)
        }
        return folder
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs an entry and returns what a person would have seen: results, then errors.
    func type(_ text: String) -> String {
        sink.text = ""
        let outcome = shell.execute(Source(name: "prompt", text: text), sink: sink)
        switch outcome {
        case .rejected(let diagnostics):
            for diagnostic in diagnostics { sink.show(.text(diagnostic.rendered)) }
        case .failed(let diagnostic): sink.show(.text(diagnostic.rendered))
        case .succeeded, .interrupted, .quit: break
        }
        return sink.text
    }

    func run(_ text: String) -> ExecutionOutcome {
        sink.text = ""
        return shell.execute(Source(name: "prompt", text: text), sink: sink)
    }

    var shown: String { sink.text }
}

/// Results as a plain terminal would have them.
private final class TextSink: DisplaySink {
    var text = ""
    private let terminal: Terminal

    init(width: Int) { terminal = Terminal(width: width) }

    func show(_ displayable: Displayable) { text += terminal.render(displayable) }

    func show(_ progress: CommandLanguage.Progress) {
        if progress.isFinished { text += terminal.render(progress) + "\n" }
    }
}
