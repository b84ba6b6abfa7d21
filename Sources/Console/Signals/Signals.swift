import Glibc
import Synchronization

/// Ctrl-C as a request that evaluation asks for between two batches: it never ends the process by itself.
package enum Interrupt {
    /// Whether Ctrl-C was pressed since `clear()`; safe to ask on any thread.
    package static var isPending: Bool { Signals.state.isInterrupted.load(ordering: .relaxed) }

    /// Forgets a Ctrl-C: a new command starts.
    package static func clear() { Signals.state.isInterrupted.store(false, ordering: .relaxed) }

    /// What Ctrl-C does.
    package static func request() { Signals.state.isInterrupted.store(true, ordering: .relaxed) }
}

/// What the process does on signals: the handlers only set flags and wake whoever waits for a key, except that
/// SIGTERM and SIGHUP give the terminal its modes back and end the process.
package enum Signals {
    /// Everything the handlers touch: atomics, and memory that is written before they are installed.
    final class State: @unchecked Sendable {
        let isInterrupted = Atomic<Bool>(false)
        let isResized = Atomic<Bool>(false)
        /// Ctrl-Z while a line is read.
        let isSuspending = Atomic<Bool>(false)
        let isContinued = Atomic<Bool>(false)
        /// A line is being read: the terminal has the editor's modes.
        let isReading = Atomic<Bool>(false)
        fileprivate(set) var wakeReader: Int32 = -1
        fileprivate var wakeWriter: Int32 = -1
        fileprivate var modes = termios()
        fileprivate var hasModes = false
    }

    static let state = State()

    /// Installs the handlers; to be called once, before the first line is read.
    ///
    /// A signal that the parent left ignored (`nohup`, a shell without job control) stays ignored.
    package static func install() {
        guard state.wakeReader < 0 else { return }
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            (state.wakeReader, state.wakeWriter) = (ends[0], ends[1])
        }
        state.hasModes = tcgetattr(STDIN_FILENO, &state.modes) == 0
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH] {
            var old = sigaction()
            guard sigaction(number, nil, &old) == 0 else { continue }
            // SIG_IGN is 1; a closure cannot be compared.
            if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
            setHandler(of: number)
        }
    }

    private static func setHandler(of number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handle
        // Without SA_RESTART a read that waits for a line returns on Ctrl-C; others are restarted.
        action.sa_flags = number == SIGINT ? 0 : SA_RESTART
        sigaction(number, &action, nil)
    }

    /// Stops the process until it is continued, as Ctrl-Z does by default: not at all if no shell could continue it.
    static func suspend() {
        signal(SIGTSTP, SIG_DFL)
        kill(getpid(), SIGTSTP)
        // Within the handler it waits until it is let through.
        var (set, old) = (sigset_t(), sigset_t())
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &set, &old)
        pthread_sigmask(SIG_SETMASK, &old, nil)
        setHandler(of: SIGTSTP)
    }

    /// Waits until `descriptor` can be read or a signal has set a flag.
    ///
    /// - Returns: Whether it can be read (or is at its end).
    static func waitForInput(on descriptor: Int32, milliseconds: Int32 = -1) -> Bool {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: state.wakeReader, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waiting, 2, milliseconds) > 0 else { return false }
        if waiting[1].revents != 0 {
            var drain: [UInt8] = Array(repeating: 0, count: 64)
            while read(state.wakeReader, &drain, drain.count) == drain.count {}
        }
        return waiting[0].revents != 0
    }

    /// Runs on any thread between any two instructions: only async-signal-safe calls (signal-safety(7)).
    private static let handle: @convention(c) (Int32) -> Void = { number in
        let savedError = errno
        switch number {
        case SIGINT: state.isInterrupted.store(true, ordering: .relaxed)
        case SIGWINCH: state.isResized.store(true, ordering: .relaxed)
        case SIGCONT: state.isContinued.store(true, ordering: .relaxed)
        case SIGTSTP:
            if state.isReading.load(ordering: .relaxed) {
                state.isSuspending.store(true, ordering: .relaxed)
            } else {
                suspend()
            }
        default:
            if state.isReading.load(ordering: .relaxed) {
                if state.hasModes { tcsetattr(STDIN_FILENO, TCSANOW, &state.modes) }
                // End bracketed paste, and leave the line.
                var farewell: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
                    (0x1B, 0x5B, 0x3F, 0x32, 0x30, 0x30, 0x34, 0x6C, 0x0D, 0x0A)
                _ = write(STDOUT_FILENO, &farewell, 10)
            }
            signal(number, SIG_DFL)
            kill(getpid(), number)
        }
        var byte: UInt8 = 0
        _ = write(state.wakeWriter, &byte, 1)
        errno = savedError
    }
}
