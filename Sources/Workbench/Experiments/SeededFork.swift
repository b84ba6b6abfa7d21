import CommandLanguage
import Search
import Training

/// The arms of one fork under several seeds: for each seed all that was declared is declared again, with fresh weights and
/// chances of its own, on the same images.
struct SeededFork {
    /// At most so many seeds.
    static let mostSeeds = 100

    let seeds: [UInt64]
    /// Of each seed, in their order.
    private(set) var arms: [[Arm]] = []

    init(seeds: [UInt64]) { self.seeds = seeds }

    /// Runs the arms of all seeds, each of which is trained for `epochs` before they part; Ctrl-C leaves out what is not
    /// finished.
    ///
    /// - Throws: what a block throws; `CommandInterruption`.
    mutating func run(
        _ blocks: [StatementBlock], after epochs: Int, unchanged: Bool, in session: Session
    ) throws {
        let bench = try TrialBench(session, SearchBlock([], reading: session.declarations))
        for seed in seeds {
            var arms: [Arm] = []
            try session.returning { _ in
                try session.adopt(bench.declare([], seed: seed).state)
                if epochs > 0 { try session.train(to: .epoch(epochs), labelled: "seed \(seed)") }
                try session.fork(blocks, unchanged: unchanged, label: "seed \(seed), ", isQuiet: true) {
                    var arm = $0
                    // The weights of all arms of all seeds would take much memory.
                    arm.end = nil
                    arms.append(arm)
                }
            }
            self.arms.append(arms)
        }
    }

    /// By arm: those of each seed.
    var byArm: [[Arm]] {
        (arms.first ?? []).indices.map { place in arms.map { $0[place] } }
    }

    /// What `-> name` keeps: the mean of each arm, and what it was for each seed.
    var result: Record {
        var record = Record()
        for arms in byArm { record[arms[0].name] = Value.mean(of: arms.map { .record($0.result) }) }
        record[Self.seedsField] = .list(seeds.prefix(arms.count).map { .number(Double($0)) })
        record[Self.eachField] = .list(arms.map { .record($0.result) })
        return record
    }

    /// The fields of the result besides the arms.
    static let seedsField = "seeds"
    static let eachField = "each"
}

extension Session {
    fileprivate func train(to goal: TrainingGoal, labelled label: String) throws {
        let screen = sink
        defer { sink = screen }
        sink = LabelledSink(label, in: screen, isQuiet: true)
        _ = try withInstrumentsApart { try train(to: goal, budget: nil) }
    }
}
