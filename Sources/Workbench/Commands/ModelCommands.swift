import CommandLanguage
import Networks

let modelCommands: [Command<Session>] = [model, models, initialize]

private let modelInitializer = InitializerArguments(
    Argument(
        "init", InitializerArguments.schemes, "how the first weights are drawn", default: .text("he")))

private let model = Command<Session>(
    Signature(
        "model", "Declare a network, layer by layer or by a known name.",
        details: """
            Without a block it is one of the models with a name, made for these images: `models` lists them. \
            Shapes are checked at once, from the size of the images to the number of classes. Layers are named by kind \
            and number, conv1, conv2, dense1, unless they are given a name: `conv 64 name=stem.conv`. Their weights are \
            saved under these names, and so any PyTorch model's names can be met. A new model starts with fresh weights from the random stream `init`; the \
            old one is gone unless you saved it.
            """,
        topic: "Model", keywords: ["network", "cnn", "architecture", "define"],
        arguments: [
            Argument(
                "name", .either([.choice(namedModelChoices), .name]), .positional,
                "what to call it, or which model to build")
        ] + modelInitializer.all,
        block: .init(isRequired: false, noun: "layer", vocabulary: layerWords.signatures()),
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
                "model deep init=xavier gain=tanh { conv 8; tanh; flatten; dense 3 init=normal gain=0.01 }",
                setup: smallDataSetup),
            .init("model resnet20", setup: smallDataSetup),
        ])
) { call, session in
    let layers = try call.block.map(session.layers) ?? session.layers(ofModelNamed: call.text("name"))
    guard !layers.isEmpty else { throw Refusal.emptyModel }
    let network = try session.declareModel(
        name: call.text("name"), layers: layers,
        initializer: try modelInitializer.initializer(of: call) ?? .he)
    session.note(network.summaryLine)
    session.warnOfLoss()
    return .record([
        "parameters": .number(Double(network.parameterCount)),
        "layers": .number(Double(network.layers.count)),
    ])
}

extension Session {
    /// The layers of a model with a name, for the data.
    fileprivate func layers(ofModelNamed name: String) throws -> [any Layer] {
        guard let model = NamedModel.named(name) else { throw Refusal.unknownModel(name) }
        let dataset = try requireData()
        return try model.layers(classes: dataset.classes.count, image: dataset.imageShape, self)
    }

    /// The layers that the statements of a block declare.
    func layers(of block: [Call]) throws -> [any Layer] {
        try block.enumerated().map { index, call in
            do {
                return try layerWords.make(call, self)
            } catch let refusal as Refusal {
                throw Refusal.inBlock(refusal, index: index)
            }
        }
    }
}

private let newInitializer = InitializerArguments(
    Argument(
        "scheme", InitializerArguments.schemes, .positional,
        "how the weights are drawn; as the model was declared unless given", isOptional: true))

private let initialize = Command<Session>(
    Signature(
        "init", "Draw the model's weights afresh and start training from nothing.",
        details: """
            As the model was declared, with what its layers declare themselves, unless you say otherwise; what you say \
            holds for every layer, or for those in `layers` while the others keep their weights. Weights come from the random stream `init`; biases start at 0, scales at 1. Optimizer \
            state and history start afresh.

            Schemes, as in torch.nn.init. he: deviation gain / √fan, gain √2, for relu (kaiming; He et al., 2015). \
            xavier: deviation gain · √(2 / (fan in + fan out)), for tanh and sigmoid (glorot; Glorot & Bengio, 2010). \
            lecun: deviation gain / √(fan in), for selu (LeCun et al., 1998). orthogonal: the rows or columns of the \
            weight, whichever are fewer, stand at right angles and are `gain` long (Saxe et al., 2014). normal: \
            deviation `gain`. uniform: from −gain to gain. constant: `gain`. zeros: 0. `zeros` and `constant` show why \
            weights are drawn at random: units that start alike get the same gradient and stay alike. With an \
            activation for `gain` it is PyTorch's calculate_gain.
            """,
        topic: "Model",
        keywords: [
            "initialise", "weights", "restart", "reset", "kaiming", "glorot", "vanishing", "exploding",
            "symmetry",
        ],
        arguments: newInitializer.all + [
            Argument(
                "layers", .list(of: .layer), "layers to draw anew, each \(layerNameRule)", isOptional: true)
        ],
        examples: [
            .init("init xavier distribution=uniform", setup: smallModelSetup),
            .init("init orthogonal gain=relu layers=[conv1]", setup: smallModelSetup),
            .init("init zeros\ntrain 1", setup: smallModelSetup),
        ])
) { call, session in
    let initializer = try newInitializer.initializer(of: call, over: session.settings.initializer)
    let layers = call.has("layers") ? try session.layers(named: call.list("layers")) : nil
    try session.startAfresh(initializer, layers: layers)
    let trainer = try session.requireTrainer()
    let drawn = layers.map { ", \($0.isEmpty ? "no layer" : $0.joined(separator: ", ")) drawn anew" } ?? ""
    session.note(
        "`\(trainer.network.name)` starts afresh\(drawn): \(initializer.map { "\($0)" } ?? "as declared")")
    return .nothing
}
