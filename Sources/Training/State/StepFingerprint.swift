import Tensors

/// What tells whether updates are the same as others: bit for bit, or where they part.
package struct StepFingerprint: Hashable, Sendable {
    /// How other updates compare.
    package enum Verdict: Hashable, Sendable {
        case equal
        /// No loss is further off than the tolerance; by how much the furthest is, relative to the loss if that is above 1.
        case close(Double)
        /// The first loss beyond the tolerance is that of this update, from 1: what it is, and what it was.
        case different(step: Int, loss: Double, was: Double)
        /// There are not as many updates.
        case missing(Int)
    }

    /// Of all that was measured in each of them.
    package let hash: String
    package let count: Int
    /// Of so many of them, evenly from the first to the last.
    package let losses: [Float]

    /// At most so many losses are kept.
    package static let mostLosses = 16

    package init(hash: String, count: Int, losses: [Float]) {
        self.hash = hash
        self.count = count
        self.losses = losses
    }

    package init(_ steps: ArraySlice<StepRecord>) {
        let steps = Array(steps)
        self.init(
            hash: Self.hash(of: steps), count: steps.count,
            losses: Self.places(min(steps.count, Self.mostLosses), of: steps.count).map { steps[$0].loss })
    }

    /// Compares the last updates of a history, as many as there were; `tolerance` is relative to losses above 1.
    package func compare(with history: RunHistory, tolerance: Double) -> Verdict {
        let steps = Array(history.steps.suffix(count))
        guard steps.count == count, !losses.isEmpty, losses.count <= count else {
            return .missing(steps.count)
        }
        if Self.hash(of: steps) == hash { return .equal }
        let first = history.steps.count - count
        var furthest = 0.0
        for (place, loss) in zip(Self.places(losses.count, of: count), losses) {
            let (found, was) = (Double(steps[place].loss), Double(loss))
            let difference = abs(found - was) / max(abs(was), 1)
            guard difference <= tolerance else {
                return .different(step: first + place + 1, loss: found, was: was)
            }
            furthest = max(furthest, difference)
        }
        return .close(furthest)
    }

    private static func hash(of steps: [StepRecord]) -> String {
        var fingerprint = Fingerprint()
        for step in steps {
            for scalar in [step.loss, step.accuracy, step.rate, step.gradientNorm] {
                fingerprint.add(scalar.bitPattern)
            }
        }
        return "\(fingerprint)"
    }

    private static func places(_ places: Int, of count: Int) -> [Int] {
        places > 1 ? (0..<places).map { $0 * (count - 1) / (places - 1) } : places == 1 ? [count - 1] : []
    }
}

extension TrainingState {
    /// Of weights, running statistics and what the optimizer remembers.
    package var fingerprint: String {
        var fingerprint = Fingerprint()
        for tensor in tensors { fingerprint.add(tensor.value) }
        for tensor in optimizer.slots.joined().joined() { fingerprint.add(tensor) }
        return "\(fingerprint)"
    }
}
