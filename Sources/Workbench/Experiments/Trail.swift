import CommandLanguage
import Tensors
import Training

/// The statements that led from the start of a session to where it is: run again, they lead to the same bits.
///
/// Part of the session's state, so that what was taken back is not on it.
struct Trail: Sendable {
    /// One command that has changed something.
    struct Entry: Sendable {
        /// The number of the input that it belongs to.
        let input: Int
        /// With the values that it had, and all arguments after the first by name.
        let statement: String
        /// What its updates were, if it trained.
        let steps: StepFingerprint?
    }

    /// The session's first seed.
    let seed: UInt64
    private(set) var entries: [Entry] = []
    /// Another one for each entry that is added.
    private(set) var revision = Revision()

    init(seed: UInt64) { self.seed = seed }

    mutating func add(_ entry: Entry) {
        entries.append(entry)
        revision = Revision()
    }
}

extension Session {
    /// Puts a command on the trail if `body`, which runs it, changes something. One that goes to another state takes over
    /// that state's trail instead.
    func leavingTrail<Result>(_ call: Call, _ body: () throws -> Result) rethrows -> Result {
        let (before, trailBefore) = (mark, trail.revision)
        defer {
            if mark != before, trail.revision === trailBefore { trail.add(entry(of: call, since: before)) }
        }
        return try body()
    }

    private func entry(of call: Call, since before: SessionMark) -> Trail.Entry {
        let input = shell?.currentInput ?? 0
        guard before.revision === revision, let trainer, let start = before.position else {
            return Trail.Entry(input: input, statement: call.typed(in: Session.catalog), steps: nil)
        }
        // Training may have been stopped, by Ctrl-C or a limit that another machine reaches elsewhere: what counts is how
        // far it came.
        let (epochs, steps) = (trainer.position.epoch - start.epoch, trainer.position.step - start.step)
        let isWhole = trainer.position.image == 0 && epochs > 0
        return Trail.Entry(
            input: input, statement: isWhole ? "train \(epochs)" : "step \(steps)",
            steps: steps > 0 ? StepFingerprint(trainer.history.steps.suffix(steps)) : nil)
    }

    /// The trail as a script; with only the inputs of some numbers it is a piece of one, from another start.
    func script(of inputs: ClosedRange<Int>? = nil) -> String {
        let entries = trail.entries.filter { inputs?.contains($0.input) ?? true }
        guard inputs == nil else {
            return entries.map(\.statement).joined(separator: "\n") + "\n"
        }
        var lines = [
            "# Kept by Cairn \(Session.version), \(Machine.instructionSet), OpenBLAS \(Machine.openBLASCore), "
                + "seed \(trail.seed).",
            "# `cairn verify` replays it and says whether the numbers are the same.",
            "seed \(trail.seed)",
        ]
        for entry in entries {
            lines.append(entry.statement)
            if let steps = entry.steps { lines.append(steps.statement) }
        }
        if let trainer { lines.append("fingerprint state \(trainer.state.fingerprint.literal)") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension StepFingerprint {
    /// As it is typed.
    fileprivate var statement: String {
        let losses = losses.map { Double($0).isFinite ? "\($0)".typedNumber : "0" }
        return "fingerprint steps \(hash.literal) count=\(count) losses=[\(losses.joined(separator: ", "))]"
    }
}

extension String {
    fileprivate var literal: String { Value.text(self).literal }

    /// A number of Swift's as the language reads it: `1e-05` is `1e-5`.
    fileprivate var typedNumber: String {
        guard let mark = firstIndex(of: "e"), let exponent = Int(self[index(after: mark)...]) else {
            return self
        }
        return self[..<mark] + "e\(exponent)"
    }
}
