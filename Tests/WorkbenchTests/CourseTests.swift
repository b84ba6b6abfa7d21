import CommandLanguage
import Foundation
import Testing
import Training
import Workbench

@testable import Lessons

/// What the course owes those who learn: whatever one trains with stands in a lesson, to be run.
@Suite struct CourseTests {
    /// Commands under these headings, their variants and the words of their blocks concern training; the others are about
    /// the language, about files and scripts, and about finding one's way.
    private static let topics: Set<String> = [
        "Data", "Model", "Training", "Session", "Control", "Looking", "Searching", "Going back",
        "Experiments",
    ]

    /// Arguments whose values are techniques, or parts of training, in their own right.
    private static let arguments = ["init": "scheme", "stats": "what", "step": "what"]

    /// What no lesson needs, and why.
    private static let exceptions: [String: String] = {
        let files = "reads files that a lesson cannot bring along"
        return [
            "data folder": files, "data idx": files, "data npy": files, "data npz": files, "data csv": files,
            "data cifar10": files, "data cifar100": files,
            "rate find": "is another name of `lr find`",
        ]
    }()

    /// All that is to be taught, in the order of the reference.
    private static var subjects: [String] {
        let catalog = Session.catalog
        let entries = catalog.entries.filter { topics.contains(topic(of: $0)) }
        let choices = entries.flatMap { entry in
            entry.signature.arguments.filter { arguments[entry.name] == $0.name }
                .flatMap(\.kind.words).map { "\(entry.name) \($0)" }
        }
        return entries.map(\.name) + choices + allMetrics.map { "metric \($0.name)" }
    }

    /// The heading of the command that a word belongs to.
    private static func topic(of entry: Catalog.Entry) -> String {
        guard let container = entry.container else {
            return Session.catalog.commands.first { $0.name == entry.path[0] }?.topic ?? ""
        }
        let outer = Session.catalog.entries.first { $0.name == container }
        return outer.map(topic) ?? ""
    }

    private static func steps() throws -> [Lesson.Step] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../tutorials")
        let course = Course(folder: folder.standardized.path)
        #expect(course.entries.count == 17)
        return try course.entries.flatMap { try #require($0.read().lesson).steps }
    }

    /// What cells and worked answers use: what is only told about, or tempts and is wrong, is not taught.
    private static func used() throws -> Set<String> {
        var used = UsedWords(of: Session.catalog)
        for step in try steps() {
            switch step.task {
            case .read: break
            case .run(let source, _): used.add(source)
            case .solve(let exercise): exercise.answers.forEach { used.add($0.source) }
            }
        }
        return used.words
    }

    @Test func everythingThatConcernsTrainingIsInALesson() throws {
        let used = try Self.used()
        let missing = Self.subjects.filter { !used.contains($0) && Self.exceptions[$0] == nil }
        #expect(missing.isEmpty, "in no lesson: \(missing.joined(separator: ", "))")
    }

    @Test func everyExceptionIsOne() throws {
        let used = try Self.used()
        for word in Self.exceptions.keys {
            #expect(Self.subjects.contains(word) && !used.contains(word), "`\(word)` needs no exception")
        }
    }
}

extension Argument.Kind {
    /// The words that it allows.
    fileprivate var words: [String] {
        switch self {
        case .choice(let choices): choices.map(\.word)
        case .either(let kinds): kinds.flatMap(\.words)
        default: []
        }
    }
}
