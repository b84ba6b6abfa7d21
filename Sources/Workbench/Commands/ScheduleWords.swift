import CommandLanguage
import Training

/// The visible list of schedules: a new one is a file in `Training/Schedules`, its word here, one test case.
///
/// What all of them take, the warm-up, is declared once, in `warmupArguments`.
let scheduleWords: [Word<any Schedule>] = [
    constant, step, multistep, exponential, polynomial, cosine, restarts, onecycle, cyclic, plateau,
    expression,
]

/// What every schedule takes beside its own arguments.
let warmupArguments: [Argument] = [
    Argument(
        "warmup", .integer(0...longest),
        "length of a linear rise before the schedule begins: in epochs, or in steps where the schedule counts steps",
        default: .number(0)),
    Argument(
        "warmup-start", .number(.within(0...1)), "share of the first rate that the rise starts from",
        default: .number(Warmup.usualStart)),
]

private let longest = Warmup.longest

private let by = Argument(
    "by",
    .choice([
        .init("epoch", "lengths in epochs; the rate changes between epochs"),
        .init("step", "lengths in steps; the rate changes with each step"),
        .init("smooth", "lengths in epochs; the rate changes with each step"),
    ]), "what lengths count, and when the rate changes", default: .text("epoch"))

private let length = Argument("length", .integer(1...longest), .positional, "epochs, or steps with by=step")

private let minimum = Argument("minimum", .number(.atLeast(0)), "lowest rate", default: .number(0))

private func factor(_ usual: Double) -> Argument {
    Argument("factor", .number(.above(0)), "what the rate is multiplied by", default: .number(usual))
}

private func momentumArguments(_ usual: ClosedRange<Double>) -> [Argument] {
    [
        Argument(
            "cycle-momentum", .boolean, "move the optimizer's momentum, or beta1, against the rate",
            default: .boolean(true)),
        Argument(
            "lowest-momentum", .number(.within(0..<1)), "momentum where the rate is highest",
            default: .number(usual.lowerBound)),
        Argument(
            "highest-momentum", .number(.within(0..<1)), "momentum where the rate is lowest",
            default: .number(usual.upperBound)),
    ]
}

extension Call {
    var warmup: Warmup { Warmup(length: integer("warmup"), start: number("warmup-start")) }

    fileprivate var unit: ScheduleUnit { ScheduleUnit(rawValue: text("by")) ?? .epoch }

    fileprivate var momentumCycle: MomentumCycle {
        MomentumCycle(
            lowest: number("lowest-momentum"), highest: number("highest-momentum"),
            isOn: boolean("cycle-momentum"))
    }
}

private let constant = Word<any Schedule>(
    Signature(
        "constant", "Leave the rate as the optimizer has it.",
        examples: ["schedule constant", "schedule constant warmup=2"])
) { call, _ in ConstantSchedule(warmup: call.warmup) }

private let step = Word<any Schedule>(
    Signature(
        "step", "Multiply the rate by a factor every few epochs.",
        details: "rate = optimizer's rate · factor^⌊t / every⌋. As PyTorch's StepLR.",
        keywords: ["decay", "plateau", "anneal"],
        arguments: [
            Argument(
                "every", .integer(1...longest), "how many epochs, or steps, a rate stays",
                default: .number(10)),
            factor(0.1), by,
        ],
        examples: ["schedule step every=5 factor=0.5"])
) { call, _ in
    StepSchedule(
        every: call.integer("every"), factor: call.number("factor"), by: call.unit, warmup: call.warmup)
}

private let multistep = Word<any Schedule>(
    Signature(
        "multistep", "Multiply the rate by a factor at some epochs.",
        details: "rate = base · factor^m once m of the epochs in `at` have passed. As PyTorch's MultiStepLR.",
        keywords: ["decay", "milestones"],
        arguments: [
            Argument(
                "at", .list(of: .integer(1...longest)), "epochs, or steps, at which the rate changes, rising"),
            factor(0.1), by,
        ],
        examples: ["schedule multistep at=[30, 60, 80] factor=0.2"])
) { call, _ in
    let milestones = call.list("at").compactMap { value in
        if case .number(let number) = value { Int(exactly: number) } else { nil }
    }
    return MultiStepSchedule(
        at: milestones, factor: call.number("factor"), by: call.unit, warmup: call.warmup)
}

