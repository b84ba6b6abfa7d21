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

let maxpool = pool(
    "maxpool", "Keep the largest value of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. A window has at most 255 pixels. As \
        PyTorch's MaxPool2d.
        """,
    keywords: ["pooling", "downsample"]
) { MaxPool2D(kernel: $0, stride: $1, padding: $2) }

let avgpool = pool(
    "avgpool", "Take the mean of each window.",
    details: """
        In: HxWxC. Out: H'xW'xC, H' = ⌊(H + 2·padding − window) / stride⌋ + 1. As PyTorch's AvgPool2d: zeros of \
        the padding count.
        """,
    keywords: ["pooling", "downsample", "mean"]
) { AvgPool2D(kernel: $0, stride: $1, padding: $2) }
