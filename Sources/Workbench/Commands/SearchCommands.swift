import CommandLanguage
import Search
import Training

let searchCommands: [Command<Session>] = findCommands + [search.undoable]

private let trials = Argument(
    "trials", .integer(1...SearchPlan.mostTrials), "configurations to try",
    default: .number(Double(SearchPlan.usualTrials)))

private let setup =
    "let filters = 4\n" + smallDataSetup + "\nmodel small { conv $filters; relu; flatten; dense 3 }"

private let search = Command<Session>(
    Signature(
        "search", "Try out settings, and whatever else was declared with a variable.",
        details: """
            Each line of the block is a dimension: `batch = [32, 64]` a list, `filters = 8..64` a range (of whole numbers, if \
            both ends are; `linear 0..1` takes all between), `rate = log 1e-4..1e-1` one in which equal factors are \
            equally likely. A name is a variable that a declaration reads (`let filters = 16` and \
            `model m { conv $filters ... }`), or a command that takes the value (`rate`, `batch`, `optimizer`; a text \
            may have arguments: `optimizer = ["sgd momentum=0.9", adam]`).

            Every trial declares everything again, with fresh weights, and trains on its own: the session stays as it is, \
            unless `keep=best`. Ctrl-C ends it with what there is. What was trained is kept among the `runs`: the same \
            search with the same seed goes on where it was stopped or killed.
            """,
        topic: "Searching",
        keywords: ["hyperparameter", "tune", "sweep", "grid", "random", "halving", "stuck"],
        arguments: [
            Argument(
                "epochs", .integer(1...100_000), "how long a trial is trained; with `halving`, the best ones",
                default: .number(5)),
            Argument(
                "metric", .choice(allMetrics.map { .init($0.name, $0.summary) }),
                "of the validation images after the last epoch", default: .text("accuracy")),
            Argument(
                "seeds", .integer(1...100), "trainings of each trial, whose mean counts", default: .number(1)),
            Argument(
                "resume", .boolean, "go on with the same search, if it was begun before",
                default: .boolean(true)),
            Argument(
                "keep",
                .choice([
                    .init("nothing", "the session stays as it is"),
                    .init(
                        "best",
                        "the best trial becomes the session's model, with its settings; variables stay"),
                ]), "what stays afterwards", default: .text("nothing")),
            budgetArgument,
        ],
        variants: [
            Signature(
                "grid", "Try every combination.",
                details: """
                    A range has as many values, evenly from end to end, as `trials` allows; without `trials` it has \
                    \(SearchPlan.usualPoints).
                    """,
                arguments: [
                    Argument(
                        "trials", .integer(1...SearchPlan.mostTrials), "combinations at most",
                        isOptional: true)
                ],
                examples: [
                    .init(
                        "search grid { batch = [16, 32]; rate = log 1e-3..1e-1 } trials=4 epochs=1",
                        setup: setup)
                ]),
            Signature(
                "random", "Try combinations drawn at random.",
                details:
                    "With many dimensions it finds more than a grid of as many trials. (Bergstra & Bengio, 2012)",
                arguments: [trials],
                examples: [
                    .init(
                        """
                        search random { rate = log 1e-4..1e-1; filters = 2..8 } trials=3 epochs=1 -> found
                        print $found.best.rate $found.score
                        """, setup: setup)
                ]),
            Signature(
                "halving", "Try many for a short time, and go on with the better ones.",
                details: """
                    Successive halving: after each rung the best 1/`factor` of the trials go on, for `factor` times the \
                    epochs, up to `epochs`. (Jamieson & Talwalkar, 2016)
                    """,
                arguments: [
                    trials,
                    Argument("factor", .integer(2...100), "one of so many goes on", default: .number(3)),
                ],
                examples: [
                    .init(
                        "search halving { rate = log 1e-4..1e-1; optimizer = [sgd, adam] } trials=4 epochs=2 factor=2",
                        setup: setup)
                ]),
        ],
        block: .init(
            noun: "setting",
            assigned: Argument(
                "values", .named(.scale, .any), .rest, "a list, a range, or `log` and a range")),
        result: [
            .init("best", "the best trial's values, by name"), .init("score", "its metric"),
            .init("trials", "how many have a score"),
            .init("scores", "the metric of each trial, in their order; `nothing` without one"),
            .init("script", "what declares the best trial"),
        ])
) { call, session in
    guard let strategy = call.path.last.flatMap(SearchStrategy.init),
        let metric = allMetrics.first(where: { $0.name == call.text("metric") })
    else { preconditionFailure("the language let through an undeclared word: \(call.path)") }
    let block = try SearchBlock(call.block ?? [], reading: session.declarations)
    let plan = try SearchPlan(
        strategy, block.dimensions, trials: call.optionalInteger("trials"), epochs: call.integer("epochs"),
        factor: strategy == .halving ? call.integer("factor") : 2, seeds: call.integer("seeds"),
        seed: session.settings.seed)
    let bench = try TrialBench(session, block)
    guard try !session.requireData().validation.isEmpty else { throw SearchError.noValidation }
    let definition = bench.definition(of: plan, metric: metric)
    let run = try session.makeSearch(
        plan, metric, bench, definition: definition, resuming: call.boolean("resume"))
    return try session.carryOut(
        run, bench, keepsBest: call.text("keep") == "best",
        budget: call.optionalNumber("budget"))
}
