import ArgumentParser
import CommandLanguage
import Console
import Foundation
import Lessons
import Workbench

extension Program {
    /// The folder of the course: `$CAIRN_LESSONS`, or `tutorials` in the tree that the program was built in.
    private static var course: Course {
        if let folder = ProcessInfo.processInfo.environment["CAIRN_LESSONS"] { return Course(folder: folder) }
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var folder = URL(filePath: program).deletingLastPathComponent()
        while folder.path != "/" {
            let course = Course(folder: folder.appending(path: "tutorials").path)
            if !course.entries.isEmpty { return course }
            folder.deleteLastPathComponent()
        }
        return Course(folder: "tutorials")
    }

    /// The lesson that is meant by a name, a number or its file; nil if it is another file.
    static func lesson(_ name: String) -> Course.Entry? {
        let course = course
        guard FileManager.default.fileExists(atPath: name) else { return course[name] }
        let path = URL(filePath: name).standardizedFileURL.path
        return course.entries.first { URL(filePath: $0.path).standardizedFileURL.path == path }
    }

    func makePlayer() -> Player {
        Player(
            host: LessonSession(session, shell: shell), course: Self.course,
            progress: ProgressFile(environment: ProcessInfo.processInfo.environment))
    }

    /// The prompt, in a lesson if one is named.
    func learn(_ name: String?) throws {
        guard TerminalSession.isInteractive else {
            try refuse(
                LessonErrorCode.notAtPrompt, "a lesson is played at the prompt, and nobody can type here")
        }
        session.isInteractive = true
        let player = makePlayer()
        let opening = try name.map { player.start(try entries([$0])[0], showing: terminal.sink) }
        if case .failed(let diagnostic) = opening { terminal.errors.show(diagnostic) }
        if name == nil { _ = player.execute(Source(name: "learn", text: "learn"), sink: terminal.sink) }
        try finish(terminal.interact(with: player, banner: nil))
    }

    /// Runs lessons and says what does not come out as their files say.
    func test(_ names: [String]) throws {
        let host = LessonSession(session, shell: shell)
        try report(names) { entry in
            let start = ContinuousClock.now
            guard let lesson = try entry.read().lesson else { return ["\(entry.path) is no lesson"] }
            let failures = LessonTest.run(
                lesson, on: host, showing: SilentSink())
            let seconds = Int(((ContinuousClock.now - start) / .seconds(1)).rounded())
            terminal.sink.note(StyledText("\(entry.name): \(lesson.steps.count) steps, \(seconds) s", .faint))
            return failures.map { "\(entry.path):\($0.line): step \($0.step): \($0.message)" }
        }
    }

    /// Says what is wrong with lessons' files.
    func lint(_ names: [String]) throws {
        let lint = LessonLint(host: LessonSession(session, shell: shell))
        try report(names) { entry in
            try lint.problems(of: entry).map { "\(entry.path):\($0.line): \($0.message)" }
        }
    }

    private func report(_ names: [String], _ findings: (Course.Entry) throws -> [String]) throws {
        var count = 0
        for entry in try entries(names) {
            let found: [String]
            do {
                found = try findings(entry)
            } catch {
                try refuse(LessonErrorCode.badLesson, "`\(entry.path)` cannot be read")
            }
            for line in found { terminal.errors.show(.text(StyledText(line))) }
            count += found.count
        }
        if count > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// The lessons of these names, numbers or paths; all of the course without any.
    private func entries(_ names: [String]) throws -> [Course.Entry] {
        let course = Self.course
        if names.isEmpty { return course.entries }
        return try names.map { name in
            guard let entry = course[name] else { try refuse(.noLesson(name, course)) }
            return entry
        }
    }
}
