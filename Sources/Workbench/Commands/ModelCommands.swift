import CommandLanguage
import Networks

let modelCommands: [Command<Session>] = [model, initialize]

private let initializerChoices = Argument.Kind.choice([
    .init("he", "for ReLU networks: variance 2 / inputs (He et al., 2015)"),
    .init("xavier", "for tanh and linear networks: variance 2 / (inputs + outputs) (Glorot & Bengio, 2010)"),
])

private func distribution(default defaultValue: Value?) -> Argument {
    Argument(
        "distribution", .choice([.init("normal", "bell curve"), .init("uniform", "flat, same variance")]),
        "how the first weights are spread", default: defaultValue, isOptional: true)
}

private let model = Command<Session>(
    Signature(
        "model", "Declare a network, layer by layer.",
        details: """
            Shapes are checked at once, from the size of the images to the number of classes. Layers are named by kind \
            and number, conv1, conv2, dense1, unless they are given a name: `conv 64 name=stem.conv`. Their weights are \
            saved under these names, and so any PyTorch model's names can be met. A new model starts with fresh weights from the random stream `init`; the \
            old one is gone unless you saved it.
            """,
        topic: "Model", keywords: ["network", "cnn", "architecture", "define"],
        arguments: [
            Argument("name", .name, .positional, "what to call it"),
            Argument("init", initializerChoices, "how the first weights are drawn", default: .text("he")),
            distribution(default: .text("normal")),
        ],
        block: .init(noun: "layer", vocabulary: layerWords.signatures()),
        result: [
            .init("parameters", "how many numbers it learns"),
            .init("layers", "how many layers it has"),
        ],
        examples: [
            .init(
                """
                model lenet {
                    conv 16 kernel=3 padding=same
                    relu
                    maxpool 2
                    flatten
                    dense 3
                }
                """, setup: smallDataSetup),
            .init(
                "model deep init=xavier { repeat 3 { conv 8 padding=same; relu }; flatten; dense 3 }",
                setup: smallDataSetup),
        ])
) { call, session in
    let layers = try (call.block ?? []).map { try layerWords.make($0, session) }
    guard !layers.isEmpty else { throw Refusal.emptyModel }
    let network = try session.declareModel(
        name: call.text("name"), layers: layers, initializer: call.initializer(named: "init"))
    session.note(network.summaryLine)
    return .record([
        "parameters": .number(Double(network.parameterCount)),
        "layers": .number(Double(network.layers.count)),
    ])
}

private let initialize = Command<Session>(
    Signature(
        "init", "Draw the model's weights afresh and start training from nothing.",
        details: """
            As the model was declared, unless you say otherwise. Weights come from the random stream `init`; biases \
            start at 0, scales at 1. Optimizer state and history start afresh.
            """,
        topic: "Model", keywords: ["initialise", "weights", "restart", "reset"],
        arguments: [
            Argument(
                "method", initializerChoices, .positional, "how the weights are drawn", isOptional: true),
            distribution(default: nil),
        ],
        examples: [.init("init xavier distribution=uniform", setup: smallModelSetup)])
) { call, session in
    try session.startAfresh(call.initializer(named: "method", unlessGiven: session.initializer))
    let trainer = try session.requireTrainer()
    let initializer = session.initializer
    session.note(
        "`\(trainer.network.name)` starts afresh: \(initializer.scheme), \(initializer.distribution)")
    return .nothing
}

extension Call {
    fileprivate func initializer(named argument: String, unlessGiven usual: Initializer = .he) -> Initializer
    {
        Initializer(
            optionalText(argument).flatMap(Initializer.Scheme.init) ?? usual.scheme,
            optionalText("distribution").flatMap(Initializer.Distribution.init) ?? usual.distribution)
    }
}
