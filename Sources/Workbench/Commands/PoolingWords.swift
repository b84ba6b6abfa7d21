import CommandLanguage
import Networks
import Tensors

private let topic = "Layers"

/// Before each example: images of 12x12x1, three classes.
private let imageSetup = smallDataSetup

let globalavgpool = Word<any Layer>(
    Signature(
        "globalavgpool", "Take the mean of each channel over the whole image.",
        details: """
            In: HxWxC. Out: C features; the usual end of a residual network. As PyTorch's AdaptiveAvgPool2d(1) with a \
            Flatten after it. (Lin, Chen & Yan, 2014)
            """,
        topic: topic, keywords: ["pooling", "head", "mean"],
        examples: [.init("model small { conv 8; relu; globalavgpool; dense 3 }", setup: imageSetup)])
) { _, _ in GlobalAvgPool() }

let globalmaxpool = Word<any Layer>(
    Signature(
        "globalmaxpool", "Keep the largest value of each channel of the whole image.",
        details:
            "y[c] = max x[h, w, c] over all h and w. In: HxWxC. Out: C features. As PyTorch's AdaptiveMaxPool2d(1) with a Flatten after it.",
        topic: topic, keywords: ["pooling", "head", "maximum"],
        examples: [.init("model small { conv 8; relu; globalmaxpool; dense 3 }", setup: imageSetup)])
) { _, _ in GlobalMaxPool() }

let adaptiveavgpool = Word<any Layer>(
    Signature(
        "adaptiveavgpool", "Take means over as many windows as the output is to have pixels.",
        details: """
            In: HxWxC. Out: H'xW'xC, whatever the size of the images: row y is the mean of the rows from ⌊y·H / H'⌋ up to \
            ⌈(y + 1)·H / H'⌉. As PyTorch's AdaptiveAvgPool2d.
            """,
        topic: topic, keywords: ["pooling", "size", "resize", "mean"],
        arguments: [Argument("size", extent, .positional, "height and width of the output")],
        examples: [
            .init("model any { conv 8; relu; adaptiveavgpool 3x3; flatten; dense 3 }", setup: imageSetup)
        ])
) { call, _ in AdaptiveAvgPool2D(output: call.extent("size") ?? 1) }

private func pool(
    _ name: String, _ summary: String, details: String, keywords: [String], arguments: [Argument] = [],
    make: @escaping @Sendable (_ window: Size, _ stride: Size, Call) -> any Layer
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
            ] + arguments,
            examples: [.init("model small { conv 8; relu; \(name) 2; flatten; dense 3 }", setup: imageSetup)])
    ) { call, _ in
        let window = call.extent("window") ?? 2
        return make(window, call.extent("stride") ?? window, call)
    }
}

let maxpool = pool(
    "maxpool", "Keep the largest value of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. A window has at most 255 pixels. As \
        PyTorch's MaxPool2d.
        """,
    keywords: ["pooling", "downsample"]
) { MaxPool2D(kernel: $0, stride: $1, padding: $2.padding) }

let avgpool = pool(
    "avgpool", "Take the mean of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. As PyTorch's AvgPool2d.
        """,
    keywords: ["pooling", "downsample", "mean"],
    arguments: [
        Argument(
            "count-padding", .boolean, "whether zeros of the padding count in the mean",
            default: .boolean(true))
    ]
) { AvgPool2D(kernel: $0, stride: $1, padding: $2.padding, countsPadding: $2.boolean("count-padding")) }
