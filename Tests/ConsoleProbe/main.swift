import CommandLanguage
import Console
import Glibc

// A program with the whole console and a made-up language: blocks are braces, and each entry is shown as it arrived.

private func readEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    for name in ["HOME", "XDG_STATE_HOME", "TERM", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG"] {
        if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
}

let session = TerminalSession(environment: readEnvironment())
let shell = ProbeShell()
let status: ExitStatus
if TerminalSession.isInteractive {
    status = session.interact(with: shell, banner: "Probe")
} else {
    let lines = try readToEnd(of: STDIN_FILENO).split(separator: "\n")
    status = session.run(lines.map { Source(name: "standard input", text: String($0)) }, in: shell)
}
exit(status.rawValue)
