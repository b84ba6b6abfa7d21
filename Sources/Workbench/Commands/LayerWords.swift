import CommandLanguage
import Networks

/// The visible list of layers: a new one is a file in `Networks/Layers`, its word here, and one test case.
let layerWords: [Word<any Layer>] = [
    conv, maxpool, avgpool, globalavgpool, dense, flatten, relu, batchnorm, dropout, residual,
].map(takingName)

/// What every layer takes besides its own arguments.
let layerName = Argument(
    "name", .dottedName, "what to call it instead of its kind and number, such as `layer1.0`",
    isOptional: true)

private func takingName(_ word: Word<any Layer>) -> Word<any Layer> {
    var signature = word.signature
    signature.arguments.append(layerName)
    return Word(signature) { call, session in
        let layer = try word.make(call, session)
        return call.optionalText(layerName.name).map(layer.named) ?? layer
    }
}

private let topic = "Layers"

/// Before each example: images of 12x12x1, three classes.
private let imageSetup = smallDataSetup

private let dense = Word<any Layer>(
    Signature(
        "dense", "Connect every input to every output.",
        details: """
            y = weight · x + bias. In: a list of features (put `flatten` before it). Out: `units`. \
            The last dense layer has as many units as there are classes, and no activation after it: the loss works \
            on its raw numbers (logits). As PyTorch's Linear.
            """,
        topic: topic, keywords: ["linear", "fully connected", "fc", "head"],
        arguments: [
            Argument("units", .integer(1...1_000_000), .positional, "how many outputs"),
            Argument("bias", .boolean, "add a learned number to each output", default: .boolean(true)),
        ],
        examples: [.init("model tiny { flatten; dense 16; relu; dense 3 }", setup: imageSetup)])
) { call, _ in Dense(units: call.integer("units"), bias: call.boolean("bias")) }

private let flatten = Word<any Layer>(
    Signature(
        "flatten", "Turn an image into a list of features.",
        details: "In: HxWxC. Out: H·W·C features, in PyTorch's order (channel, row, column).",
        topic: topic, keywords: ["reshape"],
        examples: [.init("model linear { flatten; dense 3 }", setup: imageSetup)])
) { _, _ in Flatten() }

private let relu = Word<any Layer>(
    Signature(
        "relu", "Replace negative numbers by zero.",
        details:
            "y = max(x, 0). Any shape. A unit that is negative for every image is dead: it learns no more.",
        topic: topic, keywords: ["activation", "non-linearity", "dead"],
        examples: [.init("model small { conv 8; relu; flatten; dense 3 }", setup: imageSetup)])
) { _, _ in ReLU() }

private let batchnorm = Word<any Layer>(
    Signature(
        "batchnorm", "Normalise each channel over the batch, then scale and shift it by learned numbers.",
        details: """
            y = weight · (x − mean) / √(variance + epsilon) + bias. In training mean and variance are the batch's; \
            in evaluation they are running means, running = (1 − momentum) · running + momentum · batch. Use batches \
            of 8 or more. As PyTorch's BatchNorm2d and BatchNorm1d. (Ioffe & Szegedy, 2015)
            """,
        topic: topic, keywords: ["batch normalisation", "normalization", "bn", "stuck", "slow"],
        arguments: [
            Argument(
                "momentum", .number(.within(0...1)), "weight of the newest batch in the running means",
                default: .number(0.1)),
            Argument(
                "epsilon", .number(.above(0)), "keeps the division away from zero", default: .number(1e-5)),
        ],
        examples: [
            .init("model small { conv 8 bias=false; batchnorm; relu; flatten; dense 3 }", setup: imageSetup)
        ])
) { call, _ in BatchNorm(momentum: call.float("momentum"), epsilon: call.float("epsilon")) }

private let dropout = Word<any Layer>(
    Signature(
        "dropout", "Zero a random share of the numbers while training.",
        details: """
            In training each number becomes 0 with `probability` and the others are divided by 1 − `probability`; in \
            evaluation nothing happens. Any shape. A remedy for overfitting. (Srivastava et al., 2014)
            """,
        topic: topic, keywords: ["regularisation", "overfitting", "gap"],
        arguments: [
            Argument(
                "probability", .number(.within(0..<1)), .positional, "the share that is zeroed",
                default: .number(0.5))
        ],
        examples: [.init("model small { conv 8; relu; flatten; dropout 0.3; dense 3 }", setup: imageSetup)])
) { call, _ in Dropout(probability: call.float("probability")) }
