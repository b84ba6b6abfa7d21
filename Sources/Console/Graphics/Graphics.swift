import Glibc

/// How a terminal takes pixels.
package enum Graphics: String, CaseIterable, Sendable {
    /// Not at all: images are half blocks, or letters.
    case none
    /// kitty's graphics protocol: kitty, Ghostty, Konsole.
    case kitty
    /// DEC's sixels: foot, xterm, mlterm, WezTerm.
    case sixel

    /// The variable that says which, whatever else is known.
    package static let variable = "CAIRN_GRAPHICS"

    /// What the environment tells; nil if only the terminal itself knows.
    package static func told(by environment: [String: String]) -> Graphics? {
        if let chosen = environment[variable].flatMap(Graphics.init) { return chosen }
        let type = environment["TERM"] ?? ""
        // A multiplexer shows what the terminal behind it need not understand.
        let isWrapped =
            environment["TMUX"] != nil || environment["STY"] != nil || type.hasPrefix("screen")
            || type.hasPrefix("tmux")
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || ["", "dumb", "linux"].contains(type)
        guard !isWrapped, !isPlain else { return Graphics.none }
        let program = environment["TERM_PROGRAM"] ?? ""
        if environment["KITTY_WINDOW_ID"] != nil || type.contains("kitty") || type.contains("ghostty")
            || program == "ghostty" || environment["KONSOLE_VERSION"] != nil
        {
            return .kitty
        }
        if type.hasPrefix("foot") || type.hasPrefix("mlterm") || program == "WezTerm" { return .sixel }
        return nil
    }

    /// Asks the terminal for its attributes (DA1, ECMA-48 8.3.24), of which 4 means sixels; one that does not answer in
    /// a fifth of a second has none. Keys that wait already are left alone, and nothing is asked.
    static func asked(input: Int32 = STDIN_FILENO, output: Output) -> Graphics {
        var modes = termios()
        guard isatty(input) == 1, tcgetattr(input, &modes) == 0, !hasInput(input, milliseconds: 0) else {
            return .none
        }
        var raw = modes
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(input, TCSANOW, &raw)
        defer { tcsetattr(input, TCSANOW, &modes) }
        output.write("\u{1B}[c")
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "c"), answer.count < 64, hasInput(input, milliseconds: 200) {
            var byte: UInt8 = 0
            guard read(input, &byte, 1) == 1 else { break }
            answer.append(byte)
        }
        return attributes(in: String(decoding: answer, as: UTF8.self)).contains("4") ? .sixel : .none
    }

    /// `ESC [ ? 62 ; 4 ; 22 c` has 4 and 22; the first number is the kind of terminal.
    static func attributes(in answer: String) -> [Substring] {
        guard answer.hasPrefix("\u{1B}[?"), answer.hasSuffix("c") else { return [] }
        return Array(answer.dropFirst(3).dropLast().split(separator: ";").dropFirst())
    }

    private static func hasInput(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) == 1
    }
}
