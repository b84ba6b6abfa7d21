import CommandLanguage
import Diagnosis
import Training

let controlCommands: [Command<Session>] = [pause, watch, resume.undoable]

private let which = Argument(
    "which",
    .named(
        .breakpoint, .either([.integer(1...Int.max), .choice([.init("all", "every one")]), .name])),
    .rest, "numbers or names, as `pause list` has them", default: .list([.text("all")]))

private let pause = Command<Session>(
    Signature(
        "pause", "Pause training when a condition begins to hold.",
        details: """
            A breakpoint is looked at after each step, and after each epoch with its validation. It pauses `train`, \
            `step` and `resume` when its condition holds and did not hold before, so `resume` goes on although it still \
            holds. Everything of that step can be looked at with `stats` and `show`. A loss or gradient that is NaN \
            pauses training in any case.

            `watch quantities` lists what can be measured. A comparison with a number that is not there yet decides \
            nothing: `(val.loss > 3 or loss > 9)` can hold in the first epoch. A `train` says in the end what has never had a \
            value. Breakpoints rest in the arms of a `fork`, and in trials of a `search`.
            """,
        topic: "Control",
        keywords: ["breakpoint", "break", "stop", "debug", "condition", "when", "exploding", "nan"],
        variants: [
            Signature(
                "when", "Set a breakpoint.",
                details: """
                    What is free (the run's numbers, gradient norms) or cheap (norms of weights) can be looked at after each \
                    step. Activations are a pass through all that a layer gave: `every=10` takes a tenth of that. `dead` is \
                    known after 1024 images, or all if there are fewer: until then each step is looked at.
                    """,
                arguments: [
                    Argument(
                        "condition", .measurement(example: "gradient.norm > 10"), .positional,
                        "what must hold: numbers that are measured, compared"),
                    Argument(
                        "every", .integer(1...1_000_000, unit: "steps"), "how often it is looked at",
                        default: .number(1)),
                    Argument(
                        "after", .integer(0...1_000_000_000, unit: "steps"),
                        "not before so many updates of the run", default: .number(0)),
                    Argument("once", .boolean, "disable it when it has paused", default: .boolean(false)),
                    Argument("name", .name, "what it is called beside its number", isOptional: true),
                ],
                examples: [
                    .init(
                        "pause when (gradient.norm > 100 or loss > 10) name=jump\ntrain 2",
                        setup: smallModelSetup),
                    .init(
                        "pause when (step >= 2) once=true\ntrain 2\nstats gradients\nresume",
                        setup: smallModelSetup),
                    .init(
                        "pause when (conv1.update.ratio < 1e-5) every=10 steps after=5",
                        setup: smallModelSetup),
                ]),
            Signature(
                "list", "List the breakpoints.",
                result: [.init("", "for each number, name, condition, enabled, hits")],
                examples: [.init("pause when (loss < 0.1)\npause list", setup: smallModelSetup)]),
            Signature(
                "disable", "Keep breakpoints, but do not look at them.", arguments: [which],
                examples: [.init("pause when (loss < 0.1)\npause disable 1", setup: smallModelSetup)]),
            Signature(
                "enable", "Look at breakpoints again.", arguments: [which],
                examples: [
                    .init(
                        "pause when (loss < 0.1) name=low\npause disable low\npause enable low",
                        setup: smallModelSetup)
                ]),
            Signature(
                "delete", "Forget breakpoints.", arguments: [which],
                examples: [.init("pause when (loss < 0.1)\npause delete all", setup: smallModelSetup)]),
        ])
) { call, session in
    let instruments = session.instruments
    switch call.path.last {
    case "when":
        let condition = try session.formula(call.text("condition"), as: "condition")
        try session.checkCondition(condition)
        let breakpoint = instruments.add(
            condition, name: call.optionalText("name"), every: call.integer("every"),
            after: call.integer("after"), isOnce: call.boolean("once"))
        session.note(breakpoint.line)
        session.noteCost(of: [condition], every: breakpoint.every)
    case "list":
        if instruments.breakpoints.isEmpty {
            session.show("no breakpoints: `pause when (gradient.norm > 10)` sets one")
        } else {
            session.show(instruments.breakpointTable)
        }
        return instruments.breakpointList
    case "delete":
        let numbers = try session.breakpoints(call.list("which"))
        instruments.deleteBreakpoints(numbers)
        session.noteDone("deleted", numbers.count, "breakpoint")
    case let word:
        let numbers = try session.breakpoints(call.list("which"))
        instruments.enable(word == "enable", numbers: numbers)
        session.noteDone("\(word ?? "")d", numbers.count, "breakpoint")
    }
    return .nothing
}

extension Session {
    /// The numbers of the breakpoints that are meant.
    ///
    /// - Throws: `ControlRefusal.unknownBreakpoint`.
    fileprivate func breakpoints(_ meant: [Value]) throws(ControlRefusal) -> [Int] {
        let known = instruments.breakpoints
        var numbers: [Int] = []
        for value in meant {
            if value == .text("all") { return known.map(\.number) }
            let found = known.first {
                .number(Double($0.number)) == value || $0.name.map(Value.text) == value
            }
            guard let found else { throw .unknownBreakpoint(value.literal) }
            numbers.append(found.number)
        }
        return numbers
    }

    /// `deleted 2 breakpoints`
    func noteDone(_ verb: String, _ count: Int, _ noun: String, _ plural: String? = nil) {
        note(count == 0 ? "there is none" : "\(verb) \(Figures.count(count, noun, plural))")
    }

    fileprivate func checkCondition(_ condition: Formula) throws {
        guard case .boolean = try condition.trial(as: "condition") else {
            throw ControlRefusal.notACondition(condition.text)
        }
    }
}
