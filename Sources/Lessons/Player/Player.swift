import CommandLanguage

/// Plays lessons in the live prompt: a shell around another that knows what a learner says to a lesson, and passes
/// everything else on.
package final class Player: Shell {
    let host: any LessonHost
    let course: Course
    private let file: ProgressFile?
    var progress: CourseProgress
    var playing: Playing?
    /// Where texts go while an input runs.
    var sink: any DisplaySink
    /// Whether the last entry ended the step that it was typed in.
    var hasMovedOn = false

    /// Progress is kept in `file`, or not at all.
    package init(host: any LessonHost, course: Course, progress file: ProgressFile?) {
        self.host = host
        self.course = course
        self.file = file
        progress = file?.load() ?? CourseProgress()
        sink = SilentSink()
    }

    // MARK: Shell

    package var promptWords: [String] {
        guard let playing else { return host.promptWords }
        return playing.sandbox == nil ? ["cairn", playing.place] : ["cairn", playing.place, "play"]
    }

    package var acceptsBlank: Bool { playing != nil && playing?.sandbox == nil }

    /// Below the next step nobody would know what took so long.
    package var saysUsage: Bool { !hasMovedOn }

    package func status(of text: String) -> InputStatus {
        isForLesson(text) ? .complete : host.status(of: text)
    }

    package func completions(in text: String, at cursor: Int) -> CompletionList {
        var list = host.completions(in: text, at: cursor)
        let typed = Array(text.utf8.prefix(cursor))
        let start = typed.lastIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? 0
        let word = String(decoding: typed[start...], as: UTF8.self)
        var items: [CompletionList.Item] = []
        if ["learn ", "learn forget "].contains(String(decoding: typed[..<start], as: UTF8.self)) {
            items = course.entries.map { .init($0.name, progress.lessons[$0.name]?.summary ?? "a lesson") }
        } else if playing != nil, start == 0 {
            items = LessonWord.allCases.map { .init($0.rawValue, $0.summary) }
        }
        items = items.filter { $0.text.hasPrefix(word) && !list.items.map(\.text).contains($0.text) }
        guard !items.isEmpty else { return list }
        if list.items.isEmpty { list.range = start..<cursor }
        list.items = items + list.items
        return list
    }

    package func hint(for text: String) -> StyledText? { isForLesson(text) ? nil : host.hint(for: text) }

    package func execute(_ sources: [Source], sink: any DisplaySink) -> ExecutionOutcome {
        self.sink = sink
        hasMovedOn = false
        guard sources.count == 1 else { return host.execute(sources, sink: sink) }
        let text = sources[0].text.trimmed
        let words = text.split(separator: " ").map(String.init)
        if words.first == "learn" { return learn(Array(words.dropFirst())) }
        guard let playing else { return host.execute(sources, sink: sink) }
        if let word = lessonWord(words) { return obey(word, Array(words.dropFirst())) }
        if words.count == 2, words[0] == "help", LessonWord(rawValue: words[1])?.isCommand == false {
            show(LessonWord.table)
            return .succeeded
        }
        if playing.sandbox != nil { return host.execute(sources, sink: sink) }
        if text.isEmpty { return goOn() }
        if let outcome = take(guess: sources[0]) { return outcome }
        let outcome = host.execute(sources, sink: sink)
        if outcome == .succeeded { noteSuccess(of: text) }
        return outcome
    }

    /// Whether a text is said to the lesson, and need not be one of the language.
    private func isForLesson(_ text: String) -> Bool {
        guard let playing else { return false }
        if lessonWord(text.trimmed.split(separator: " ").map(String.init)) != nil { return true }
        return playing.sandbox == nil && playing.prediction?.isMeant(by: text) == true
    }

    /// The word that is said to the lesson, if it is that and no command.
    private func lessonWord(_ words: [String]) -> LessonWord? {
        guard let word = words.first.flatMap({ LessonWord(rawValue: $0.lowercased()) }) else { return nil }
        let isSaid =
            switch word {
            case .goto: words.count <= 2
            // Outside of `play` it goes on with an interrupted training.
            case .resume: words.count == 1 && playing?.sandbox != nil
            default: words.count == 1
            }
        return isSaid ? word : nil
    }

    // MARK: Beginning and end

    /// `learn`, `learn NAME`, `learn forget NAME`.
    private func learn(_ words: [String]) -> ExecutionOutcome {
        switch words.count {
        case 0:
            show(courseTable)
            say("`learn` and a name or number plays one.")
            return .succeeded
        case 2 where words[0] == "forget":
            guard let entry = course[words[1]] else { return .failed(.noLesson(words[1], course)) }
            progress.lessons[entry.name] = nil
            keep()
            say("\(entry.name): forgotten")
            return .succeeded
        case 1 where words[0] != "forget":
            guard let entry = course[words[0]] else { return .failed(.noLesson(words[0], course)) }
            return start(entry, showing: sink)
        default:
            // `learn first steps`
            guard let entry = course[words.joined(separator: "-")] else { return .failed(.badLearn) }
            return start(entry, showing: sink)
        }
    }

    /// Begins a lesson, or goes on with it where it was left.
    package func start(_ entry: Course.Entry, showing sink: any DisplaySink) -> ExecutionOutcome {
        self.sink = sink
        guard let lesson = (try? entry.read())?.lesson else { return .failed(.unreadable(entry)) }
        let outside = playing?.outside ?? host.mark()
        host.startAfresh()
        playing = Playing(lesson: lesson, outside: outside, index: 0)
        playing?.marks[0] = host.mark()
        let known = progress.lessons[lesson.name]
        if known == nil || known?.steps != lesson.steps.count {
            progress.lessons[lesson.name] = LessonProgress(steps: lesson.steps.count)
        }
        show(StyledText(lesson.title, .heading))
        let step = known.map { $0.isFinished ? 1 : $0.step } ?? 1
        let outcome = go(to: min(step, lesson.steps.count) - 1)
        // Where the way there could not be gone to its end, the lesson begins.
        if outcome != .succeeded { _ = go(to: 0) }
        return outcome
    }

    func leave(saying text: String) {
        guard let playing else { return }
        host.restore(playing.outside)
        self.playing = nil
        say(text)
    }

    func finishLesson() {
        guard let playing else { return }
        update { $0.isFinished = true }
        let result = progress.lessons[playing.lesson.name]?.summary ?? ""
        show(StyledText("\n\(playing.lesson.title): \(result).", .good))
        let place = course.entries.firstIndex { $0.name == playing.lesson.name }
        let next = place.flatMap { course.entries.indices.contains($0 + 1) ? course.entries[$0 + 1] : nil }
        leave(saying: next.map { "The next lesson: `learn \($0.name)`." } ?? "That was the last lesson.")
    }

    func update(_ change: (inout LessonProgress) -> Void) {
        guard let playing else { return }
        change(
            &progress.lessons[playing.lesson.name, default: LessonProgress(steps: playing.lesson.steps.count)]
        )
        keep()
    }

    private func keep() { file?.save(progress) }

    func show(_ text: StyledText) { sink.show(.text(text)) }
    /// Paragraphs and lists.
    func read(_ lines: [StyledText]) {
        for line in lines { show(line.asProse) }
    }
    func show(_ table: Table) { sink.show(.table(table)) }
    /// What the lesson itself says.
    func say(_ text: String) { show(StyledText(text, .faint)) }
}
