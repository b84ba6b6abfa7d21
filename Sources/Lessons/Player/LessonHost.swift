import CommandLanguage

/// A session in which lessons are played: a shell whose state can be marked and gone back to.
package protocol LessonHost: Shell {
    /// The session and its variables as they are; costs little until they change.
    func mark() -> any LessonMark
    /// Goes back, or on, to a state of this session.
    func restore(_ mark: any LessonMark)
    /// The state right after the start, with the seed that lessons are written for.
    func startAfresh()
    /// From now on `used.epochs`, `used.steps` and `used.seconds` count anew.
    func beginTask()
    /// The value of a statement that is one expression.
    func value(of source: Source) throws(Diagnostic) -> Value
    /// All errors that sources, as the cells of one script, have before they run.
    func check(_ sources: [Source]) -> [Diagnostic]
}

/// What a host keeps of a state.
package protocol LessonMark {}
