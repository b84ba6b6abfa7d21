import CommandLanguage

// From step to step.

extension Player {
    /// What a word asks for.
    func obey(_ word: LessonWord, _ words: [String]) -> ExecutionOutcome {
        if word.endsPlay, let mark = playing?.sandbox {
            host.restore(mark)
            playing?.sandbox = nil
        }
        guard let playing else { return .succeeded }
        switch word {
        case .next: return goOn()
        case .skip: return skip()
        case .hint: giveHint()
        case .answer: showAnswer()
        case .play: play()
        case .resume:
            if let mark = playing.sandbox { host.restore(mark) }
            self.playing?.sandbox = nil
            say("Back at \(playing.place), as if nothing had been.")
            presentTask()
        case .back:
            guard playing.index > 0 else { return failed("this is the first step", "`reset` begins it anew") }
            return go(to: playing.index - 1)
        case .reset: return go(to: playing.index)
        case .goto:
            let steps = 1...playing.lesson.steps.count
            guard let word = words.first else {
                return failed("`goto` takes the number of a step", "such as `goto \(steps.upperBound)`")
            }
            guard let number = Int(word), steps.contains(number) else {
                return failed(
                    "there is no step \(word)", "steps have numbers from 1 to \(steps.upperBound)")
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

    private func play() {
        guard let playing else { return }
        guard playing.sandbox == nil else {
            return say("You play already: `resume` brings you back to \(playing.place).")
        }
        self.playing?.sandbox = host.mark()
        say("Try what you like: `resume` brings you back to \(playing.place) as if nothing had been.")
    }

    /// Enter: runs what is shown, or takes the next step.
    func goOn() -> ExecutionOutcome {
        guard let playing else { return .succeeded }
        switch playing.step.task {
        case .read:
            advance()
            return .succeeded
        case .run(let source, _):
            if playing.attempt.isAsking {
                self.playing?.attempt.isAsking = false
                presentTask()
                return .succeeded
            }
            return run(source)
        case .solve(let exercise):
            if judge(exercise, sayingAll: true) { advance() }
            return .succeeded
        }
    }

    /// Runs the commands of a step, from one and the same state however often they are stopped.
    private func run(_ source: Source) -> ExecutionOutcome {
        if let start = playing?.attempt.start { host.restore(start) }
        playing?.attempt.start = host.mark()
        let outcome = host.execute([source], sink: sink)
        switch outcome {
        case .succeeded: finishRun()
        case .interrupted:
            say("Look around as long as you like; Enter runs this step again from its beginning.")
        case .failed, .rejected:
            playing?.attempt.start = nil
            say("`reset` brings back the state that this step began with.")
        case .quit: break
        }
        return outcome
    }

    /// After the commands of the step have run.
    func finishRun() {
        scoreGuess()
        advance()
    }

    /// Shows what follows the task, and begins the next step.
    func advance() {
        guard let playing else { return }
        hasMovedOn = true
        if !playing.step.after.text.isEmpty {
            show("")
            read(playing.step.after.text)
        }
        if playing.isLast { finishLesson() } else { arrive(at: playing.index + 1) }
    }

    /// Begins a step in the state that the session is in.
    private func arrive(at index: Int) {
        playing?.index = index
        playing?.marks[index] = host.mark()
        playing?.sandbox = nil
        guard let (step, prediction) = playing.map({ ($0.step, $0.prediction) }) else { return }
        playing?.attempt = Playing.Attempt(isAsking: prediction != nil)
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
            let here = host.mark()
            let outcome = catchUp(to: index)
            guard outcome == .succeeded else {
                host.restore(here)
                return outcome
            }
        }
        arrive(at: index)
        return .succeeded
    }

    /// Runs the steps before `index` as the lesson has them, from the last one whose state is known.
    private func catchUp(to index: Int) -> ExecutionOutcome {
        guard let playing, let first = playing.marks.keys.filter({ $0 <= index }).max(),
            let mark = playing.marks[first]
        else { return .succeeded }
        host.restore(mark)
        let steps = playing.lesson.steps[first..<index]
        for (place, step) in steps.enumerated() where !step.commands.isEmpty {
            sink.show(
                Progress(label: "catching up", fraction: Double(place) / Double(steps.count)))
            let outcome = host.execute(step.commands, sink: SilentSink())
            guard outcome == .succeeded else {
                say("Not there yet: step \(step.number) did not run to its end.")
                return outcome
            }
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
        advance()
        return .succeeded
    }
}
