import CommandLanguage
import Networks
import Training

let freezeCommands: [Command<Session>] = [freeze, unfreeze]

/// How layers are named in arguments.
let layerNameRule = "a name as in `show model`, that of a block for all in it, or one with a `*` at the end"

private let freeze = Command<Session>(
    Signature(
        "freeze", "Keep layers as they are while the others learn.",
        details: """
            Weights and batch norm's running statistics stay; batch norm still normalises by the batch in training, and \
            dropout still drops. A new `model` has no frozen layers; `init` and loaded weights keep them.
            """,
        topic: "Training", keywords: ["fine-tune", "transfer", "fixed", "trainable"],
        arguments: [Argument("layers", .layer, .rest, layerNameRule)],
        examples: [
            .init("freeze conv1", setup: smallModelSetup), .init("freeze conv*", setup: smallModelSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    var rates = trainer.layerRates
    rates.freeze(try session.layers(named: call.list("layers")))
    try trainer.change(layerRates: rates)
    session.note(trainer.freezingLine)
    return .nothing
}

private let unfreeze = Command<Session>(
    Signature(
        "unfreeze", "Let frozen layers learn again.",
        details: "All of them unless some are named; at the rates that they had before.", topic: "Training",
        keywords: ["fine-tune", "transfer", "trainable"],
        arguments: [Argument("layers", .layer, .rest, layerNameRule, isOptional: true)],
        examples: [.init("freeze conv1\nunfreeze", setup: smallModelSetup)])
) { call, session in
    let trainer = try session.requireTrainer()
    var rates = trainer.layerRates
    let named = try session.layers(named: call.list("layers"))
    rates.unfreeze(named.isEmpty ? rates.frozen : named)
    try trainer.change(layerRates: rates)
    session.note(trainer.freezingLine)
    return .nothing
}

extension Session {
    /// The names of the layers that learn something among those that are meant.
    ///
    /// - Throws: `Refusal.unknownLayer`, or `.nothingToLearn` if a pattern means only layers without parameters.
    func layers(named patterns: [Value]) throws -> [String] {
        let network = try requireTrainer().network
        return try patterns.flatMap { pattern in
            guard case .text(let pattern) = pattern else { return [String]() }
            let meant = network.layers(matching: pattern)
            guard !meant.isEmpty else {
                throw Refusal.unknownLayer(pattern, known: network.layers.map(\.name))
            }
            let learning = meant.filter { !$0.parameters.isEmpty }
            guard !learning.isEmpty else { throw Refusal.nothingToLearn(pattern) }
            return learning.map(\.name)
        }
    }
}

extension Trainer {
    /// `frozen: conv1, bn1; 4 330 of 5 410 parameters learn`
    fileprivate var freezingLine: StyledText {
        let frozen = network.layers.filter { layerRates.rate(of: $0.name) == .frozen }
        let all = network.parameterCount
        let learning = all - frozen.reduce(0) { $0 + $1.parameterCount }
        let names = frozen.isEmpty ? "none" : frozen.map(\.name).joined(separator: ", ")
        return "frozen: \(names); \(Figures.grouped(learning)) of \(Figures.grouped(all)) parameters learn"
    }
}
