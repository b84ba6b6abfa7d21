import CommandLanguage

/// Draws what commands show.
///
/// On a screen a progress line is drawn over itself, at most ten times a second; elsewhere only finished ones are written.
package final class TerminalSink: DisplaySink {
    package let output: Output
    /// Results only: no progress, no notes.
    private let isQuiet: Bool
    private var terminal: Terminal
    /// Nil as long as nobody knows.
    private var graphics: Graphics?
    private var lastDrawn: ContinuousClock.Instant?
    /// A progress line stands on the screen, and the cursor at its end.
    private var isOnProgressLine = false
    /// Lines of the table above it.
    private var tableLines = 0

    /// `graphics` is how the terminal takes pixels, if the environment tells.
    package init(
        output: Output, terminal: Terminal, isQuiet: Bool = false, graphics: Graphics? = Graphics.none
    ) {
        self.graphics = graphics
        self.output = output
        self.terminal = terminal
        self.isQuiet = isQuiet
    }

    package func show(_ displayable: Displayable) {
        measure()
        clearProgress()
        if case .image = displayable { findGraphics() }
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
        let table = progress.table.map(lines) ?? []
        let ends = progress.isFinished && progress.table == nil
        write(
            backToStart + table.map { $0 + "\u{1B}[K\n" }.joined() + terminal.render(progress) + "\u{1B}[K"
                + (tableLines > table.count ? "\u{1B}[J" : "") + (ends ? "\n" : ""))
        isOnProgressLine = !ends
        tableLines = table.count
    }

    /// As much of a table as the screen has lines for: what has scrolled away cannot be drawn over.
    /// Nothing of one that is wider than the screen, whose lines would break.
    private func lines(of table: Table) -> [Substring] {
        var plain = terminal
        plain.colors = .none
        let isTooWide = plain.render(table).split(separator: "\n").contains {
            String($0).displayWidth >= terminal.width
        }
        guard !isTooWide else { return [] }
        return Array(terminal.render(table).split(separator: "\n").prefix(max(terminal.height - 2, 0)))
    }

    /// To the first column of the table, or of the progress line.
    private var backToStart: String { "\r" + (tableLines > 0 ? "\u{1B}[\(tableLines)A" : "") }

    package func note(_ text: StyledText) {
        if !isQuiet { show(.text(text)) }
    }

    package func show(_ diagnostic: Diagnostic) { show(.text(diagnostic.rendered)) }

    /// Ends a progress line that was left unfinished, which stays to be seen.
    package func finish() {
        if isOnProgressLine { output.write("\n") }
        forgetProgress()
    }

    private func clearProgress() {
        if isOnProgressLine { output.write(backToStart + (tableLines > 0 ? "\u{1B}[J" : "\u{1B}[K")) }
        forgetProgress()
    }

    private func forgetProgress() {
        isOnProgressLine = false
        tableLines = 0
        lastDrawn = nil
    }

    /// Once nobody can see the results (`| head`, a full disk), what makes them stops at the next batch.
    private func write(_ text: String) {
        output.write(text)
        if output.failure != nil { Interrupt.request() }
    }

    /// The first image asks for what only the terminal itself knows.
    private func findGraphics() {
        guard terminal.isInteractive else { return }
        terminal.graphics = graphics ?? Graphics.asked(output: output)
        graphics = terminal.graphics
    }

    /// The window may have been resized since.
    private func measure() {
        if terminal.isInteractive { terminal.measure(output.descriptor) }
    }
}
