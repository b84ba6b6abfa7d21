import CommandLanguage

/// Runs a lesson as nobody plays it: every answer must pass, every wrong one fail, every prediction have an outcome, and
/// every number in the text be what is measured.
package struct LessonTest {
    private let host: any LessonHost
    /// Where what the commands show goes.
    private let sink: any DisplaySink
    private var failures: [LessonFailure] = []

    package static func run(_ lesson: Lesson, on host: any LessonHost, showing sink: any DisplaySink)
        -> [LessonFailure]
    {
        var test = LessonTest(host: host, sink: sink)
        host.startAfresh()
        for step in lesson.steps {
            guard test.run(step) else { break }
        }
        return test.failures
    }

    private init(host: any LessonHost, sink: any DisplaySink) {
        self.host = host
        self.sink = sink
    }

    /// False if what comes after it cannot be run.
    private mutating func run(_ step: Lesson.Step) -> Bool {
        for number in step.before.printed { check(number, step) }
        switch step.task {
        case .read: break
        case .run(let source, let prediction):
            guard perform(source, step) else { return false }
            if let prediction { check(prediction, step) }
        case .solve(let exercise):
            guard run(exercise, step) else { return false }
        }
        for number in step.after.printed { check(number, step) }
        return true
    }

    private mutating func run(_ exercise: Exercise, _ step: Lesson.Step) -> Bool {
        let start = host.mark()
        func begin() {
            host.restore(start)
            host.beginTask()
        }
        for attempt in exercise.wrong {
            begin()
            guard perform(attempt.source, step) else { continue }
            if unmet(exercise).isEmpty { fail(step, "the wrong answer `\(attempt.name)` passes") }
        }
        // The first one last: the lesson goes on from it.
        for attempt in exercise.answers.reversed() {
            begin()
            guard perform(attempt.source, step) else { return false }
            for message in unmet(exercise) { fail(step, "the answer `\(attempt.name)` fails: \(message)") }
        }
        return true
    }

    private mutating func perform(_ source: Source, _ step: Lesson.Step) -> Bool {
        switch host.execute([source], sink: sink) {
        case .succeeded: return true
        case .rejected(let diagnostics):
            for diagnostic in diagnostics { fail(step, diagnostic.message, diagnostic.line) }
        case .failed(let diagnostic): fail(step, diagnostic.message, diagnostic.line)
        case .interrupted: fail(step, "interrupted")
        case .quit: fail(step, "`quit` ends it")
        }
        return false
    }

    private func unmet(_ exercise: Exercise) -> [String] {
        exercise.conditions.compactMap { condition in
            host.failure(of: condition.expectation).map { failure in
                failure.message + (failure.hint.map { "; \($0)" } ?? "")
            }
        }
    }

    private mutating func check(_ number: PrintedNumber, _ step: Lesson.Step) {
        guard case .number(let measured)? = value(of: number.measured, step) else { return }
        guard abs(measured - number.value) > number.tolerance else { return }
        fail(
            step,
            "the text says \(number.value.sixDigits) ± \(number.tolerance.sixDigits), and \(number.measured.text) is \(measured.sixDigits)",
            number.measured.source.firstLine)
    }

    private mutating func check(_ prediction: Prediction, _ step: Lesson.Step) {
        let values = prediction.measured.compactMap { value(of: $0, step) }
        guard values.count == prediction.measured.count else { return }
        if let problem = prediction.problem(with: values) { fail(step, problem) }
    }

    private mutating func value(of expression: LessonExpression, _ step: Lesson.Step) -> Value? {
        do throws(Diagnostic) {
            return try host.value(of: expression.source)
        } catch {
            fail(step, error.message, expression.source.firstLine)
            return nil
        }
    }

    private mutating func fail(_ step: Lesson.Step, _ message: String, _ line: Int? = nil) {
        failures.append(LessonFailure(step: step.number, line: line ?? step.line, message: message))
    }
}

/// What did not come out in a lesson as its file says.
package struct LessonFailure: Sendable, Equatable {
    package let step: Int
    /// Of the file.
    package let line: Int
    package let message: String
}

extension Prediction {
    /// What keeps these values from answering the question.
    fileprivate func problem(with values: [Value]) -> String? {
        switch kind {
        case .number:
            if case .number? = values.first { return nil }
            return "the prediction asks for a number, and there is none"
        case .choice:
            let right = values.count { $0 == .boolean(true) }
            return right == 1 ? nil : "of the choices of a prediction one must come true, not \(right)"
        case .order:
            let numbers = Set(values)
            return numbers.count == values.count ? nil : "two things to be put in order are equal"
        }
    }
}
