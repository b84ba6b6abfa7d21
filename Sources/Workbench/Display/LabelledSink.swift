import CommandLanguage

/// Shows what is done on the side, its progress under a name.
final class LabelledSink: DisplaySink {
    private let name: String
    private let screen: (any DisplaySink)?
    private let isQuiet: Bool

    /// A quiet one shows only progress, and nothing of it stays.
    init(_ name: String, in screen: (any DisplaySink)?, isQuiet: Bool) {
        self.name = name
        self.screen = screen
        self.isQuiet = isQuiet
    }

    func show(_ displayable: Displayable) { if !isQuiet { screen?.show(displayable) } }

    func show(_ progress: Progress) {
        var progress = progress
        progress.label = "\(name): \(progress.label)"
        if isQuiet { progress.isFinished = false }
        screen?.show(progress)
    }

    func note(_ text: StyledText) { if !isQuiet { screen?.note(StyledText("\(name): ", .faint) + text) } }
}
