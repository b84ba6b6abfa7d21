import CommandLanguage

/// Draws what commands show.
///
/// On a screen a progress line is drawn over itself, at most ten times a second; elsewhere only finished ones are written.
package final class TerminalSink: DisplaySink {
    package let output: Output
    /// Results only: no progress, no notes.
    private let isQuiet: Bool
    private var terminal: Terminal
    private var lastDrawn: ContinuousClock.Instant?
    /// A progress line stands on the screen, and the cursor at its end.
    private var isOnProgressLine = false

    package init(output: Output, terminal: Terminal, isQuiet: Bool = false) {
        self.output = output
        self.terminal = terminal
        self.isQuiet = isQuiet
    }

    package func show(_ displayable: Displayable) {
        measure()
        clearProgress()
        write(terminal.render(displayable))
    }

    package func show(_ progress: Progress) {
        guard !isQuiet else { return }
        if !terminal.isInteractive {
            if progress.isFinished { write(terminal.render(progress) + "\n") }
            return
        }
        let now = ContinuousClock.now
        if !progress.isFinished, let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
        lastDrawn = progress.isFinished ? nil : now
        measure()
        write("\r" + terminal.render(progress) + "\u{1B}[K" + (progress.isFinished ? "\n" : ""))
        isOnProgressLine = !progress.isFinished
    }

    package func note(_ text: StyledText) {
        if !isQuiet { show(.text(text)) }
    }

    package func show(_ diagnostic: Diagnostic) { show(.text(diagnostic.rendered)) }

    /// Ends a progress line that was left unfinished, which stays to be seen.
    package func finish() {
        if isOnProgressLine { output.write("\n") }
        isOnProgressLine = false
        lastDrawn = nil
    }

    private func clearProgress() {
        if isOnProgressLine { output.write("\r\u{1B}[K") }
        isOnProgressLine = false
        lastDrawn = nil
    }

    /// Once nobody can see the results (`| head`, a full disk), what makes them stops at the next batch.
    private func write(_ text: String) {
        output.write(text)
        if output.failure != nil { Interrupt.request() }
    }

    /// The window may have been resized since.
    private func measure() {
        if terminal.isInteractive { terminal.measure(output.descriptor) }
    }
}
