import CommandLanguage
import Networks

private let topic = "Layers"

/// Before each example: images of 12x12x1, three classes.
private let imageSetup = smallDataSetup

let conv = Word<any Layer>(
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
