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
            read(step.before.text)
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
            read([StyledText("Exercise. ", .strong) + (exercise.goal.first ?? "")])
            read(Array(exercise.goal.dropFirst()))
            read(
                exercise.conditions.map {
                    StyledText("  - " + ($0.meaning.isEmpty ? $0.expression.text : $0.meaning))
                })
            say(
                "Your turn. Enter says what is still to do; `hint`, `answer`, `play`, `reset` and `skip` help."
            )
        }
    }

    private func ask(_ prediction: Prediction) {
        read([StyledText("Predict. ", .strong) + (prediction.question.first ?? "")])
        read(Array(prediction.question.dropFirst()))
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
