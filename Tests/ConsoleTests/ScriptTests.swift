import Glibc
import TerminalSupport
import Testing

/// The probe with a pipe on standard input.
struct ScriptTests {
    @Test(arguments: [
        ("one\ntwo\n", "got [one]\ngot [two]\n", "", 0),
        ("one\nfail\ntwo\n", "got [one]\n", "error: it failed\n", 1),
        ("bad\n", "", "error: `bad` does not check\n", 2), ("one\nquit\ntwo\n", "got [one]\n", "", 0),
        ("", "", "", 0),
    ]) func resultsErrorsAndStatus(_ input: String, _ output: String, _ errors: String, _ status: Int32)
        throws
    {
        let folder = try ScratchFolder()
        #expect(try run("", input: input, in: folder) == status)
        #expect(try contents(folder.path + "/out") == output)
        #expect(try contents(folder.path + "/err") == errors)
    }

    @Test func aReaderWhoLeavesEndsTheCommandQuietly() throws {
        let folder = try ScratchFolder()
        // `flood` shows lines until it is stopped.
        #expect(try run("| head -n 2", input: "flood\n", in: folder) == 0)
        #expect(try contents(folder.path + "/out") == "flood\nflood\n")
        #expect(try contents(folder.path + "/err") == "")
    }

    @Test func aFullDiskIsReported() throws {
        let folder = try ScratchFolder()
        #expect(try run("> /dev/full", input: "one\n", in: folder) == 1)
        #expect(
            try contents(folder.path + "/err")
                == "error[unwritable-results]: cannot write the results: No space left on device\n"
        )
    }

    @Test func piecesOfATableAreAsWideAsOnAScreenOf80() throws {
        let folder = try ScratchFolder()
        #expect(try run("", input: "table\n", in: folder) == 0)
        let lines = try contents(folder.path + "/out").split(separator: "\n")
        #expect(lines.map(\.count).max() == 80)
    }

    /// The status of the shell's `probe < in TAIL > out 2> err`; with a pipe, that of its last part.
    private func run(_ tail: String, input: String, in folder: ScratchFolder) throws -> Int32 {
        let file = open(folder.path + "/in", O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        #expect(write(file, input, input.utf8.count) == input.utf8.count)
        close(file)
        let command =
            "cd \(folder.path); { LC_ALL=C.UTF-8 \(BuiltProgram.path("ConsoleProbe")) < in \(tail); } > out 2> err"
        var arguments: [UnsafeMutablePointer<CChar>?] = [
            strdup("/bin/sh"), strdup("-c"), strdup(command), nil,
        ]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        var state: Int32 = 0
        try #require(posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ) == 0)
        #expect(waitpid(process, &state, 0) == process)
        return state >> 8 & 0xFF
    }

    private func contents(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
