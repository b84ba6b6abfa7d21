import CommandLanguage
import Datasets
import Diagnosis
import Networks
import Training

/// What `show` draws of a trained model: what it gets wrong, what its layers see, and why.
let lookWords: [Word<[Displayable]>] = [mistakes, filters, activations, saliency, histograms, optimizer]

/// All of them leave the model as it is.
private let untouched = "The training goes on afterwards as if nothing had been looked at."

private let mistakes = Word<[Displayable]>(
    Signature(
        "mistakes", "Draw the images that the model gets wrong, the largest losses first.",
        details: """
            Each with what it is, what it was taken for, and how likely the model found both. In segmentation an image is \
            followed by its true and its predicted mask. `show saliency mistake=1` asks why, with the same `label` and \
            `predicted`. \(untouched)
            """,
        keywords: ["errors", "wrong", "worst", "top losses", "label noise", "misclassified", "taken for"],
        arguments: [Argument("count", .integer(1...200), .positional, "how many", default: .number(8))]
            + mistakeArguments,
        examples: [
            .init("show mistakes 3", setup: trainedSetup),
            .init("show mistakes of=train", setup: trainedSetup),
            .init("show mistakes label=circle predicted=square of=train", setup: trainedSetup),
        ])
) { call, session in
    let found = try session.mistakes(call, most: call.integer("count"))
    let dataset = try session.requireTrainer().dataset
    return try dataset.show(found, of: call.text("of"), summary: try session.summary(of: found, call))
}

private let filters = Word<[Displayable]>(
    Signature(
        "filters", "Draw the filters of a convolution.",
        details: """
            Of one input channel in grey, of three in colour: 0 is grey, black and white (or each colour) are the most \
            negative and most positive weights of the layer. Of more channels each filter is drawn as the length of its \
            weights over the channels, black for 0; `filter=3` draws the channels of one. The caption is a filter's number and \
            norm.
            """,
        keywords: ["weights", "kernels", "convolution", "pictures", "features"],
        arguments: [
            Argument("layer", .layer, .positional, "a convolution, named as in `show model`"),
            Argument("filter", .integer(0...65_535), "only this one, channel by channel", isOptional: true),
            Argument("count", .integer(1...4096), "at most so many pictures", default: .number(64)),
        ],
        examples: [
            .init("show filters conv1", setup: smallModelSetup),
            .init(
                "show filters conv2 filter=1",
                setup: smallDataSetup + "\nmodel two { conv 4; relu; conv 3; relu; globalavgpool; dense 3 }"),
        ])
) { call, session in
    let network = try session.requireTrainer().network
    let layer = network.layers[try session.layerIndex(call.text("layer"), argument: "layer")]
    guard let filters = Filters(of: layer) else {
        throw LookRefusal.notConvolution(
            layer.name, convolutions: network.layers.filter { Filters(of: $0) != nil }.map(\.name))
    }
    let count = call.integer("count")
    guard let filter = call.optionalInteger("filter") else { return filters.pictures(atMost: count) }
    guard filter < filters.count else { throw LookRefusal.noFilter(filter, count: filters.count) }
    return filters.channelPictures(of: filter, atMost: count)
}

