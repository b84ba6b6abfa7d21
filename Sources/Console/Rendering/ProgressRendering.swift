import CommandLanguage

extension Terminal {
    /// One line: `epoch 1/3  ████████░░░░  loss 0.31  acc 0.89  14 210 img/s  0:07 left`.
    ///
    /// If it does not fit, the bar gets shorter, then goes; then the last figures go.
    package func render(_ progress: Progress) -> String {
        var parts = progress.figures.map { ($0.name.isEmpty ? $0.value : $0.name + " " + $0.value).printable }
        if let seconds = progress.timeLeft, !progress.isFinished {
            parts.append(Terminal.clock(seconds) + " left")
        }
        let label = progress.label.printable
        // Whoever fills the last column leaves the cursor where terminals disagree.
        let limit = width - 1
        while !parts.isEmpty, ([label] + parts).joined(separator: "  ").displayWidth > limit {
            parts.removeLast()
        }
        let text = ([label] + parts).joined(separator: "  ").displayWidth
        let barColumns = min(20, limit - text - 2)
        var pieces = [label.clipped(to: limit, mark: cutMark)]
        if barColumns >= 6 { pieces.append(bar(progress.fraction, columns: barColumns)) }
        return (pieces + parts).joined(separator: "  ")
    }

    private func bar(_ fraction: Double, columns: Int) -> String {
        let share = fraction.isFinite ? min(1, max(0, fraction)) : 0
        let inner = isUnicode ? columns : columns - 2
        let full = Int(share * Double(inner))
        let (done, open) = isUnicode ? ("\u{2588}", "\u{2591}") : ("#", ".")
        let bar =
            paint(String(repeating: done, count: full), Ink(.good))
            + paint(String(repeating: open, count: inner - full), Ink(.faint))
        return isUnicode ? bar : "[" + bar + "]"
    }

    /// `0:07`, `12:30`, `1:02:03`
    package static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "?" }
        let total = max(0, Int(seconds.rounded(.up)))
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}
