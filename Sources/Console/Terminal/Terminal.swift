import Glibc

/// What the receiver of an output can show.
package struct Terminal: Sendable {
    /// How many colours there are to choose from.
    package enum Colors: Sendable, Comparable {
        case none, sixteen, indexed, full
    }

    /// Columns.
    package var width: Int
    /// Rows.
    package var height: Int
    package var colors: Colors
    /// False: only ASCII may be written.
    package var isUnicode: Bool
    /// Whether what was written can be drawn over: false for a pipe, a file and `TERM=dumb`.
    package var isInteractive: Bool
    /// Whether texts are wrapped to the width: in any terminal.
    package var wrapsText: Bool
    /// How it takes pixels.
    package var graphics = Graphics.none
    /// Of a character, in pixels.
    package var cell = (width: 10, height: 20)

    package init(
        width: Int = 80, height: Int = 24, colors: Colors = .none, isUnicode: Bool = true,
        isInteractive: Bool = false
    ) {
        self.width = width
        self.height = height
        self.colors = colors
        self.isUnicode = isUnicode
        self.isInteractive = isInteractive
        wrapsText = isInteractive
    }

    /// What is behind an open file, as the environment has it: `NO_COLOR`, `TERM`, `COLORTERM` and the locale
    /// that `Charset.adopt` took. A terminal that can do nothing gets ASCII.
    package init(descriptor: Int32, environment: [String: String]) {
        let isTerminal = isatty(descriptor) == 1
        let type = environment["TERM"] ?? ""
        let isCapable = isTerminal && type != "dumb" && !type.isEmpty
        self.init(
            colors: isCapable ? Terminal.colors(in: environment) : .none,
            isUnicode: Charset.isUnicode && isCapable == isTerminal, isInteractive: isCapable)
        wrapsText = isTerminal
        if isTerminal { measure(descriptor) }
    }

    /// Takes the window's present size.
    package mutating func measure(_ descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return }
        if size.ws_col > 0 { width = Int(size.ws_col) }
        if size.ws_row > 0 { height = Int(size.ws_row) }
        guard size.ws_xpixel > 0, size.ws_ypixel > 0, size.ws_col > 0, size.ws_row > 0 else { return }
        cell = (
            max(Int(size.ws_xpixel) / Int(size.ws_col), 1), max(Int(size.ws_ypixel) / Int(size.ws_row), 1)
        )
    }

    /// What `NO_COLOR` (if not empty: no-color.org), `COLORTERM` and `TERM` promise of a terminal.
    package static func colors(in environment: [String: String]) -> Colors {
        let type = environment["TERM"] ?? ""
        guard (environment["NO_COLOR"] ?? "").isEmpty, !type.isEmpty, type != "dumb" else { return .none }
        if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || type.hasSuffix("-direct") {
            return .full
        }
        return type.contains("256color") ? .indexed : .sixteen
    }

    /// The end of a text that was cut.
    package var cutMark: String { isUnicode ? "\u{2026}" : "..." }
}
