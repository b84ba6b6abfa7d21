import CommandLanguage
import Console
import Foundation
import Workbench

/// A session in a folder of its own, whose results are kept as text.
final class TestSession {
    let session: Session
    let shell: Interpreter<Session>
    let folder: URL
    private let sink: TextSink

    init(seed: UInt64 = 1, threads: Int = 1, width: Int = 80, shouldStop: @escaping () -> Bool = { false })
        throws
    {
        folder = FileManager.default.temporaryDirectory.appending(path: "cairn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        session = Session(
            seed: seed, threads: threads, folder: folder.path,
            runs: folder.appending(path: "runs.sqlite").path,
            shouldStop: shouldStop)
        shell = session.makeShell()
        sink = TextSink(width: width)
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
