extension Evaluator {
    /// Runs a command of the language itself; nil if the call is one of the host's.
    func runOwn(_ call: Call) throws(Diagnostic) -> Flow? {
        switch call.path[0] {
        case "print":
            let words = call.list("values").map(\.formatted)
            sink.show(.text(StyledText(words.joined(separator: " "))))
            return .next
        case "help":
            try pages(for: call).forEach(sink.show)
            return .next
        case "apropos":
            help.search(call.list("words").map(\.formatted)).forEach(sink.show)
            return .next
        case "explain":
            try explanation(for: call).forEach(sink.show)
            return .next
        case "quit", "exit":
            return .quit
        default:
            return nil
        }
    }

    private func explanation(for call: Call) throws(Diagnostic) -> [Displayable] {
        guard let code = call.has("code") ? call.text("code") : environment.lastError else {
            return [.text("nothing has gone wrong so far")]
        }
        guard let explanation = codes[code] else {
            throw diagnostic(
                .unknownCode(code, nearest: nearest(to: code, among: codes.names)),
                call.argumentSpans["code"] ?? call.span)
        }
        return explanation.page(titled: code)
    }

    private func pages(for call: Call) throws(Diagnostic) -> [Displayable] {
        let words = call.list("words").map(\.formatted)
        if words.count == 1, let defined = environment.definitions[words[0]] {
            return help.page(for: defined.signature)
        }
        if let page = help.page(for: words) { return page }
        throw diagnostic(
            .nothingInHelp(words.joined(separator: " "), nearest: help.nearestName(to: words)),
            call.argumentSpans["words"] ?? call.span)
    }
}
