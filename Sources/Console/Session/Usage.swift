import CommandLanguage
import Glibc

/// What a command took, as it is said after a long one.
enum Usage {
    /// After so long the time is worth a word, after so long the memory too.
    private static let wordy = Duration.seconds(1)
    private static let long = Duration.seconds(10)

    /// `took 4.2 s`, `took 3 min 05 s; memory 212 MiB, at most 240 MiB`; nil after a short command.
    static func line(after duration: Duration) -> StyledText? {
        guard duration > wordy else { return nil }
        let memory = duration > long ? memoryWords : nil
        return StyledText("took " + REPL.words(for: duration) + (memory.map { "; " + $0 } ?? ""), .faint)
    }

    /// Of this process, now and at its highest; nil where the system does not tell.
    private static var memoryWords: String? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0, let now = residentBytes else {
            return nil
        }
        return "memory \(now >> 20) MiB, at most \(usage.ru_maxrss >> 10) MiB"
    }

    private static var residentBytes: Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let numbers = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return numbers.count > 1 ? Int(numbers[1]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
    }
}
