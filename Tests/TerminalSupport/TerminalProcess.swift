import Glibc
import Testing

/// A program of this package in a pseudo-terminal of its own: keys in, screen out.
package final class TerminalProcess {
    private let controller: Int32
    private let process: pid_t
    package private(set) var terminal: VirtualTerminal
    package private(set) var raw: [UInt8] = []
    private var status: Int32?

    /// The system has none to give.
    package enum Failure: Error { case noTerminal, noFolder, noProcess(Int32) }

    /// Starts a program whose home, and so its history, is a folder of the test.
    package init(
        _ program: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, home: ScratchFolder,
        environment: [String: String] = [:]
    ) throws {
        // Swift does not see the C library's calls for this (posix_openpt, unlockpt, ptsname): pty(7), ioctl_tty(2).
        let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
        var (isLocked, index) = (Int32(0), Int32(0))
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard controller >= 0, ioctl(controller, unlock, &isLocked) == 0,
            ioctl(controller, number, &index) == 0
        else { throw Failure.noTerminal }
        terminal = VirtualTerminal(columns: columns, rows: rows)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)

        var values = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": home.path]
        values.merge(environment) { $1 }
        process = try TerminalProcess.spawn(
            [BuiltProgram.path(program)] + arguments, terminal: "/dev/pts/\(index)", environment: values)
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(controller)
    }

    /// Starts the program in a session of its own, whose terminal is the first one it opens.
    private static func spawn(_ arguments: [String], terminal: String, environment: [String: String]) throws
        -> pid_t
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The test runner may ignore or block signals that the probe is tested with.
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        let newSession = 0x80  // POSIX_SPAWN_SETSID
        posix_spawnattr_setflags(
            &attributes, Int16(newSession | Int(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, arguments[0], &actions, &attributes, &words, &variables)
        guard error == 0 else { throw Failure.noProcess(error) }
        return process
    }

    /// Presses keys.
    package func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = write(controller, bytes, bytes.count)
    }

    package func resize(columns: Int) {
        terminal.resize(columns: columns)
        var size = winsize(ws_row: UInt16(terminal.rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    package func send(_ signal: Int32) { kill(process, signal) }

    /// Waits until the screen's last lines are these, with the cursor in the last of them unless `cursor` says how many
    /// lines above it, and in which column.
    package func shows(
        _ lines: String..., cursor: (up: Int, column: Int)? = nil, location: SourceLocation = #_sourceLocation
    ) {
        wait("the last lines \(lines)", location) { terminal in
            guard terminal.lines.suffix(lines.count) == lines[...] else { return false }
            guard let cursor else { return true }
            return terminal.cursor == (terminal.lines.count - 1 - cursor.up, cursor.column)
        }
    }

    /// Waits until the screen is as described; generous, since the machine may be busy.
    package func wait(
        _ what: String, _ location: SourceLocation = #_sourceLocation,
        until isReached: (VirtualTerminal) -> Bool
    ) {
        let deadline = ContinuousClock.now + .seconds(30)
        while !isReached(terminal) {
            guard ContinuousClock.now < deadline, receive() || isReached(terminal) else {
                let screen = terminal.lines.joined(separator: "\n")
                Issue.record(
                    "no \(what); cursor \(terminal.cursor); screen:\n\(screen)", sourceLocation: location)
                return
            }
        }
        #expect(terminal.unknown == [], sourceLocation: location)
    }

    /// Waits until nothing has been drawn for a while, or for as long as something still is: for writing down a screen
    /// that nobody has described yet.
    package func settle() {
        let deadline = ContinuousClock.now + .seconds(10)
        var last = ContinuousClock.now
        while ContinuousClock.now < deadline, ContinuousClock.now - last < .seconds(1) {
            let count = raw.count
            guard receive() else { return }
            if raw.count > count { last = ContinuousClock.now }
        }
    }

    /// Waits for the end of the process: its exit status, or the number of the signal that ended it, negative.
    package func waitForExit() -> Int32? {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            var state: Int32 = 0
            if waitpid(process, &state, WNOHANG) == process {
                status = state & 0x7F == 0 ? state >> 8 & 0xFF : -(state & 0x7F)
                while receive(milliseconds: 0) {}
                return status
            }
            _ = receive()
        }
        return nil
    }

    /// Whether the terminal has the modes of a shell: lines, echo and signals.
    package var hasPlainModes: Bool {
        var modes = termios()
        guard tcgetattr(controller, &modes) == 0 else { return false }
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return modes.c_lflag & wanted == wanted && modes.c_iflag & tcflag_t(ICRNL) != 0
    }

    /// - Returns: False once the other side is closed.
    private func receive(milliseconds: Int32 = 50) -> Bool {
        var waiting = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return milliseconds > 0 }
        var chunk: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let count = read(controller, &chunk, chunk.count)
        guard count > 0 else { return false }
        raw += chunk.prefix(count)
        terminal.feed(chunk.prefix(count))
        return true
    }
}
