import CommandLanguage

extension TerminalSink {
    /// Shows an error; nothing silences it.
    package func show(_ diagnostic: Diagnostic) {
        show(.text(diagnostic.styled))
    }
}

extension Diagnostic {
    fileprivate var styled: StyledText {
        StyledText([.init("error:", .error), .init(" " + message + (hint.map { "\n" + $0 } ?? ""))])
    }
}