private let activations = Word<[Displayable]>(
    Signature(
        "activations", "Draw what a layer makes of one image, channel by channel.",
        details: """
            In evaluation: running statistics, no dropout. All maps have one scale, from the layer's smallest number, or \
            0 if none is negative, in black to its largest in white; the caption is the channel and the range of its own \
            numbers. \(untouched)
            """,
        keywords: ["feature maps", "maps", "pictures", "dead"],
        arguments: [
            Argument("layer", .layer, .positional, "a layer that gives maps, named as in `show model`")
        ] + imageArguments + [
            Argument("count", .integer(1...4096), "at most so many maps", default: .number(16))
        ],
        examples: [
            .init("show activations relu1 image=3", setup: trainedSetup),
            .init("show activations conv1 label=circle of=train count=2", setup: trainedSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let layer = try session.mapLayer(call.text("layer"))
    let image = try session.chosenImage(call)
    let found = try ActivationMaps(
        of: trainer, layer: layer, image: image.index, of: image.set, shouldStop: session.shouldStop)
    guard let found else { throw CommandInterruption() }
    return [
        .text(trainer.dataset.line(found.answer, image)),
        .image(try trainer.dataset.original(image)),
    ] + found.pictures(atMost: call.integer("count"))
}

private let saliency = Word<[Displayable]>(
    Signature(
        "saliency", "Draw where in an image the model sees a class: its gradient and Grad-CAM.",
        details: """
            The score S of a class is the output for it, before any softmax; in segmentation the sum over the pixels taken \
            for it. Gradient: the largest |dS / dx| over the channels of each pixel (Simonyan, Vedaldi & Zisserman, 2014): \
            pixels that would change the score most. Grad-CAM: max(Σ aₖ Aₖ, 0) over the maps A of a layer, \
            aₖ the mean of dS / dAₖ (Selvaraju et al., 2017): regions that speak for the class, as coarse as the layer. \
            Both in evaluation: running statistics, no dropout. \(untouched)
            """,
        keywords: [
            "grad-cam", "gradient", "explain", "why", "attention", "heat map", "shortcut", "interpret",
        ],
        arguments: imageArguments + [
            Argument(
                "class", .imageClass,
                "which class, by name or number; the predicted one unless given", isOptional: true),
            Argument(
                "layer", .layer, "the layer that Grad-CAM asks; the last convolution unless given",
                isOptional: true),
        ],
        examples: [
            .init("show saliency image=3", setup: trainedSetup),
            .init("show saliency label=square class=circle layer=relu1", setup: trainedSetup),
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let target = try call.classNumber("class", in: trainer.dataset)
    let layer =
        try call.optionalText("layer").map { try session.mapLayer($0) } ?? trainer.network.lastConvolution
    let image = try session.chosenImage(call)
    let found = try Explanation(
        of: trainer, image: image.index, of: image.set, target: target, layer: layer,
        shouldStop: session.shouldStop)
    guard let found else { throw CommandInterruption() }
    return [.text(trainer.dataset.line(found.answer, image)), .text(found.words(trainer.dataset.classes))]
        + [.image(found.pictures(of: try trainer.dataset.original(image), trainer.dataset.classes))]
}

private let optimizer = Word<[Displayable]>(
    Signature(
        "optimizer", "Look at what the optimizer remembers, and how far it moves each parameter.",
        details: """
            Of each slot (momentum, moments) the Euclidean norm, then the memory of all. `change` is the mean |change| of a \
            number in the last step, or in the next one, which is tried and taken back; `of rate` is that over the rate: \
            about 1 for Adam where gradients agree from step to step, less where they do not; for plain gradient descent the \
            mean |gradient|.
            """,
        keywords: ["momentum", "adam", "slots", "moments", "step size", "memory", "state"],
        examples: [.init("show optimizer", setup: trainedSetup)])
) { _, session in
    let trainer = try session.requireTrainer()
    let statistics = try OptimizerStatistics(of: trainer)
    return [.text(session.optimizerLine(statistics)), .table(statistics.table)]
}

extension Session {
    /// The index of a layer whose output has a height and a width.
    fileprivate func mapLayer(_ name: String) throws -> Int {
        let layers = try requireTrainer().network.layers
        let index = try layerIndex(name, argument: "layer")
        guard layers[index].output.rank == 3 else {
            throw LookRefusal.noMaps(
                name, layers[index].output, fitting: layers.filter { $0.output.rank == 3 }.map(\.name))
        }
        return index
    }
}

extension Network {
    /// The index of the last layer that is a convolution.
    fileprivate var lastConvolution: Int? { layers.lastIndex { Filters(of: $0) != nil } }
}
