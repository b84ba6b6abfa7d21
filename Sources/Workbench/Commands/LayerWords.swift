import CommandLanguage
import Networks
import Tensors

/// The visible list of layers: a new one is a file in `Networks/Layers`, its word here, and one test case.
let layerWords: [Word<any Layer>] = simpleLayerWords + [residual]

/// What may stand inside another layer's block as well.
let simpleLayerWords: [Word<any Layer>] = [
    conv, maxpool, avgpool, globalavgpool, dense, flatten, relu, batchnorm, dropout,
]

private let topic = "Layers"

/// Before each example: images of 12x12x1, three classes.
private let imageSetup = smallDataSetup

/// `3` or, if it is not square, `3x5`.
private let extent = Argument.Kind.either([.integer(1...64, unit: "pixels"), .size(2...2)])

private let padding = Argument(
    "padding",
    .either([
        .choice([.init("same", "output as large as input / stride"), .init("valid", "none")]),
        .integer(0...1024, unit: "pixels"),
    ]),
    "rim of zeros around the image", default: .text("valid"))

private let conv = Word<any Layer>(
    Signature(
        "conv", "Convolve the image with learned filters.",
        details: """
            y[h, w, f] = bias[f] + Σ x[h·stride + i − padding, w·stride + j − padding, c] · weight[f, c, i, j]. \
            In: HxWxC. Out: H'xW'x`filters`, H' = ⌊(H + 2·padding − kernel) / stride⌋ + 1. \
            As PyTorch's Conv2d, except that images lie channels last in memory. \
            Leave out the bias where batchnorm follows: it has its own. (LeCun et al., 1989)
            """,
        topic: topic, keywords: ["convolution", "filter", "kernel", "feature"],
        arguments: [
            Argument("filters", .integer(1...65_536), .positional, "how many filters (output channels)"),
            Argument("kernel", extent, "height and width of a filter", default: .number(3)),
            Argument("stride", extent, "how far the filter moves", default: .number(1)),
            padding,
            Argument(
                "bias", .boolean, "add a learned number to each filter's output", default: .boolean(true)),
        ],
        examples: [
            .init("model small { conv 8 kernel=3 padding=same; relu; flatten; dense 3 }", setup: imageSetup),
            .init(
                "model strided { conv 8 kernel=5 stride=2 bias=false; batchnorm; relu; flatten; dense 3 }",
                setup: imageSetup),
        ])
) { call, _ in
    Conv2D(
        filters: call.integer("filters"), kernel: call.extent("kernel") ?? 3,
        stride: call.extent("stride") ?? 1,
        padding: call.padding, bias: call.boolean("bias"))
}

private func pool(
    _ name: String, _ summary: String, details: String, keywords: [String],
    make: @escaping @Sendable (_ window: Size, _ stride: Size, Padding) -> any Layer
) -> Word<any Layer> {
    Word(
        Signature(
            name, summary, details: details, topic: topic, keywords: keywords,
            arguments: [
                Argument(
                    "window", extent, .positional, "height and width of the window",
                    default: .number(2)),
                Argument(
                    "stride", extent, "how far the window moves; as large as the window unless given",
                    isOptional: true),
                padding,
            ],
            examples: [.init("model small { conv 8; relu; \(name) 2; flatten; dense 3 }", setup: imageSetup)])
    ) { call, _ in
        let window = call.extent("window") ?? 2
        return make(window, call.extent("stride") ?? window, call.padding)
    }
}

private let maxpool = pool(
    "maxpool", "Keep the largest value of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. A window has at most 255 pixels. As \
        PyTorch's MaxPool2d.
        """,
    keywords: ["pooling", "downsample"]
) { MaxPool2D(kernel: $0, stride: $1, padding: $2) }

private let avgpool = pool(
    "avgpool", "Take the mean of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. As PyTorch's AvgPool2d: zeros of \
        the padding count.
        """,
    keywords: ["pooling", "downsample", "mean"]
) { AvgPool2D(kernel: $0, stride: $1, padding: $2) }

private let globalavgpool = Word<any Layer>(
    Signature(
        "globalavgpool", "Take the mean of each channel over the whole image.",
        details: """
            In: HxWxC. Out: C features; the usual end of a residual network. As PyTorch's AdaptiveAvgPool2d(1) with a \
            Flatten after it. (Lin, Chen & Yan, 2014)
            """,
        topic: topic, keywords: ["pooling", "head", "mean"],
        examples: [.init("model small { conv 8; relu; globalavgpool; dense 3 }", setup: imageSetup)])
) { _, _ in GlobalAvgPool() }

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

extension Call {
    func extent(_ argument: String) -> Size? {
        switch arguments[argument] {
        case .number(let side): Size(Int(side))
        case .size(let extents): Size(height: extents[0], width: extents[1])
        default: nil
        }
    }

    fileprivate var padding: Padding {
        switch arguments["padding"] {
        case .number(let pixels): .explicit(Int(pixels))
        case .text("same"): .same
        default: .valid
        }
    }
}
