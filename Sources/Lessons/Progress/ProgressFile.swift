import FoundationEssentials

/// Where progress is kept between starts. Like history it is a comfort: a file that cannot be read or written is done
/// without.
package struct ProgressFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// `$XDG_STATE_HOME/cairn/lessons.json`, or `~/.local/state/cairn/lessons.json`; nil without a home.
    package init?(environment: [String: String]) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            self.init(path: state + "/cairn/lessons.json")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            self.init(path: home + "/.local/state/cairn/lessons.json")
        } else {
            return nil
        }
    }

    func load() -> CourseProgress {
        guard let data = FileManager.default.contents(atPath: path) else { return CourseProgress() }
        return (try? JSONDecoder().decode(CourseProgress.self, from: data)) ?? CourseProgress()
    }

    func save(_ progress: CourseProgress) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(progress) else { return }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        try? FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
        try? data.write(to: URL(filePath: path), options: .atomic)
    }
}