private let exponential = Word<any Schedule>(
    Signature(
        "exponential", "Multiply the rate by a factor after each epoch.",
        details: "rate = optimizer's rate · factor^t. As PyTorch's ExponentialLR.", keywords: ["decay"],
        arguments: [factor(0.95), by],
        examples: ["schedule exponential factor=0.9", "schedule exponential factor=0.999 by=step"])
) { call, _ in
    ExponentialSchedule(factor: call.number("factor"), by: call.unit, warmup: call.warmup)
}

private let polynomial = Word<any Schedule>(
    Signature(
        "polynomial", "Let the rate fall to zero along a line or a power of one.",
        details: "rate = optimizer's rate · (1 − t / length)^power, then 0. As PyTorch's PolynomialLR.",
        keywords: ["decay", "linear"],
        arguments: [
            length, Argument("power", .number(.above(0)), "1 for a line", default: .number(1)), by,
        ],
        examples: ["schedule polynomial 30", "schedule polynomial 30 power=2 by=smooth"])
) { call, _ in
    PolynomialSchedule(
        length: call.integer("length"), power: call.number("power"), by: call.unit, warmup: call.warmup)
}

private let cosine = Word<any Schedule>(
    Signature(
        "cosine", "Let the rate fall along half a wave.",
        details: """
            rate = minimum + (optimizer's rate − minimum) · (1 + cos(π · t / length)) / 2. After `length` it rises again, \
            as PyTorch's CosineAnnealingLR does. (Loshchilov & Hutter, 2017)
            """,
        keywords: ["decay", "anneal"], arguments: [length, minimum, by],
        examples: ["schedule cosine 30", "schedule cosine 30 warmup=3 by=smooth"])
) { call, _ in
    CosineSchedule(
        length: call.integer("length"), minimum: call.number("minimum"), by: call.unit, warmup: call.warmup)
}

private let restarts = Word<any Schedule>(
    Signature(
        "restarts", "Let the rate fall along half a wave, then start again.",
        details: """
            Each wave is `stretch` times as long as the one before. As PyTorch's CosineAnnealingWarmRestarts. \
            (Loshchilov & Hutter, 2017)
            """,
        keywords: ["cosine", "sgdr", "stuck", "plateau"],
        arguments: [
            length,
            Argument(
                "stretch", .integer(1...1000), "what the next wave's length is multiplied by",
                default: .number(1)), minimum, by,
        ],
        examples: ["schedule restarts 10 stretch=2", "schedule restarts 5 by=smooth"])
) { call, _ in
    RestartSchedule(
        length: call.integer("length"), stretch: call.integer("stretch"), minimum: call.number("minimum"),
        by: call.unit, warmup: call.warmup)
}

private let onecycle = Word<any Schedule>(
    Signature(
        "onecycle", "Raise the rate once to the optimizer's, then let it fall far below.",
        details: """
            The optimizer's rate is the highest. Its length is `epochs` or `steps`; the rate changes with each step, and \
            stays at its last value afterwards. The momentum moves the other way, if the optimizer has one (nadam keeps \
            its own). As PyTorch's OneCycleLR. (Smith & Topin, 2018)
            """,
        keywords: ["super-convergence", "warmup", "fast"],
        arguments: [
            Argument("epochs", .integer(1...longest), "its length in epochs", isOptional: true),
            Argument("steps", .integer(1...longest), "its length in steps instead", isOptional: true),
            Argument(
                "rise", .number(.within(0...1)), "share of the length that rises", default: .number(0.3)),
            Argument(
                "start-divisor", .number(.above(0)), "the optimizer's rate by the first one",
                default: .number(25)),
            Argument(
                "end-divisor", .number(.above(0)), "the first rate by the last one", default: .number(1e4)),
            Argument(
                "shape",
                .choice([.init("cosine", "along half a wave"), .init("linear", "along a line")]),
                "how the rate rises and falls", default: .text("cosine")),
            Argument(
                "three-phases", .boolean, "fall to the first rate as fast as it rose, and only then further",
                default: .boolean(false)),
        ] + momentumArguments(OneCycleSchedule.usualMomentum),
        examples: ["schedule onecycle epochs=10", "schedule onecycle steps=2000 shape=linear"])
) { call, _ in
    guard call.has("epochs") != call.has("steps") else { throw Refusal.oneCycleLength }
    return OneCycleSchedule(
        length: call.integer(call.has("epochs") ? "epochs" : "steps"),
        by: call.has("epochs") ? .smooth : .step, rise: call.number("rise"),
        startDivisor: call.number("start-divisor"), endDivisor: call.number("end-divisor"),
        shape: OneCycleSchedule.Shape(rawValue: call.text("shape")) ?? .cosine,
        hasThreePhases: call.boolean("three-phases"), momentumCycle: call.momentumCycle, warmup: call.warmup)
}

