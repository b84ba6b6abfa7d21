import CommandLanguage
import Console
import Glibc

final class ProbeShell: Shell {
    private var count = 0

    var promptWords: [String] { count == 0 ? ["probe"] : ["probe", "net", "\(count)"] }

    func status(of text: String) -> InputStatus {
        let depth = text.count { $0 == "{" } - text.count { $0 == "}" }
        return depth > 0 ? .incomplete(depth: depth) : depth < 0 ? .invalid : .complete
    }

    func completions(in text: String, at cursor: Int) -> CompletionList {
        let before = text.utf8.prefix(cursor)
        let start = before.lastIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        let offset = start.map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0
        let word = String(decoding: before.dropFirst(offset), as: UTF8.self)
        let words: [(String, String)] =
            [
                ("train", "Trains the network for some epochs."), ("transfer", "Takes over weights."),
                ("table", "Shows a table."), ("chart", "Shows a chart."),
            ] + (1...43).map { ("layer\($0)", "Layer number \($0).") }
        return CompletionList(
            range: offset..<cursor,
            items: words.filter { $0.0.hasPrefix(word) }.map { CompletionList.Item($0.0, $0.1) })
    }

    func hint(for text: String) -> StyledText? { text.hasPrefix("ask ") ? "answer: anything" : nil }

    func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome {
        // Only scripts have more than one, and they are lines.
        for source in sources {
            let outcome = execute(line: source, sink)
            if outcome != .succeeded { return outcome }
        }
        return .succeeded
    }

    private func execute(line source: Source, _ sink: any DisplaySink) -> ExecutionOutcome {
        if source.text.contains("bad") { return .rejected([Diagnostic(message: "`bad` does not check")]) }
        let words = source.text.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.first {
        case "quit": return .quit
        case "fail": return .failed(Diagnostic(message: "it failed"))
        case "spin": return spin(sink)
        case "sleep": return sleepOneSecond(sink)
        case "table": sink.show(.table(Samples.table))
        case "chart": sink.show(.chart(Samples.chart))
        case "image": sink.show(.image(Samples.images))
        case "count":
            count += 1
        case "flood":
            while !Interrupt.isPending { sink.show(.text("flood")) }
            return .interrupted
        default:
            sink.show(.text("got [\(source.text.replacing("\n", with: "|").replacing("\t", with: "<tab>"))]"))
        }
        return .succeeded
    }

    /// Trains for ever, as far as the screen can tell.
    private func spin(_ sink: any DisplaySink) -> ExecutionOutcome {
        sink.show(.text("spinning"))
        var step = 0
        while !Interrupt.isPending {
            step += 1
            sink.show(
                Progress(
                    label: "epoch 1/3", fraction: Double(step % 100) / 100,
                    figures: [.init("loss", "0.31"), .init("", "14 210 img/s")], timeLeft: 7))
            usleep(10_000)
        }
        sink.show(.text("stopped"))
        return .interrupted
    }

    private func sleepOneSecond(_ sink: any DisplaySink) -> ExecutionOutcome {
        usleep(1_050_000)
        sink.show(
            Progress(label: "epoch 1/1", fraction: 1, figures: [.init("loss", "0.2")], isFinished: true))
        return .succeeded
    }
}
