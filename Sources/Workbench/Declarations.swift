import CommandLanguage

/// The statements that made a session what it is, in an order in which they can be run again: of each kind the last.
struct Declarations {
    private(set) var calls: [Call] = []

    /// What a later statement of one command makes void of others.
    private static let voided = ["model": ["init"], "optimizer": ["rate"]]

    /// Remembers a statement that has run.
    mutating func note(_ call: Call) {
        let command = call.path[0]
        // The seed is the session's own, and a trial has another.
        guard command != "seed" else { return }
        calls.removeAll { other in
            other.slot == call.slot || Self.voided[command]?.contains(other.path[0]) == true
        }
        // Data that is loaded while a model stays fits it; a model is declared after its data.
        if command == "data" { calls.insert(call, at: 0) } else { calls.append(call) }
    }

    /// The variables that the statements read.
    var inputs: [String] {
        calls.flatMap { $0.recorded?.inputs ?? [] }.reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    /// The statements with the values that they got, as a script.
    func script(seed: UInt64) -> String {
        (["seed \(seed)"] + calls.map { $0.typed(in: Session.catalog) }).joined(separator: "\n")
    }
}

extension Call {
    /// What it replaces an earlier call of: `set convolution` leaves other things that are `set` alone.
    fileprivate var slot: [String] { path[0] == "set" ? path : [path[0]] }
}

extension Command<Session> {
    /// The command, which after it has run is one of the session's declarations. What `find` finds is none.
    var remembered: Command {
        Command(signature) { call, session in
            let value = try run(call, session)
            if call.path.last != "find" { session.declarations.note(call) }
            return value
        }
    }
}
