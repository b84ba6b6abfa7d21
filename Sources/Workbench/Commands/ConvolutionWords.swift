import CommandLanguage
import Networks
import Tensors

private let topic = "Layers"

/// Before each example: images of 12x12x1, three classes.
private let imageSetup = smallDataSetup

private let filters = Argument(
    "filters", .integer(1...65_536), .positional, "how many filters (output channels)")

private let dilation = Argument(
    "dilation", extent, "how far apart the pixels are that a filter reads", default: .number(1))

private let groups = Argument(
    "groups", .integer(1...65_536), "how many parts the channels and the filters are cut into",
    default: .number(1))

private let bias = Argument(
    "bias", .boolean, "add a learned number to each filter's output", default: .boolean(true))

let conv = Word<any Layer>(
    Signature(
        "conv", "Convolve the image with learned filters.",
        details: """
            y[h, w, f] = bias[f] + Σ x[h·stride + i·dilation − padding, w·stride + j·dilation − padding, c] · \
            weight[f, c, i, j]. In: HxWxC. Out: H'xW'x`filters`, \
            H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1. As PyTorch's Conv2d, except that images lie \
            channels last in memory. Leave out the bias where batchnorm follows: it has its own. (LeCun et al., 1989)

            With `groups` a filter reads only the channels of its own part, of C / `groups`; with as many groups as \
            channels and filters the convolution is depthwise, and a `conv` with kernel=1 after it mixes the channels. \
            (Howard et al., 2017) With `dilation` it sees further without more weights. (Yu & Koltun, 2016)
            """,
        topic: topic,
        keywords: [
            "convolution", "filter", "kernel", "feature", "depthwise", "grouped", "atrous", "receptive field",
        ],
        arguments: [
            filters,
            Argument("kernel", extent, "height and width of a filter", default: .number(3)),
            Argument("stride", extent, "how far the filter moves", default: .number(1)),
            padding, dilation, groups, bias,
        ],
        examples: [
            .init("model small { conv 8 kernel=3 padding=same; relu; flatten; dense 3 }", setup: imageSetup),
            .init(
                "model strided { conv 8 kernel=5 stride=2 bias=false; batchnorm; relu; flatten; dense 3 }",
                setup: imageSetup),
            .init(
                "model separable { conv 8; relu; conv 8 groups=8; conv 16 kernel=1; relu; flatten; dense 3 }",
                setup: imageSetup),
            .init("model wide { conv 8 dilation=2 padding=same; relu; flatten; dense 3 }", setup: imageSetup),
        ])
) { call, _ in
    Conv2D(
        filters: call.integer("filters"), kernel: call.extent("kernel") ?? 3,
        stride: call.extent("stride") ?? 1, padding: call.padding, dilation: call.extent("dilation") ?? 1,
        groups: call.integer("groups"), bias: call.boolean("bias"))
}

let convtranspose = Word<any Layer>(
    Signature(
        "convtranspose", "Make the image larger with learned filters.",
        details: """
            The convolution's gradient as a layer: each pixel adds the filter times itself to the output, `stride` pixels \
            further on than its neighbour. In: HxWxC. Out: H'xW'x`filters`, \
            H' = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + output-padding + 1: `kernel=2 stride=2` doubles, \
            and so does `kernel=3 stride=2 padding=1 output-padding=1`. As PyTorch's ConvTranspose2d. A kernel that the \
            stride does not divide leaves a chequered pattern; `upsample` and `conv` do not. (Zeiler et al., 2010)
            """,
        topic: topic,
        keywords: ["deconvolution", "transposed", "upsample", "decoder", "unet", "segmentation"],
        arguments: [
            filters,
            Argument("kernel", extent, "height and width of a filter", default: .number(3)),
            Argument("stride", extent, "how far apart the output's filters lie", default: .number(1)),
            Argument(
                "padding", .integer(0...1024, unit: "pixels"), "rim of the output that is cut off",
                default: .number(0)),
            Argument(
                "output-padding", .integer(0...63, unit: "pixels"),
                "rows and columns more below and to the right, fewer than the stride", default: .number(0)),
            dilation, groups, bias,
        ],
        examples: [
            .init(
                "model back { conv 8 kernel=2 stride=2; relu; convtranspose 4 kernel=2 stride=2; flatten; dense 3 }",
                setup: imageSetup)
        ])
) { call, _ in
    ConvTranspose2D(
        filters: call.integer("filters"), kernel: call.extent("kernel") ?? 3,
        stride: call.extent("stride") ?? 1, padding: call.integer("padding"),
        outputPadding: call.integer("output-padding"), dilation: call.extent("dilation") ?? 1,
        groups: call.integer("groups"), bias: call.boolean("bias"))
}

let upsample = Word<any Layer>(
    Signature(
        "upsample", "Make the image larger by repeating or blending pixels.",
        details: """
            In: HxWxC. Out: H'xW'xC. `upsample 2` doubles height and width; `upsample 24x24` gives this size, which may \
            also be smaller. Nearest: row y is row ⌊y·H / H'⌋. Bilinear: it lies at (y + ½)·H / H' − ½ between two rows. As \
            PyTorch's Upsample with align_corners=False.
            """,
        topic: topic, keywords: ["resize", "interpolate", "enlarge", "decoder", "unet", "segmentation"],
        arguments: [
            Argument(
                "size", .either([.integer(1...64), .size(2...2)]), .positional,
                "so many times as large, or the size itself", default: .number(2)),
            Argument(
                "mode",
                .choice([
                    .init("nearest", "repeat the nearest pixel"),
                    .init("bilinear", "blend the four around it"),
                ]), "how pixels between pixels are made", default: .text("nearest")),
        ],
        examples: [
            .init(
                "model bridge { conv 8 stride=2; relu; upsample 2 mode=bilinear; conv 4; flatten; dense 3 }",
                setup: imageSetup),
            .init("model fixed { conv 8; upsample 24x24; maxpool 2; flatten; dense 3 }", setup: imageSetup),
        ])
) { call, _ in
    let mode: Upsample.Mode = call.text("mode") == "bilinear" ? .bilinear : .nearest
    guard case .size(let extents) = call.value("size") else {
        return Upsample(.factor(call.integer("size")), mode: mode)
    }
    return Upsample(.size(Size(height: extents[0], width: extents[1])), mode: mode)
}
