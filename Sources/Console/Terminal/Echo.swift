import Glibc

/// Runs a command with the terminal's echo off: keys typed meanwhile wait for the next prompt instead of standing in
/// the middle of results. Ctrl-C and Ctrl-Z work as ever. Without a terminal, just runs it.
func withoutEcho<Result>(_ body: () -> Result) -> Result {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return body() }
    var quiet = modes
    quiet.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet)
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
    return body()
}
