/// How far a learner has come in one lesson.
package struct LessonProgress: Codable, Hashable, Sendable {
    /// How an exercise ended.
    package enum Ending: String, Codable, Sendable { case solved, skipped }

    /// The number of the step to go on with, from 1.
    var step = 1
    /// How many steps the lesson had then.
    var steps: Int
    var isFinished = false
    /// By the number of the step; only the first ending counts as solved.
    var exercises: [Int: Ending] = [:]
    /// By the number of the step: whether the guess was right.
    var predictions: [Int: Bool] = [:]

    init(steps: Int) { self.steps = steps }

    /// `3 of 12`, or what came of it.
    package var summary: String {
        var parts = [isFinished ? "finished" : "step \(step) of \(steps)"]
        let solved = exercises.values.count { $0 == .solved }
        if !exercises.isEmpty { parts.append("\(solved) of \(exercises.count) exercises solved") }
        if !predictions.isEmpty { parts.append("\(tally.right) of \(tally.count) predictions right") }
        return parts.joined(separator: ", ")
    }

    /// Of all its predictions.
    var tally: (right: Int, count: Int) { (predictions.values.count { $0 }, predictions.count) }
}

/// What a learner has done so far, by the lessons' names.
package struct CourseProgress: Codable, Hashable, Sendable {
    /// Raised when old files can no longer be read.
    private var version = 1
    package internal(set) var lessons: [String: LessonProgress] = [:]

    package init() {}
}
