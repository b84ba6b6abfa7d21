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
        "init", "Draw weights afresh: of the whole model, which starts from nothing, or of some layers.",
        details: """
            As the model was declared, with what its layers declare themselves, unless you say otherwise. Weights come \
            from the random stream `init`; biases start at 0, scales at 1.

            `init` and `init xavier` begin training anew: optimizer state and history start afresh. `init conv1 he`, or \
            with `layers`, draws these layers only and the run goes on: what the optimizer remembers of them and their \
            averaged weights start anew, all else stays.

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
        arguments: [
            Argument(
                "what", .either([InitializerArguments.schemes, .text]), .positional,
                "how all weights are drawn, or a layer to draw anew", isOptional: true)
        ] + newInitializer.all + [
            Argument(
                "layers", .list(of: .layer), "layers to draw anew, each \(layerNameRule)", isOptional: true)
        ],
        examples: [
            .init("init xavier distribution=uniform", setup: smallModelSetup),
            .init("init conv1 he", setup: trainedSetup),
            .init("init orthogonal gain=relu layers=[conv1]", setup: smallModelSetup),
            .init("init zeros\ntrain 1", setup: smallModelSetup),
        ])
) { call, session in
    let initializer = try newInitializer.initializer(
        of: call, scheme: call.schemeOfAll, over: session.settings.initializer)
    let way = initializer.map { "\($0)" } ?? "as declared"
    let name = try session.requireTrainer().network.name
    guard call.initializesSomeLayers else {
        try session.startAfresh(initializer)
        session.note("`\(name)` starts afresh: \(way)")
        return .nothing
    }
    let meant = call.schemeOfAll == nil ? call.optionalText("what").map { [Value.text($0)] } ?? [] : []
    let layers = try session.layers(named: meant + (call.has("layers") ? call.list("layers") : []))
    let report = try session.redraw(layers.uniqued, initializer)
    session.note("`\(name)`: \(way)")
    session.note(StyledText("\(report)", .faint))
    return .nothing
}

extension Call {
    /// The first word of `init` if it is a scheme: it is one unless another follows.
    fileprivate var schemeOfAll: String? {
        guard !has("scheme"), let word = optionalText("what") else { return nil }
        return Initializer.Scheme(rawValue: word) == nil ? nil : word
    }

    /// Whether an `init` is about some of the layers.
    var initializesSomeLayers: Bool { has("layers") || (has("what") && schemeOfAll == nil) }
}
