import CommandLanguage

// Guesses and exercises.

extension Player {
    /// Takes a text as the guess; nil if it is a command instead.
    func take(guess text: String) -> ExecutionOutcome? {
        guard let prediction = playing?.prediction else { return nil }
        guard let guess = prediction.guess(from: text) else {
            let isCommand = text.first?.isLetter == true && text.contains(" ")
            guard !isCommand else { return nil }
            return .failed(
                Diagnostic(
                    code: LessonErrorCode.guess, message: "`\(text)` is no guess here",
                    hint: "\(prediction.usage); Enter goes on without one"))
        }
        playing?.guess = guess
        playing?.stage = .command
        present()
        return .succeeded
    }

    /// Says what came of the guess, if there was one.
    func scoreGuess() {
        guard let playing, let guess = playing.guess, let prediction = playing.prediction else { return }
        self.playing?.guess = nil
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
        let all = progress.predictions
        show(
            StyledText(score.isRight ? "Right: " : "Not quite: ", score.isRight ? .good : .warning)
                + StyledText(score.report)
                + StyledText("  (\(all.right) of \(all.count) predictions right so far)", .faint))
    }

    /// After a command of the learner's own.
    func noteSuccess(of text: String) {
        guard let playing else { return }
        switch playing.step.task {
        case .run(let source, _):
            if source.text.isSameCode(as: text) { _ = finishRun() }
        case .solve(let exercise):
            if judge(exercise, sayingAll: false) { _ = advance() }
        case .read: break
        }
    }

    /// Whether all conditions hold; says which do not, with the values that they saw, if that is news.
    func judge(_ exercise: Exercise, sayingAll: Bool) -> Bool {
        guard let playing else { return false }
        let complaints = exercise.conditions.compactMap { condition -> String? in
            guard case .failed(let diagnostic) = host.execute([condition.expectation], sink: SilentSink())
            else {
                return nil
            }
            let meaning = condition.meaning.isEmpty ? "" : condition.meaning + ": "
            return meaning + diagnostic.message + (diagnostic.hint.map { "; \($0)" } ?? "")
        }
        if complaints.isEmpty {
            update {
                if $0.exercises[playing.step.number] == nil { $0.exercises[playing.step.number] = .solved }
            }
            show(StyledText("Solved.", .good))
            return true
        }
        if sayingAll || complaints != playing.complaints {
            for complaint in complaints { show(StyledText("not yet  ", .warning) + StyledText(complaint)) }
        }
        self.playing?.complaints = complaints
        return false
    }

    func giveHint() {
        guard let playing else { return }
        guard case .solve(let exercise) = playing.step.task, !exercise.hints.isEmpty else {
            return say("Enter goes on; there is nothing to solve in this step.")
        }
        let index = min(playing.hintsShown, exercise.hints.count - 1)
        show(StyledText("Hint \(index + 1) of \(exercise.hints.count)", .strong))
        exercise.hints[index].forEach(show)
        self.playing?.hintsShown = index + 1
        if index == exercise.hints.count - 1 { say("`answer` shows the worked answer.") }
    }

    func showAnswer() {
        guard case .solve(let exercise)? = playing?.step.task else { return giveHint() }
        for answer in exercise.answers { show(answer.shown) }
        say("Type it, or something of your own; `skip` runs it and goes on.")
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
    fileprivate var trimmedAtEnd: String { String(reversed().drop { $0.isWhitespace }.reversed()) }

    /// Whether only blanks differ.
    fileprivate func isSameCode(as other: String) -> Bool {
        func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
        return words(self) == words(other)
    }
}
