import Glibc

/// This machine's memory.
enum Memory {
    /// Three quarters of what is built in, in bytes: the rest is for data, weights and everybody else.
    static var usable: Int { sysconf(Int32(_SC_PHYS_PAGES)) / 4 * 3 * sysconf(Int32(_SC_PAGESIZE)) }
}
