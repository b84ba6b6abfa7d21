import CommandLanguage

/// Everything about a lesson's file that can be said without running it.
package struct LessonLint {
    private let host: any LessonHost

    package init(host: any LessonHost) { self.host = host }

    /// In the order of the file; empty for a good lesson.
    package func problems(of entry: Course.Entry) throws -> [LessonProblem] {
        let (lesson, problems) = try entry.read()
        guard let lesson else { return problems }
        return (problems + checked(lesson) + numbers(in: lesson) + ending(of: lesson)).sorted {
            $0.line < $1.line
        }
    }

    /// Cells, answers and conditions as the scripts that they make.
    private func checked(_ lesson: Lesson) -> [LessonProblem] {
        var before: [Source] = []
        var found: [LessonProblem] = []
        func check(_ sources: [Source]) {
            let known = Set(host.check(before))
            for diagnostic in host.check(before + sources) where !known.contains(diagnostic) {
                found.append(LessonProblem(kind: .cell(diagnostic.message), line: diagnostic.line ?? 1))
            }
        }
        for step in lesson.steps {
            check(step.before.printed.map(\.measured.source))
            switch step.task {
            case .read: break
            case .run(let source, let prediction):
                check([source] + (prediction?.measured.map(\.source) ?? []))
                before.append(source)
            case .solve(let exercise):
                for attempt in exercise.answers + exercise.wrong {
                    check([attempt.source] + exercise.conditions.map(\.expectation))
                }
                before += step.commands
            }
            check(step.after.printed.map(\.measured.source))
        }
        return found
    }

    /// Numbers with decimals in the text, without a comment that checks them in the same passage.
    private func numbers(in lesson: Lesson) -> [LessonProblem] {
        lesson.steps.flatMap { step in
            [step.before, step.after].flatMap { passage in
                let checked = Set(passage.printed.map(\.value))
                return passage.text.flatMap(\.decimalsOutsideCode).filter { !checked.contains($0.value) }
                    .map { LessonProblem(kind: .uncheckedNumber($0.text), line: step.line) }
            }
        }
    }

    private func ending(of lesson: Lesson) -> [LessonProblem] {
        let last = lesson.steps.last { $0.heading != nil }
        guard last?.heading?.lowercased().hasPrefix("when it helps") != true,
            let line = lesson.steps.last?.line
        else { return [] }
        return [LessonProblem(kind: .noEnding, line: line)]
    }
}

extension StyledText {
    /// `0.83`, but not what stands between backticks.
    fileprivate var decimalsOutsideCode: [(text: String, value: Double)] {
        let prose = plain.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        return prose.flatMap { part in
            part.split { !$0.isNumber && $0 != "." }.compactMap { word in
                let number = word.last == "." ? word.dropLast() : word
                guard number.contains("."), let value = Double(String(number)) else { return nil }
                return (String(number), value)
            }
        }
    }
}