private let cyclic = Word<any Schedule>(
    Signature(
        "cyclic", "Let the rate rise to the optimizer's and fall again, over and over.",
        details: """
            Lengths are steps; two to eight epochs' worth are usual. The momentum moves the other way, if the optimizer \
            has one (nadam keeps its own). As PyTorch's CyclicLR, with the optimizer's rate as max_lr. (Smith, 2017)
            """,
        keywords: ["triangular", "stuck", "plateau"],
        arguments: [
            Argument("lowest", .number(.atLeast(0)), "the rate at the foot"),
            Argument("up", .integer(1...longest, unit: "steps"), "length of a rise", default: .number(2000)),
            Argument(
                "down", .integer(1...longest, unit: "steps"), "length of a fall; that of a rise unless given",
                isOptional: true),
            Argument(
                "mode",
                .choice([
                    .init("triangular", "always as high"), .init("triangular2", "half as high each time"),
                    .init("exponential", "height times factor^step"),
                ]), "what becomes of the height", default: .text("triangular")),
            Argument(
                "factor", .number(.above(0)), "of each step, for mode=exponential", default: .number(1)),
        ] + momentumArguments(CyclicSchedule.usualMomentum),
        examples: [
            "schedule cyclic lowest=1e-4 up=500", "schedule cyclic lowest=1e-4 up=200 mode=triangular2",
        ])
) { call, _ in
    CyclicSchedule(
        lowest: call.number("lowest"), up: call.integer("up"), down: call.optionalInteger("down"),
        mode: CyclicSchedule.Mode(rawValue: call.text("mode")) ?? .triangular, factor: call.number("factor"),
        momentumCycle: call.momentumCycle, warmup: call.warmup)
}

/// What early stopping and schedules can follow.
let metricArgument = Argument(
    "metric", .choice(EpochMetric.all.map { .init($0.name, $0.summary) }),
    "what is watched, of the validation images unless it begins with train", default: .text("loss"))

private let plateau = Word<any Schedule>(
    Signature(
        "plateau", "Lower the rate when a metric has stopped getting better.",
        details: """
            After more than `patience` epochs without a value better than the best by `threshold`, the rate is multiplied \
            by `factor`. As PyTorch's ReduceLROnPlateau. It counts epochs and cannot be drawn ahead.
            """,
        keywords: ["stuck", "reduce", "patience"],
        arguments: [
            metricArgument, share("factor", "what the rate is multiplied by", 0.1),
            Argument(
                "patience", .integer(0...longest, unit: "epochs"),
                "epochs without an improvement to put up with",
                default: .number(10)),
            Argument(
                "threshold", .number(.atLeast(0)), "what counts as an improvement", default: .number(1e-4)),
            Argument(
                "threshold-mode",
                .choice([
                    .init("relative", "a share of the best value"), .init("absolute", "a difference"),
                ]), "how the threshold is meant", default: .text("relative")),
            Argument(
                "cooldown", .integer(0...longest, unit: "epochs"), "epochs after a change that do not count",
                default: .number(0)), minimum,
        ],
        examples: ["schedule plateau patience=3 factor=0.5", "schedule plateau metric=accuracy"])
) { call, _ in
    PlateauSchedule(
        metric: call.text("metric"), factor: call.number("factor"), patience: call.integer("patience"),
        threshold: call.number("threshold"),
        thresholdMode: PlateauSchedule.Threshold(rawValue: call.text("threshold-mode")) ?? .relative,
        cooldown: call.integer("cooldown"), minimum: call.number("minimum"), warmup: call.warmup)
}

private func share(_ name: String, _ summary: String, _ usual: Double) -> Argument {
    Argument(name, .number(.within(0..<1)), summary, default: .number(usual))
}
