import CommandLanguage

/// A condition that pauses training when it begins to hold.
struct Breakpoint {
    let number: Int
    let name: String?
    let condition: Formula
    /// Looked at after each so many updates,
    let every: Int
    /// but not before so many updates of the run.
    let after: Int
    /// Whether it is disabled by its first pause.
    let isOnce: Bool
    var isEnabled = true
    /// Whether it held when it was last looked at: it pauses when it begins to hold, not as long as it does.
    var held = false
    /// How often it has paused training.
    var hits = 0

    init(_ number: Int, _ condition: Formula, name: String?, every: Int, after: Int, isOnce: Bool) {
        self.number = number
        self.name = name
        self.condition = condition
        self.every = every
        self.after = after
        self.isOnce = isOnce
    }

    func isDue(atStep step: Int) -> Bool { isEnabled && step > after && step % every == 0 }

    /// Notes whether the condition holds now; returns whether that is a reason to pause.
    mutating func note(holds: Bool) -> Bool {
        defer { held = holds }
        guard holds, !held else { return false }
        hits += 1
        if isOnce { isEnabled = false }
        return true
    }
}

/// A breakpoint that held, with the values that it saw.
struct Hit {
    let breakpoint: Breakpoint
    let values: [(name: String, value: Double)]
}
