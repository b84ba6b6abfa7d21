import CommandLanguage

// From step to step.

extension Player {
    /// What a word asks for.
    func obey(_ word: LessonWord, _ words: [String]) -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        switch word {
        case .next: return goOn()
        case .skip: return skip()
        case .hint: giveHint()
        case .answer: showAnswer()
        case .play:
            self.playing?.sandbox = host.mark()
            say("Try what you like: `resume` brings you back to \(playing.place) as if nothing had been.")
        case .resume:
            if let mark = playing.sandbox { host.restore(mark) }
            self.playing?.sandbox = nil
            present()
        case .back:
            guard playing.index > 0 else { return failed("this is the first step", "`reset` begins it anew") }
            return go(to: playing.index - 1)
        case .reset: return go(to: playing.index)
        case .goto:
            guard let number = Int(words[0]), (1...playing.lesson.steps.count).contains(number) else {
                return failed(
                    "there is no step \(words[0])",
                    "steps have numbers from 1 to \(playing.lesson.steps.count)")
            }
            return go(to: number - 1)
        case .quit:
            leave(saying: "\(playing.lesson.title): `learn \(playing.lesson.name)` goes on from here.")
        }
        return .succeeded
    }

    private func failed(_ message: String, _ hint: String) -> ExecutionOutcome {
        .failed(Diagnostic(code: LessonErrorCode.lessonStep, message: message, hint: hint))
    }

    /// Enter: runs what is shown, or takes the next step.
    func goOn() -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        switch playing.step.task {
        case .read: return advance()
        case .run(let source, _):
            if playing.stage == .guess {
                self.playing?.stage = .command
                present()
                return .succeeded
            }
            let outcome = host.execute([source], sink: sink)
            guard outcome == .succeeded else { return outcome }
            return finishRun()
        case .solve(let exercise):
            if judge(exercise, sayingAll: true) { return advance() }
            say("Not solved yet. `hint` helps; `skip` goes on without.")
            return .succeeded
        }
    }

    /// After the commands of the step have run.
    func finishRun() -> ExecutionOutcome {
        scoreGuess()
        return advance()
    }

    func advance() -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        if playing.isLast {
            finishLesson()
            return .succeeded
        }
        return arrive(at: playing.index + 1)
    }

    /// Begins a step in the state that the session is in.
    func arrive(at index: Int) -> ExecutionOutcome {
        playing?.index = index
        playing?.marks[index] = host.mark()
        begin()
        return .succeeded
    }

    private func begin() {
        guard let step = playing?.step else { return }
        let hasQuestion = playing?.prediction != nil
        playing?.stage = hasQuestion ? .guess : .command
        playing?.guess = nil
        playing?.hintsShown = 0
        playing?.complaints = []
        playing?.sandbox = nil
        if case .solve = step.task { host.beginTask() }
        update { $0.step = step.number }
        present()
    }

    /// Goes to a step and the state that the lesson has there, which may have to be made first.
    func go(to index: Int) -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        if let mark = playing.marks[index] {
            host.restore(mark)
        } else {
            let outcome = catchUp(to: index)
            guard outcome == .succeeded else { return outcome }
        }
        self.playing?.index = index
        self.playing?.marks[index] = host.mark()
        begin()
        return .succeeded
    }

    /// Runs the steps before `index` as the lesson has them, from the last one whose state is known.
    private func catchUp(to index: Int) -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        let known = playing.marks.keys.filter { $0 <= index }.max()
        if let mark = known.flatMap({ playing.marks[$0] }) { host.restore(mark) } else { host.startAfresh() }
        let first = known ?? 0
        let sources = playing.lesson.steps[first..<index].flatMap(\.commands)
        guard !sources.isEmpty else { return .succeeded }
        say("Running the \(index - first == 1 ? "step" : "\(index - first) steps") before this one...")
        for step in playing.lesson.steps[first..<index] {
            let outcome = host.execute(step.commands, sink: SilentSink())
            guard outcome == .succeeded else { return outcome }
            self.playing?.marks[step.number] = host.mark()
        }
        return .succeeded
    }

    /// Runs the answer, so that later steps find what they need, and goes on.
    private func skip() -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        guard case .solve(let exercise) = playing.step.task, let answer = exercise.answers.first else {
            return goOn()
        }
        if let mark = playing.marks[playing.index] { host.restore(mark) }
        show(answer.shown)
        let outcome = host.execute([answer.source], sink: sink)
        guard outcome == .succeeded else { return outcome }
        update {
            if $0.exercises[playing.step.number] == nil { $0.exercises[playing.step.number] = .skipped }
        }
        return advance()
    }
}

extension Playing {
    /// What the step asks before its commands.
    var prediction: Prediction? {
        if case .run(_, let prediction) = step.task { prediction } else { nil }
    }
}
