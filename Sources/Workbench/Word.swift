import CommandLanguage

/// A word that makes something: a layer in `model { }`, an optimizer after `optimizer`, a data set after `data`.
///
/// The words of one kind stand in one visible list; adding one is a declaration and a line in that list.
struct Word<Made>: Sendable {
    let signature: Signature
    let make: @Sendable (Call, Session) throws -> Made

    init(_ signature: Signature, make: @escaping @Sendable (Call, Session) throws -> Made) {
        self.signature = signature
        self.make = make
    }
}

extension Array {
    /// What the word that a call chose makes: the last of its path.
    func make<Made>(_ call: Call, _ session: Session) throws -> Made where Element == Word<Made> {
        guard let word = first(where: { $0.signature.name == call.path.last }) else {
            preconditionFailure("the language let through an undeclared word: \(call.path)")
        }
        return try word.make(call, session)
    }

    func signatures<Made>() -> [Signature] where Element == Word<Made> { map(\.signature) }
}
