import Foundation
import TerminalSupport
import Testing

/// The whole program in a pseudo-terminal: keys in, whole screens out.
@Suite(.serialized) struct ScreenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Screens")

    private static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
        .filter { $0.hasSuffix(".txt") }.sorted()

    @Test func thereAreSome() { #expect(Self.names?.isEmpty == false) }

    @Test(arguments: names ?? [])
    func showsWhatItShowed(_ name: String) throws {
        let file = Self.folder.appending(path: name)
        let script = try ScreenScript(String(contentsOf: file, encoding: .utf8))
        let isUpdating = ProcessInfo.processInfo.environment["CAIRN_UPDATE_TRANSCRIPTS"] != nil
        let home = try ScratchFolder()
        var cairn: TerminalProcess?
        var screens: [[String]] = []
        for step in script.steps {
            switch step.action {
            case .start(let environment, let arguments):
                cairn = try TerminalProcess(
                    "cairn", arguments, columns: script.columns, rows: script.rows, home: home,
                    environment: environment.merging(["CAIRN_RUNS": home.path + "/runs.sqlite"]) { $1 })
            case .keys(let keys): cairn?.type(keys)
            case .resize(let columns): cairn?.resize(columns: columns)
            }
            let process = try #require(cairn)
            if isUpdating {
                process.settle()
            } else {
                process.wait("the screen after `\(step.line)` in \(name)") {
                    ScreenScript.screen(of: $0) == step.screen
                }
            }
            screens.append(ScreenScript.screen(of: process.terminal))
        }
        guard isUpdating else { return }
        try script.text(with: screens).write(to: file, atomically: true, encoding: .utf8)
    }
}
