extension Evaluator {
    /// Runs a command whose results are written in a format, to a file or to the screen, instead of being shown.
    func publish(
        _ output: OutputNode, _ run: () throws(Diagnostic) -> Flow
    ) throws(Diagnostic) -> Flow {
        // Before the work is done: a wrong name should not cost it.
        let target = try target(of: output)
        let (screen, collected) = (sink, CollectingSink(passing: sink))
        sink = collected
        surroundings.useSink(collected)
        defer {
            sink = screen
            surroundings.useSink(screen)
        }
        let flow = try run()
        do {
            let content = try surroundings.publish(collected.shown, target.format)
            guard let path = target.path else {
                // CSV ends its lines as its standard says; a screen has lines of its own.
                let text = String(decoding: content, as: UTF8.self).replacing("\r\n", with: "\n")
                screen.show(.text(StyledText(text.trimmingNewlines)))
                return flow
            }
            try surroundings.writeFile(path, content)
            screen.note(StyledText("wrote `\(path)`"))
        } catch let failure as any CommandFailure {
            throw Diagnostic(
                code: failure.code, message: failure.message, hint: failure.hint, source: source,
                span: output.span)
        } catch {
            throw Diagnostic(message: String(describing: error), source: source, span: output.span)
        }
        return flow
    }

    private func target(of output: OutputNode) throws(Diagnostic) -> (format: OutputFormat, path: String?) {
        switch output.kind {
        case .shown(let format): return (format, nil)
        case .file(let file):
            let found = try value(of: ArgumentNode(name: nil, value: file), as: .outputFile)
            guard case .text(let path) = found, let format = OutputFormat(path: path) else {
                throw diagnostic(.unknownFormat(found.literal), file.span)
            }
            return (format, path)
        }
    }
}

extension Argument {
    /// What follows `>`.
    static let outputFile = Argument("file", .path(.write), .positional, "where the result is written")
}

/// Keeps what a command shows; progress and notes go on to the screen.
private final class CollectingSink: DisplaySink {
    private(set) var shown: [Displayable] = []
    private let screen: any DisplaySink

    init(passing screen: any DisplaySink) { self.screen = screen }

    func show(_ displayable: Displayable) { shown.append(displayable) }
    func show(_ progress: Progress) { screen.show(progress) }
    func note(_ text: StyledText) { screen.note(text) }
    func result(_ value: Value, keptAs name: String?) { screen.result(value, keptAs: name) }
}

extension String {
    fileprivate var trimmingNewlines: String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
