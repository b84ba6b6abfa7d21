import CommandLanguage
import Networks

/// The visible list of normalisations: a new one is a file in `Networks/Layers`, its word here, one test case.
let normalizationWords: [Word<any Layer>] = [batchnorm, groupnorm, layernorm]

private let epsilon = Argument(
    "epsilon", .number(.above(0)), "keeps the division away from zero", default: .number(1e-5))

private let affine = Argument(
    "affine", .boolean, "learn a weight and a bias for each channel", default: .boolean(true))

private let batchnorm = Word<any Layer>(
    Signature(
        "batchnorm", "Normalise each channel over the batch, then scale and shift it by learned numbers.",
        details: """
            y = weight · (x − mean) / √(variance + epsilon) + bias. In training mean and variance are the batch's; \
            in evaluation they are running means, running = (1 − momentum) · running + momentum · batch. Use batches \
            of 8 or more; of a single value per channel the output is the bias, and the running means stay. As PyTorch's BatchNorm2d and BatchNorm1d. (Ioffe & Szegedy, 2015)
            """,
        topic: "Layers", keywords: ["batch normalisation", "normalization", "bn", "stuck", "slow"],
        arguments: [
            Argument(
                "momentum", .number(.within(0...1)), "weight of the newest batch in the running means",
                default: .number(0.1)),
            epsilon, affine,
        ],
        examples: [
            .init(
                "model small { conv 8 bias=false; batchnorm; relu; flatten; dense 3 }", setup: smallDataSetup)
        ])
) { call, _ in
    BatchNorm(
        momentum: call.float("momentum"), epsilon: call.float("epsilon"), affine: call.boolean("affine"))
}

private let groupnorm = Word<any Layer>(
    Signature(
        "groupnorm",
        "Normalise groups of each image's channels, then scale and shift them by learned numbers.",
        details: """
            y = weight · (x − mean) / √(variance + epsilon) + bias, with the mean and variance of a group of \
            neighbouring channels over all pixels of one image, in training and in evaluation. Needs no batch: a remedy \
            where batches are too small for batchnorm. One group is the whole image; a group for each channel is \
            instance normalisation. As PyTorch's GroupNorm. (Wu & He, 2018)
            """,
        topic: "Layers", keywords: ["group normalisation", "normalization", "gn", "instance", "small batch"],
        arguments: [
            Argument(
                "groups", .integer(1...65_536), .positional,
                "how many groups; they divide the channels evenly"),
            epsilon, affine,
        ],
        examples: [
            .init(
                "model small { conv 8 bias=false; groupnorm 4; relu; flatten; dense 3 }",
                setup: smallDataSetup)
        ])
) { call, _ in
    GroupNorm(
        groups: call.integer("groups"), epsilon: call.float("epsilon"), affine: call.boolean("affine"))
}

private let layernorm = Word<any Layer>(
    Signature(
        "layernorm", "Normalise the channels of each pixel, then scale and shift them by learned numbers.",
        details: """
            y = weight · (x − mean) / √(variance + epsilon) + bias, with the mean and variance over the channels of one \
            pixel, or over all features. As PyTorch's LayerNorm(C) on images with the channels last (ConvNeXt's \
            LayerNorm2d) and LayerNorm(features). To normalise over the whole image take `groupnorm 1`. \
            (Ba, Kiros & Hinton, 2016)
            """,
        topic: "Layers", keywords: ["layer normalisation", "normalization", "ln", "small batch"],
        arguments: [epsilon, affine],
        examples: [
            .init("model small { conv 8; layernorm; gelu; flatten; dense 3 }", setup: smallDataSetup)
        ])
) { call, _ in LayerNorm(epsilon: call.float("epsilon"), affine: call.boolean("affine")) }
