import CommandLanguage
import Networks
import Tensors
import Training

/// The commands that change the layers of a model in training.
let changeCommands: [Command<Session>] = [insert, remove, replace, widen, filters]

private let topic = "Model"

private let redraw = Argument(
    "redraw", .boolean, "draw weights anew that no longer fit, instead of refusing", default: .boolean(false))

/// What all of them keep, in their help.
private let keeps = """
    Layers keep their names and what they have learned, and the run goes on: optimizer state, history, schedule and \
    frozen layers stay. The answer says what was carried over, re-shaped and drawn anew.
    """

private let insert = Command<Session>(
    Signature(
        "insert", "Put a new layer into a model, also into one in training.",
        details: """
            The layer stands directly after or before another, in the same block: `after=residual1.conv1` is within the \
            block, `after=residual1` behind it. It gets the next free number of its kind, unless it is given a `name`. \
            \(keeps)

            What follows must still fit what it gets. Where only the shapes of weights would change, `redraw=true` \
            draws these anew.
            """,
        topic: topic,
        keywords: ["add layer", "edit", "architecture", "surgery", "live", "dropout", "change"],
        arguments: [
            Argument("after", .text, "the layer that it follows", isOptional: true),
            Argument("before", .text, "the layer that it precedes", isOptional: true), redraw,
        ],
        entry: .init(noun: "layer", vocabulary: layerWords.signatures()),
        examples: [
            .init("insert dropout 0.3 after=relu1", setup: smallModelSetup),
            .init("insert batchnorm before=relu1\ntrain 1", setup: smallModelSetup),
            .init("insert maxpool 2 after=relu1 redraw=true", setup: smallModelSetup),
        ])
) { call, session in
    let (after, before) = (call.optionalText("after"), call.optionalText("before"))
    let place: Network.Place
    switch (after, before) {
    case (let name?, nil): place = .after(try session.layer(named: name, argument: "after").name)
    case (nil, let name?): place = .before(try session.layer(named: name, argument: "before").name)
    default: throw Refusal.afterOrBefore
    }
    let layer = try layerWords.make(call, session)
    try session.change { network throws(EditError) in
        try network.inserting(layer, place, redrawing: call.boolean("redraw"))
    }
    return .nothing
}

private let remove = Command<Session>(
    Signature(
        "remove", "Take layers out of a model, also of one in training.",
        details: """
            A block goes with all that is in it. \(keeps)

            What follows must still fit what it gets. Where only the shapes of weights would change, `redraw=true` \
            draws these anew.
            """,
        topic: topic,
        keywords: ["delete layer", "edit", "architecture", "surgery", "live", "prune", "change"],
        arguments: [Argument("layers", .text, .rest, layerNameRule), redraw],
        examples: [.init("remove relu1", setup: smallModelSetup)])
) { call, session in
    let names = try session.layers(meantBy: call.list("layers"))
    try session.change { network throws(EditError) in
        try network.removing(names, redrawing: call.boolean("redraw"))
    }
    return .nothing
}

private let replace = Command<Session>(
    Signature(
        "replace", "Put another layer in the place of one, or of all of a kind.",
        details: """
            `replace sigmoid relu` changes all of a kind, `replace sigmoid2 relu` one by its name. One of the same kind, \
            `replace dropout dropout 0.2`, keeps its name and what fits of its weights; another kind gets the next free \
            number of its own. \(keeps)
            """,
        topic: topic,
        keywords: [
            "swap", "activation", "edit", "architecture", "surgery", "live", "dead", "vanishing", "change",
        ],
        arguments: [
            Argument(
                "what", .text, .positional,
                "a kind of layer, or a name as in `show model`, maybe with a `*` at the end"),
            redraw,
        ],
        entry: .init(noun: "layer", vocabulary: layerWords.signatures()),
        examples: [
            .init("replace relu leaky-relu 0.1", setup: smallModelSetup),
            .init("replace relu1 gelu", setup: smallModelSetup),
        ])
) { call, session in
    let names = try session.layers(ofKindOrName: call.text("what"))
    let layer = try layerWords.make(call, session)
    try session.change { network throws(EditError) in
        try network.replacing(names, by: layer, redrawing: call.boolean("redraw"))
    }
    return .nothing
}

/// How much wider a layer can become at once.
private let factors = [2, 3, 4, 8]

private let widen = Command<Session>(
    Signature(
        "widen", "Give a layer more filters that leave what the model computes as it is.",
        details: """
            Each filter, or unit, gets copies, and what reads them shares its weights out among them: Net2WiderNet (Chen, \
            Goodfellow & Shlens, 2016). The shares are unequal, so that copies get unequal gradients and part (LEMON, \
            Wang et al., 2024). Batch norm, pooling, `flatten` and depthwise convolutions between them are widened, too. \
            Layers whose values are added must be equally wide and are widened together. What an optimizer remembers \
            and averaged weights are re-shaped alike.

            The outputs stay, but for rounding. They cannot where a normalisation or `softmax` works over channels that \
            are not copied equally often; the answer says so. `filters` takes any number.
            """,
        topic: topic,
        keywords: ["net2net", "wider", "grow", "capacity", "underfitting", "channels", "live", "change"],
        arguments: [
            Argument("layer", .text, .positional, "a layer with filters or units, as in `show model`"),
            Argument(
                "factor", .choice(factors.map { .init("x\($0)", "\($0) times as many") }), .positional,
                "how many times as many"),
        ],
        examples: [.init("widen conv1 x2\nshow model", setup: smallModelSetup)])
) { call, session in
    let layer = try session.layer(named: call.text("layer"), argument: "layer")
    let factor = factors.first { "x\($0)" == call.text("factor") } ?? 1
    try session.change { network throws(EditError) in
        try network.resizing(layer.name, to: factor * (network.filters(of: layer.name) ?? 1))
    }
    return .nothing
}

private let filters = Command<Session>(
    Signature(
        "filters", "Change how many filters, or units, a layer has.",
        details: """
            Of fewer, those with the largest norm stay, and what reads them loses the weights for the others: the outputs \
            change. More are copies as by `widen`, or with `new=drawn` drawn anew, while what reads them starts with \
            weights of 0 for them; both leave the outputs as they are. Layers whose values are added change together. \
            \(keeps)
            """,
        topic: topic,
        keywords: [
            "channels", "units", "width", "prune", "shrink", "smaller", "wider", "net2net", "live", "change",
        ],
        arguments: [
            Argument("layer", .text, .positional, "a layer with filters or units, as in `show model`"),
            Argument("count", .integer(1...Geometry.largestExtent), .positional, "how many it shall have"),
            Argument(
                "new",
                .choice([
                    .init("copied", "from filters that are there"),
                    .init("drawn", "as `init` does, without effect at first"),
                ]), "what more filters start as", default: .text("copied")),
        ],
        examples: [
            .init("filters conv1 2", setup: smallModelSetup),
            .init("filters conv1 12 new=drawn", setup: smallModelSetup),
        ])
) { call, session in
    let layer = try session.layer(named: call.text("layer"), argument: "layer")
    let new = Network.NewFilters(rawValue: call.text("new")) ?? .copied
    try session.change { network throws(EditError) in
        try network.resizing(layer.name, to: call.integer("count"), new: new)
    }
    return .nothing
}
