import Glibc

/// Where the build put a program.
package enum BuiltProgram {
    /// A program of this package, which stands beside the test runner.
    package static func path(_ name: String) -> String {
        var path: [CChar] = Array(repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let runner = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // `swift test` runs the tests from the package's bundle, or through a helper of the toolchain.
        let candidates = [runner] + CommandLine.arguments
        for candidate in candidates where candidate.contains("/") {
            let folder = candidate.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let program = (folder + [name[...]]).joined(separator: "/")
            if access(program, X_OK) == 0 { return program }
        }
        return name
    }
}
