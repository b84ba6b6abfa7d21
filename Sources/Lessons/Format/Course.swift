import CommandLanguage
import FoundationEssentials

/// The lessons of a folder, in the order of their files' numbers: `04-learning-rate.md` is `learning-rate`.
package struct Course: Sendable {
    /// A lesson's file.
    package struct Entry: Sendable, Equatable {
        package let name: String
        package let path: String

        /// The entry of one file, wherever it lies.
        package init(path: String) {
            self.path = path
            let file = path.split(separator: "/").last.map(String.init) ?? path
            let stem = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
            let rest = stem.drop { $0.isNumber }
            name = rest.count < stem.count && rest.first == "-" ? String(rest.dropFirst()) : stem
        }

        /// The lesson and what is wrong with its file.
        ///
        /// - Throws: `CocoaError` if the file cannot be read.
        package func read() throws -> (lesson: Lesson?, problems: [LessonProblem]) {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return LessonReader.lesson(text, file: path, name: name)
        }
    }

    package let entries: [Entry]

    /// The numbered Markdown files of a folder; none if there is no such folder.
    package init(folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        entries = names.sorted()
            .filter { $0.hasSuffix(".md") && $0.first?.isNumber == true }
            .map { Entry(path: folder + "/" + $0) }
    }

    /// By name, by number from 1, or by file: `04-learning-rate`, or a path to any Markdown file.
    package subscript(name: String) -> Entry? {
        if let number = Int(name) { return entries.indices.contains(number - 1) ? entries[number - 1] : nil }
        let asked = Entry(path: name)
        if name.hasSuffix(".md"), FileManager.default.fileExists(atPath: name) { return asked }
        return entries.first { $0.name == asked.name.lowercased() }
    }

    /// The lesson that was perhaps meant: one letter is wrong, or a word of its name was typed.
    func suggestion(for name: String) -> String? {
        let names = entries.map(\.name)
        let asked = Entry(path: name).name.lowercased()
        if let close = nearest(to: asked, among: names) { return close }
        let holding = names.filter { !asked.isEmpty && $0.contains(asked) }
        return holding.count == 1 ? holding[0] : nil
    }
}
