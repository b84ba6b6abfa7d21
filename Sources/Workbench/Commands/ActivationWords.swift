import CommandLanguage
import Networks

/// The visible list of activations: a new one is a file in `Networks/Layers/Activations`, its word here, one test case.
let activationWords: [Word<any Layer>] = [
    relu, leakyReLU, prelu, elu, selu, gelu, silu, sigmoid, tanh, softplus, hardSwish, softmax,
]

/// `usage` is the word with arguments for the example, if it has some to show.
private func activation(
    _ name: String, _ summary: String, details: String, keywords: [String], arguments: [Argument] = [],
    usage: String? = nil, make: @escaping @Sendable (Call) -> any Layer
) -> Word<any Layer> {
    Word(
        Signature(
            name, summary, details: details, topic: "Layers",
            keywords: ["activation", "non-linearity"] + keywords, arguments: arguments,
            examples: [
                .init("model small { conv 8; \(usage ?? name); flatten; dense 3 }", setup: smallDataSetup)
            ])
    ) { call, _ in make(call) }
}

private func slope(_ summary: String, default value: Double) -> Argument {
    Argument("slope", .number(.any), .positional, summary, default: .number(value))
}

private let relu = activation(
    "relu", "Replace negative numbers by zero.",
    details: "y = max(x, 0). Any shape. A unit that is negative for every image is dead: it learns no more.",
    keywords: ["dead"]
) { _ in ReLU() }

private let leakyReLU = activation(
    "leaky-relu", "Scale negative numbers down instead of dropping them.",
    details: """
        y = x for x > 0, else slope · x. Any shape. No unit dies, because a gradient always passes. As PyTorch's \
        LeakyReLU. (Maas, Hannun & Ng, 2013)
        """,
    keywords: ["dead"], arguments: [slope("what negative numbers are multiplied by", default: 0.01)],
    usage: "leaky-relu 0.1"
) { call in LeakyReLU(slope: call.float("slope")) }

private let prelu = activation(
    "prelu", "Scale negative numbers by a learned slope.",
    details: """
        y = x for x > 0, else weight · x. Any shape. The weight is learned, one for the layer or one for each channel. \
        As PyTorch's PReLU. (He et al., 2015)
        """,
    keywords: ["dead", "learned"],
    arguments: [
        slope("what each weight starts as", default: 0.25),
        Argument(
            "per",
            .choice([.init("layer", "one weight"), .init("channel", "one for each channel or feature")]),
            "what has a weight of its own", default: .text("layer")),
    ],
    usage: "prelu per=channel"
) { call in
    PReLU(slope: call.float("slope"), per: PReLU.Sharing(rawValue: call.text("per")) ?? .layer)
}

private let elu = activation(
    "elu", "Bend negative numbers towards a floor.",
    details: """
        y = x for x > 0, else alpha · (eˣ − 1), which tends to −alpha. Any shape. Brings means closer to zero than relu \
        does. As PyTorch's ELU. (Clevert, Unterthiner & Hochreiter, 2016)
        """,
    keywords: ["exponential"],
    arguments: [Argument("alpha", .number(.any), "how far below zero it goes", default: .number(1))]
) { call in ELU(alpha: call.float("alpha")) }

private let selu = activation(
    "selu", "Bend negative numbers so that mean 0 and variance 1 are kept.",
    details: """
        y = 1.0507 · x for x > 0, else 1.7581 · (eˣ − 1). Any shape. A deep network of it needs no normalisation if its \
        weights are drawn with `init=lecun`. As PyTorch's SELU. (Klambauer et al., 2017)
        """,
    keywords: ["self-normalising", "exponential"]
) { _ in SELU() }

private let gelu = activation(
    "gelu", "Weight each number by its chance of being larger than normal noise.",
    details: """
        y = x · Φ(x), with the distribution function Φ of the normal distribution: x · (1 + erf(x / √2)) / 2, or with \
        approximate=tanh x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2. Any shape. As PyTorch's GELU. \
        (Hendrycks & Gimpel, 2016)
        """,
    keywords: ["smooth", "gaussian"],
    arguments: [
        Argument(
            "approximate", .choice([.init("none", "by the error function"), .init("tanh", "by tanh")]),
            "how Φ is computed", default: .text("none"))
    ]
) { call in GELU(approximation: GELU.Approximation(rawValue: call.text("approximate")) ?? .none) }

private let silu = activation(
    "silu", "Weight each number by its sigmoid.",
    details:
        "y = x / (1 + e⁻ˣ), also called swish. Any shape. As PyTorch's SiLU. (Elfwing, Uchibe & Doya, 2018)",
    keywords: ["swish", "smooth"]
) { _ in SiLU() }

private let sigmoid = activation(
    "sigmoid", "Squash each number to between 0 and 1.",
    details: """
        y = 1 / (1 + e⁻ˣ). Any shape. Its slope is at most 1/4 and nearly 0 for large numbers: in deep networks \
        gradients vanish. As PyTorch's Sigmoid.
        """,
    keywords: ["logistic", "vanishing", "saturated"]
) { _ in Sigmoid() }

private let tanh = activation(
    "tanh", "Squash each number to between −1 and 1.",
    details: """
        y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). Any shape. Its slope is nearly 0 for large numbers: start with `init=xavier`. As \
        PyTorch's Tanh.
        """,
    keywords: ["hyperbolic", "vanishing", "saturated"]
) { _ in Tanh() }

private let softplus = activation(
    "softplus", "Round off the corner of relu.",
    details: """
        y = ln(1 + e^(beta · x)) / beta, and x itself where beta · x > threshold. Any shape. As PyTorch's Softplus. \
        (Dugas et al., 2001)
        """,
    keywords: ["smooth"],
    arguments: [
        Argument("beta", .number(.above(0)), "how sharp the corner is", default: .number(1)),
        Argument("threshold", .number(.atLeast(0)), "where the straight line begins", default: .number(20)),
    ]
) { call in Softplus(beta: call.float("beta"), threshold: call.float("threshold")) }

private let hardSwish = activation(
    "hard-swish", "Compute silu approximately, without exponentials.",
    details: """
        y = x · max(0, min(6, x + 3)) / 6. Any shape. As PyTorch's Hardswish, of MobileNetV3. (Howard et al., 2019)
        """,
    keywords: ["swish", "fast"]
) { _ in HardSwish() }

private let softmax = activation(
    "softmax", "Turn the channels of each pixel, or the features, into shares of 1.",
    details: """
        y = eˣ / Σ eˣ, over the channels of each pixel or over all features. The cross-entropy loss contains it: after \
        the last dense layer it would be applied twice, and the model would learn badly. As PyTorch's Softmax(dim=1).
        """,
    keywords: ["probability", "share", "attention"]
) { _ in Softmax() }
