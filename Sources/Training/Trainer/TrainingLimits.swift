/// What may end a call of `train` before its time.
package struct TrainingLimits {
    /// When its time is over; nil if it may take as long as it takes.
    package var deadline: ContinuousClock.Instant?
    package var inspector: (any StepInspector)?

    package init(deadline: ContinuousClock.Instant? = nil, inspector: (any StepInspector)? = nil) {
        self.deadline = deadline
        self.inspector = inspector
    }

    var isOver: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}

/// Looks at a training between its steps, and can pause it.
package protocol StepInspector: AnyObject {
    /// Whether the parameters are to be kept as they were before the update with this number, which costs a copy.
    func wantsValues(beforeStep step: Int) -> Bool
    /// Looks at the step that was just made, and gives the numbers of the breakpoints that hold.
    func inspectStep(of trainer: Trainer) -> [Int]
    /// The same for the epoch that was just finished, with its validation.
    func inspectEpoch(of trainer: Trainer) -> [Int]
}
