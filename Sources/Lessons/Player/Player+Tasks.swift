import CommandLanguage

// Guesses and exercises.

extension Player {
    /// Takes a text as a guess, or says why it is none; nil if it is a command.
    func take(guess source: Source) -> ExecutionOutcome? {
        guard let playing, let fault = host.check([source]).first else { return nil }
        let text = source.text.trimmed
        guard let prediction = playing.prediction else {
            return text.isGuess ? refuse("no question is open here", whatNow) : nil
        }
        if let guess = prediction.guess(from: text) {
            self.playing?.attempt.guess = guess
            self.playing?.attempt.isAsking = false
            presentTask()
            return .succeeded
        }
        let isUnknownWord = fault.code == NameErrorCode.unknownCommand.rawValue && !text.contains(" ")
        guard prediction.isMeant(by: text) || (playing.attempt.isAsking && isUnknownWord) else { return nil }
        return refuse(prediction.fault(in: text), "\(prediction.usage); Enter goes on without one")
    }

    private func refuse(_ message: String, _ hint: String) -> ExecutionOutcome {
        .failed(Diagnostic(code: LessonErrorCode.guess, message: message, hint: hint))
    }

    /// What the step in hand waits for instead of a guess.
    private var whatNow: String {
        switch playing?.step.task {
        case .run:
            playing?.attempt.isAsking == true ? "Enter goes on without a guess" : "Enter runs what is shown"
        case .solve: "commands solve the exercise; `hint` helps"
        case .read, nil: "Enter goes on"
        }
    }

    /// Says what came of the guess, if there was one.
    func scoreGuess() {
        guard let playing, let guess = playing.attempt.guess, let prediction = playing.prediction else {
            return
        }
        self.playing?.attempt.guess = nil
        var values: [Value] = []
        do throws(Diagnostic) {
            for expression in prediction.measured { values.append(try host.value(of: expression.source)) }
        } catch {
            show(error.rendered)
            return
        }
        guard let score = prediction.score(guess, values) else { return }
        update {
            if $0.predictions[playing.step.number] == nil {
                $0.predictions[playing.step.number] = score.isRight
            }
        }
        let all = progress.lessons[playing.lesson.name]?.tally ?? (right: 0, count: 0)
        show(
            StyledText(score.isRight ? "Right: " : "Not quite: ", score.isRight ? .good : .warning)
                + StyledText(score.report)
                + StyledText("  (\(all.right) of \(all.count) right in this lesson)", .faint))
    }

    /// After a command of the learner's own.
    func noteSuccess(of text: String) {
        guard let playing else { return }
        switch playing.step.task {
        case .run(let source, let prediction):
            // In one entry, or line by line.
            self.playing?.attempt.typed.append(text)
            let typed = playing.attempt.typed + [text]
            if source.text.isSameCode(as: text) || source.text.isSameCode(as: typed.joined(separator: "\n")) {
                finishRun()
            } else if let prediction, playing.attempt.isAsking {
                say("The question is open. Your guess: \(prediction.usage); Enter goes on without one.")
            }
        case .solve(let exercise):
            if judge(exercise, sayingAll: false) { advance() }
        case .read: break
        }
    }

    /// Whether all conditions hold; says which do not, with the values that they saw, if that is news.
    func judge(_ exercise: Exercise, sayingAll: Bool) -> Bool {
        guard let playing else { return false }
        let unmet = exercise.conditions.compactMap { condition in
            host.failure(of: condition.expectation).map { (condition, $0) }
        }
        if unmet.isEmpty {
            update {
                if $0.exercises[playing.step.number] == nil { $0.exercises[playing.step.number] = .solved }
            }
            show(StyledText("Solved.", .good))
            return true
        }
        let complaints = unmet.map { complaint($0, $1) }
        let isNews =
            complaints != playing.attempt.complaints || host.epochsTrained != playing.attempt.epochsTrained
        if sayingAll || isNews {
            for complaint in complaints { show(StyledText("not yet  ", .warning) + StyledText(complaint)) }
            if unmet.contains(where: \.0.isBudget) {
                say("The budget is spent: `reset` begins the exercise anew.")
            } else if sayingAll {
                say("`hint` helps; `skip` goes on without solving it.")
            }
        }
        self.playing?.attempt.complaints = complaints
        self.playing?.attempt.epochsTrained = host.epochsTrained
        return false
    }

    /// What keeps a condition from holding.
    private func complaint(_ condition: Exercise.Condition, _ failure: Diagnostic) -> String {
        let isTooEarly = failure.code == EvaluationErrorCode.notMeasured.rawValue && host.epochsTrained == 0
        let hint = isTooEarly ? "train first" : failure.hint
        let meaning = condition.meaning.isEmpty ? "" : condition.meaning + ": "
        return meaning + failure.message + (hint.map { "; \($0)" } ?? "")
    }

    func giveHint() {
        guard let playing else { return }
        guard case .solve(let exercise) = playing.step.task, !exercise.hints.isEmpty else {
            return say("There is nothing to solve in this step: \(whatNow).")
        }
        let index = min(playing.attempt.hintsShown, exercise.hints.count - 1)
        show(StyledText("Hint \(index + 1) of \(exercise.hints.count)", .strong))
        read(exercise.hints[index])
        self.playing?.attempt.hintsShown = index + 1
        if index == exercise.hints.count - 1 { say("`answer` shows the worked answer.") }
    }

    func showAnswer() {
        guard case .solve(let exercise)? = playing?.step.task else { return giveHint() }
        for answer in exercise.answers { show(answer.shown) }
        say("Type one, or something of your own; `skip` runs the first and goes on.")
    }
}

extension Exercise.Attempt {
    /// Its name, what is said about it, and its commands.
    var shown: StyledText {
        var text = StyledText("Answer" + (name.isEmpty ? "" : ": \(name)") + "\n", .strong)
        for line in remark { text = text + line + StyledText("\n") }
        return text + source.shown
    }
}

extension Source {
    /// As commands to be typed.
    var shown: StyledText {
        StyledText(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
                .joined(separator: "\n").trimmedAtEnd, .code)
    }
}

extension String {
    /// Whether only blanks differ.
    fileprivate func isSameCode(as other: String) -> Bool {
        func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
        return words(self) == words(other)
    }
}
