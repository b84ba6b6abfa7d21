import Foundation
import Testing

@Suite struct TranscriptTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["CAIRN_UPDATE_TRANSCRIPTS"] != nil

    @Test(arguments: try Transcript.all())
    func showsWhatItShowed(_ transcript: Transcript) throws {
        #expect(!transcript.exchanges.isEmpty)
        let session = try TestSession()
        let shown = transcript.exchanges.map { exchange in
            Transcript.normalized(
                session.type(exchange.typed).replacing(session.folder.path, with: "<folder>"))
        }
        if Self.isUpdating {
            let file = Transcript.folder.appending(path: transcript.name)
            try transcript.text(shown: shown).write(to: file, atomically: true, encoding: .utf8)
        }
        for (exchange, shown) in zip(transcript.exchanges, shown) {
            #expect(
                Transcript.isClose(shown, exchange.shown),
                "after `\(exchange.typed)`, found:\n\(shown)\nexpected:\n\(exchange.shown)")
        }
    }
}
