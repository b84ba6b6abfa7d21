import CommandLanguage

// What a learner sees.

extension Player {
    /// The step as it stands: what to read, and what to do.
    func present() {
        guard let playing else { return }
        let step = playing.step
        show(
            StyledText("\n\(playing.place) of \(playing.lesson.steps.count)", .faint)
                + StyledText(step.heading.map { "  \($0)" } ?? "", .heading))
        if !step.before.text.isEmpty {
            step.before.text.forEach(show)
            show("")
        }
        presentTask()
    }

    /// What is to be done, without what stands before it.
    func presentTask() {
        guard let playing else { return }
        switch playing.step.task {
        case .read: say(playing.isLast ? "Enter ends the lesson." : "Enter goes on.")
        case .run(_, let prediction?) where playing.attempt.isAsking: ask(prediction)
        case .run(let source, _):
            show(source.shown)
            say("Enter runs it, or type your own.")
        case .solve(let exercise):
            show(StyledText("Exercise. ", .strong) + (exercise.goal.first ?? ""))
            exercise.goal.dropFirst().forEach(show)
            for condition in exercise.conditions {
                show(
                    "  - "
                        + StyledText(
                            condition.meaning.isEmpty ? condition.expression.text : condition.meaning))
            }
            say(
                "Your turn. Enter says what is still to do; `hint`, `answer`, `play`, `reset` and `skip` help."
            )
        }
    }

    private func ask(_ prediction: Prediction) {
        show(StyledText("Predict. ", .strong) + (prediction.question.first ?? ""))
        prediction.question.dropFirst().forEach(show)
        switch prediction.kind {
        case .number: break
        case .choice(let options), .order(let options):
            for (letter, option) in zip(Prediction.letters, options) {
                show("  \(String(letter))  \(option.text)")
            }
        }
        say("Your guess: \(prediction.usage). Enter goes on without one.")
    }

    /// The lessons and how far the learner has come.
    var courseTable: Table {
        Table(
            columns: [.init("", .right), .init("lesson"), .init("about"), .init("progress")],
            rows: course.entries.enumerated().map { index, entry in
                let lesson = (try? entry.read())?.lesson
                return [
                    StyledText("\(index + 1)"), StyledText(entry.name, .code),
                    StyledText(lesson?.title ?? "cannot be read"),
                    StyledText(progress.lessons[entry.name]?.summary ?? ""),
                ]
            })
    }
}
