import CommandLanguage
import Search

let forkCommands: [Command<Session>] = [fork, take.undoable, claim]

private let seeds = Argument(
    "seeds", .either([.range(.within(0...4_294_967_295)), .list(of: .integer(0...4_294_967_295))]),
    "train each arm with each of these seeds, from the declarations", isOptional: true)
private let after = Argument(
    "after", .integer(0...100_000, unit: "epochs"),
    "how long each seed is trained before the arms part; with `seeds`", default: .number(0))
private let unchanged = Argument(
    "unchanged", .boolean, "add an arm that trains on as it is", default: .boolean(true))

private let armFields: [Signature.Field] = [
    .init("<arm>.epochs", "epochs that the arm finished"), .init("<arm>.steps", "updates it made"),
    .init("<arm>.loss", "training loss of each epoch"),
    .init("<arm>.accuracy", "training accuracy of each epoch"),
    .init("<arm>.val", "validation metrics of each epoch, by name; of its end, if it finished none"),
    .init("<arm>.rate", "learning rate at the end of each epoch"),
    .init("<arm>.seconds", "time it took"), .init("<arm>.settings", "at its end, by name"),
    .init("<arm>.watch", "for each watch number, name, steps, values"),
    .init("seeds", "with `seeds`: those that were trained; the arms' numbers are means over them"),
    .init("each", "with `seeds`: a record of the arms for each of them"),
]

private let fork = Command<Session>(
    Signature(
        "fork", "Try several things from the same state, and compare where they lead.",
        details: """
            Each block is an arm: ordinary commands, which run from the state as it is now, with the same batches, and \
            are told apart by the word before the `{`. The arm `unchanged` trains on as it is, for as long as the longest \
            of them. Afterwards everything is as it was before, to the bit; `take` goes on from where an arm ended. Names \
            that an arm sets are its own; what it writes (files, `runs`, snapshots) stays. An error or a failed `expect` \
            in an arm ends the fork, and so does `quit`. Ctrl-C and the end of `budget` end it with the arms, or seeds, \
            that are done.

            Breakpoints rest meanwhile, because nobody is there to `resume`: one that an arm sets itself ends the `train` \
            in hand, and is gone after the arm. What is watched is recorded for each arm on its own.

            With `seeds=1..5` each arm is trained with each seed: all that was declared is declared again, with its own \
            first weights, shuffling, augmentation and dropout, on the same images; the session's training so far is no \
            part of it, unless the arms, or `after`, repeat it. The numbers are then means over the seeds, and `claim` \
            checks what the result shows.
            """,
        topic: "Experiments",
        keywords: ["what if", "try", "branch", "compare", "ablation", "experiment", "stuck", "plateau"],
        arguments: [seeds, after, unchanged, budgetArgument],
        blocks: .init(noun: "arm", count: 1...20, ownNames: [Arm.unchangedName]), result: armFields,
        examples: [
            .init(
                """
                fork lower { rate 0.0003; train 1 } adamw { optimizer adamw; train 1 } -> f
                print $f.lower.val.accuracy.last $f.unchanged.val.accuracy.last
                """, setup: trainedSetup),
            .init(
                """
                fork seeds=1..3 sgd {
                    optimizer sgd; train 1
                } adam {
                    optimizer adam; train 1
                } -> f
                """, setup: smallModelSetup),
        ])
) { call, session in
    guard let seeds = try call.seeds else {
        guard call.integer("after") == 0 else { throw ExperimentRefusal.afterWithoutSeeds }
        return .record(try session.fork(call))
    }
    return .record(try session.fork(call, seeds: seeds).result)
}

extension Session {
    fileprivate func fork(_ call: Call) throws -> Record {
        let unchanged = call.boolean("unchanged")
        var arms: [Arm] = []
        let isOver: Bool
        do {
            isOver = try within(call.optionalNumber("budget")) {
                try fork(call.blocks, unchanged: unchanged) { arms.append($0) }
            }
        } catch is CommandInterruption {
            self.arms = arms
            if !arms.isEmpty { show(arms.table) }
            show("stopped: the session is as it was before the fork")
            throw CommandInterruption(keeping: .record(arms.result))
        }
        self.arms = arms
        if !arms.isEmpty { show(arms.table) }
        if let chart = arms.chart { sink?.show(.chart(chart)) }
        if isOver { showBudget(done: arms.count, of: call.blocks.count + (unchanged ? 1 : 0), "arm") }
        return arms.result
    }

    fileprivate func showTables(of fork: SeededFork) {
        if !fork.arms.isEmpty { show(fork.table) }
        if let table = fork.seedTable { show(table) }
    }

    private func showBudget(done: Int, of all: Int, _ noun: String) {
        show(StyledText("the budget is used up: \(done) of \(Figures.count(all, noun)) done", .warning))
    }

    fileprivate func fork(_ call: Call, seeds: [UInt64]) throws -> SeededFork {
        var fork = SeededFork(seeds: seeds)
        arms = []
        let isOver: Bool
        do {
            isOver = try within(call.optionalNumber("budget")) {
                try fork.run(
                    call.blocks, after: call.integer("after"), unchanged: call.boolean("unchanged"), in: self)
            }
        } catch is CommandInterruption {
            showTables(of: fork)
            show("stopped: the session is as it was before the fork")
            throw CommandInterruption(keeping: .record(fork.result))
        }
        showTables(of: fork)
        if let chart = fork.chart { sink?.show(.chart(chart)) }
        if isOver { showBudget(done: fork.arms.count, of: seeds.count, "seed") }
        return fork
    }
}

