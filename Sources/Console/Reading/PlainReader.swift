import CommandLanguage
import Glibc

/// Reads lines as they come, without editing, colours or escapes: `TERM=dumb`, or a pipe that is read line by line.
package final class PlainReader: LineReader {
    private let shell: any Shell
    private let descriptor: Int32
    /// Where prompts are written; none for a pipe.
    private let output: Output?
    private var bytes: [UInt8] = []
    private var isAtEnd = false

    package init(shell: any Shell, descriptor: Int32 = STDIN_FILENO, promptOutput: Output?) {
        self.shell = shell
        self.descriptor = descriptor
        self.output = promptOutput
    }

    package func readEntry(prompt: [String]) -> ReadOutcome {
        let margin = Prompt(words: prompt, width: 80)
        var text = ""
        output?.write(margin.first.plain)
        while true {
            switch readLine() {
            case .interrupted:
                bytes = []
                output?.write("\n")
                return .interrupted
            case .endOfInput:
                output?.write("\n")
                return text.isEmpty ? .endOfInput : .entry(text)
            case .entry(let line):
                text += text.isEmpty ? line : "\n" + line
            }
            guard case .incomplete = shell.status(of: text) else { return .entry(text) }
            output?.write(margin.continuation.plain)
        }
    }

    /// The next line, without its end; a last one need not have one.
    private func readLine() -> ReadOutcome {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                var line = bytes[..<end]
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                let text = String(decoding: line, as: UTF8.self)
                bytes.removeSubrange(...end)
                return .entry(text)
            }
            if isAtEnd {
                guard !bytes.isEmpty else { return .endOfInput }
                defer { bytes = [] }
                return .entry(String(decoding: bytes, as: UTF8.self))
            }
            if Interrupt.isPending { return .interrupted }
            guard Signals.waitForInput(on: descriptor) else { continue }
            var chunk: [UInt8] = Array(repeating: 0, count: 4096)
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk.prefix(count)
            } else if count == 0 || errno != EINTR {
                isAtEnd = true
            }
        }
    }
}

/// All of the script at `path`, which may be a pipe; `-` is standard input.
package func readScript(_ path: String) throws(ReadFailure) -> String {
    if path == "-" { return try readToEnd(of: STDIN_FILENO) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReadFailure(reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    return try readToEnd(of: descriptor)
}

/// No script is longer; what is, is something else or never ends.
private let longestScript = 64 << 20

/// All of a file that is open, up to its end.
package func readToEnd(of descriptor: Int32) throws(ReadFailure) -> String {
    var bytes: [UInt8] = []
    var chunk: [UInt8] = Array(repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
            bytes += chunk.prefix(count)
            guard bytes.count <= longestScript else {
                throw ReadFailure(reason: "it is longer than \(longestScript >> 20) MiB")
            }
        } else if count == 0 {
            return String(decoding: bytes, as: UTF8.self)
        } else if errno != EINTR {
            throw ReadFailure(reason: String(cString: strerror(errno)))
        } else if Interrupt.isPending {
            throw ReadFailure(reason: "interrupted")
        }
    }
}

/// An open file that could not be read to its end.
package struct ReadFailure: Error, Equatable {
    /// The system's words.
    package let reason: String
}
