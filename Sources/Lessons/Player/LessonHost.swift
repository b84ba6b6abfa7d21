import CommandLanguage

/// A session in which lessons are played: a shell whose state can be marked and gone back to.
package protocol LessonHost: Shell {
    /// The session as it is, with its variables and all that commands go back to; costs little until they change.
    func mark() -> any LessonMark
    /// Goes back, or on, to a marked state.
    func restore(_ mark: any LessonMark)
    /// A session as it is right after the start, with the seed that lessons are written for. Nothing that was done before
    /// is known in it.
    func startAfresh()
    /// From now on `used.epochs` and `used.steps` count anew.
    func beginTask()
    /// Of the model as it is; before the first there is nothing to measure.
    var epochsTrained: Int { get }
    /// The value of a statement that is one expression.
    func value(of source: Source) throws(Diagnostic) -> Value
    /// What a statement fails with, if it does; it is nobody's input, and what it shows is lost.
    func failure(of source: Source) -> Diagnostic?
    /// All errors that sources, as the cells of one script, have before they run.
    func check(_ sources: [Source]) -> [Diagnostic]
}

/// What a host keeps of a state.
package protocol LessonMark {}