private let take = Command<Session>(
    Signature(
        "take", "Go on from where an arm of the last fork ended.",
        details: """
            Settings, data, model and training become the arm's; `undo` takes it back. The other arms stay, until the \
            next fork. Of a fork over seeds no arm is kept.
            """,
        topic: "Experiments", keywords: ["adopt", "choose", "keep", "winner"],
        arguments: [Argument("arm", .named(.arm, .name), .positional, "its name")],
        examples: [
            .init(
                "fork lower { rate 0.0003; train 1 } higher { rate 0.1; train 1 }\ntake lower",
                setup: trainedSetup)
        ])
) { call, session in
    guard !session.arms.isEmpty else { throw ExperimentRefusal.noArms }
    let name = call.text("arm")
    guard let end = session.arms.first(where: { $0.name == name })?.end else {
        throw ExperimentRefusal.unknownArm(name, known: session.arms.map(\.name))
    }
    try session.adopt(try end.state())
    session.note("the session goes on from the end of `\(name)`")
    return .nothing
}

private let claim = Command<Session>(
    Signature(
        "claim", "Fail unless something holds over several seeds.",
        details: """
            `fork seeds=1..5 ... -> f` trains; a claim about `$f` costs nothing, so there may be many. A comparison of two \
            arms, `($f.adam.val.accuracy.last > $f.sgd.val.accuracy.last)`, holds if the mean of the differences, each \
            between two trainings of one seed, is above `margin`, and its 95 % interval (mean +- t s / sqrt(n), Student's \
            t) above 0. Anything else, `($f.sgd.val.accuracy.last < 0.3)`, must hold for every seed. A claim that does \
            not hold fails a script, like `expect`, and says the numbers.

            With blocks it trains these arms itself, with the seeds 1 to 5 unless others are given, and they are variables \
            of the condition.
            """,
        topic: "Experiments",
        keywords: ["test", "significance", "confidence interval", "seeds", "prove", "assert", "honest"],
        arguments: [
            Argument("conditions", .condition, .rest, "what should hold"),
            Argument(
                "margin", .number(.atLeast(0)), "what the mean difference of a comparison must be above",
                default: .number(0)),
            seeds, after,
        ],
        blocks: .init(noun: "arm", count: 0...20, ownNames: [Arm.unchangedName]),
        result: [
            .init("difference", "the mean by which the first comparison holds"),
            .init("lower", "lower end of its 95 % interval"), .init("upper", "upper end of it"),
            .init("values", "by how much it holds for each seed"),
        ],
        examples: [
            .init(
                """
                fork seeds=1..3 still { rate 0; train 1 } learning { rate 0.01; train 8 } -> f
                claim ($f.learning.accuracy.last > $f.still.accuracy.last)
                claim ($f.still.val.accuracy.last < 0.9) ($f.still.steps > 0)
                """, setup: smallModelSetup + "\nbatch 8"),
            .init(
                """
                claim ($learning.accuracy.last > $still.accuracy.last) seeds=1..3 still {
                    rate 0; train 1
                } learning {
                    rate 0.01; train 8
                }
                """,
                setup: smallModelSetup + "\nbatch 8"),
        ])
) { call, session in
    var arms: SeededFork?
    if !call.blocks.isEmpty {
        var fork = SeededFork(seeds: try call.seeds ?? [1, 2, 3, 4, 5])
        do {
            try fork.run(call.blocks, after: call.integer("after"), unchanged: false, in: session)
        } catch is CommandInterruption {
            session.show("stopped: the claim is neither true nor false")
            throw CommandInterruption()
        }
        session.showTables(of: fork)
        arms = fork
    } else if call.has("seeds") || call.integer("after") > 0 {
        throw ExperimentRefusal.seedsWithoutArms
    }
    let claims = try Claim.all(of: call, arms)
    let failed = claims.firstIndex { !$0.holds }
    // The error says the first that does not hold.
    for (index, claim) in claims.enumerated() where index != failed { session.show(claim.report) }
    if let failed { throw ExperimentRefusal.claimFailed(claims[failed].text, claims[failed].finding) }
    return claims.first?.result ?? .nothing
}

extension Call {
    /// The seeds that are given, in order; nil if none are.
    ///
    /// - Throws: `ExperimentRefusal.badSeeds` if they are no whole numbers, too many, or one stands there twice.
    fileprivate var seeds: [UInt64]? {
        get throws {
            guard has("seeds") else { return nil }
            let numbers: [Double] =
                switch value("seeds") {
                case .range(let lower, let upper) where upper - lower < Double(SeededFork.mostSeeds):
                    Array(stride(from: lower, through: upper, by: 1))
                case .list(let elements) where elements.count <= SeededFork.mostSeeds: self.numbers("seeds")
                default: []
                }
            let seeds = numbers.compactMap { UInt64(exactly: $0) }
            guard !seeds.isEmpty, seeds.count == numbers.count, Set(seeds).count == seeds.count else {
                throw ExperimentRefusal.badSeeds(value("seeds").literal)
            }
            return seeds
        }
    }
}
