/// How a statement ended; what comes after it depends on it.
enum Flow: Equatable {
    case next
    case breakLoop
    case continueLoop
    case returned(Value)
    case quit
    case interrupted

    /// Whether a loop goes on to its next turn.
    var endsTurnOnly: Bool { self == .next || self == .continueLoop }

    /// What a loop that stopped with this is to the statements around it.
    var afterLoop: Flow { self == .breakLoop || self == .continueLoop ? .next : self }
}
