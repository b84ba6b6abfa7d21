import CommandLanguage
import Diagnosis
import Networks
import Tensors
import Training

let statsCommands: [Command<Session>] = [stats]

/// What can be looked at in a step, in words.
let subjectWords: [Statistics.Subject: String] = [
    .weights: "the parameters as they are", .gradients: "of the last step's loss, for each parameter",
    .activations: "what each layer gave in the last step",
    .updates: "what the last step added to each parameter",
]

private let stats = Command<Session>(
    Signature(
        "stats", "Look at the numbers inside: weights, gradients, activations, updates.",
        details: """
            For each tensor its mean, standard deviation (std), range, norm, share of zeros and histogram, then what is \
            unusual about them and what is healthy. Of the step in hand or the last one; if there is none, of the next \
            batch, after which everything is as before. `change` is |update| / |weights|, healthy from 0.0001 to 0.1, \
            about 0.001 as a rule (CS231n; TheDeepChecker, 2022). `dead` counts the units of a relu, channels or outputs, \
            that gave no positive number for any of \(HealthyRange.deadImages) training images, or all if there are fewer; \
            `flat` is the share of a sigmoid's outputs below 0.0067 or above 0.9933, of tanh's beyond 0.9866, where next to \
            no gradient passes (DeepDiagnosis, 2022).
            """,
        topic: "Looking",
        keywords: [
            "statistics", "inspect", "debug", "dead", "saturated", "vanishing", "exploding", "nan", "stuck",
        ],
        arguments: [
            Argument(
                "what",
                .choice(Statistics.Subject.allCases.map { .init($0.rawValue, subjectWords[$0] ?? "") }),
                .positional,
                "which numbers"),
            Argument("layers", .layer, .positional, "only these: \(layerNameRule)", isOptional: true),
        ],
        result: [
            .init(
                "",
                "for each tensor name, mean, std, norm, from, to, zeros, dead, flat, notfinite, change, findings"
            )
        ],
        examples: [
            .init("stats weights", setup: smallModelSetup),
            .init("stats gradients conv1", setup: trainedSetup),
            .init("stats activations", setup: smallModelSetup),
            .init("stats updates -> changes\nprint $changes[0].change", setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    guard let subject = Statistics.Subject(rawValue: call.text("what")) else { return .nothing }
    switch (subject, trainer.phase) {
    case (.gradients, .forwarded): throw Refusal.notYet("gradients", next: "backward")
    case (.updates, .forwarded), (.updates, .backpropagated): throw Refusal.notYet("updates", next: "update")
    default: break
    }
    let layers = try call.optionalText("layers").map { pattern in
        let meant = trainer.network.layers(matching: pattern).map(\.name)
        guard !meant.isEmpty else {
            throw Refusal.unknownLayer(pattern, known: trainer.network.layers.map(\.name))
        }
        return meant
    }
    guard
        let all = try Statistics(
            of: subject, in: trainer, activity: session.activity, shouldStop: session.shouldStop)
    else {
        throw CommandInterruption()
    }
    let statistics = layers.map { all.only(layers: $0) } ?? all
    guard !statistics.rows.isEmpty else { throw Refusal.nothingToMeasure(subject.rawValue) }
    session.show(statistics.table)
    session.show(statistics.notes)
    return statistics.result
}
