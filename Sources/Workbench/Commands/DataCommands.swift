import CommandLanguage
import Datasets

let dataCommands: [Command<Session>] = [data, sample, normalize, augment]

private let data = Command<Session>(
    Signature(
        "data", "Load or draw the images to learn from.",
        details: """
            The training images are split once more: `validation` of them, evenly over the classes, are never trained \
            on; settings are chosen by them. Test images are for one measurement in the end. A model that fits the new \
            images is kept.

            Everything that chance decides depends on the seed. `imbalance` and `label-noise` change training images \
            alone, to see what they do; `show data` tells how many labels are wrong. The parts of `fold=1/5` ... \
            `fold=5/5` have no image in common and each class in equal share.
            """,
        topic: "Data",
        keywords: [
            "dataset", "images", "load", "mnist", "split", "cross-validation", "k-fold", "imbalance", "noise",
        ],
        arguments: selectionArguments + [
            Argument(
                "replace", .boolean, "drop a trained model that does not fit these images",
                default: .boolean(false))
        ],
        variants: dataWords.signatures(),
        result: [
            .init("name", "the word after `data`"), .init("train", "how many images to train on"),
            .init("validation", "how many to choose settings by"), .init("test", "how many to judge by"),
            .init("classes", "the classes' names"), .init("size", "the size of an image"),
        ])
) { call, session in
    let dataset: Dataset
    do {
        dataset = try Dataset(
            dataWords.make(call, session), selection: call.selection, seed: session.settings.seed)
    } catch let error as DatasetError where error.reason == .interrupted {
        throw CommandInterruption()
    }
    let dropped = try session.use(dataset, replacing: call.boolean("replace"))
    session.note(dataset.summaryLine)
    for remark in dataset.source.remarks { session.note(StyledText(remark, .warning)) }
    if !dataset.emptyClasses.isEmpty {
        session.note(StyledText("no training images of \(dataset.emptyClasses.shortList)", .warning))
    }
    if let dropped {
        session.note(StyledText("model `\(dropped)` does not fit these images: declare it anew", .warning))
    }
    return .record([
        "name": .text(dataset.name), "train": .number(Double(dataset.train.count)),
        "validation": .number(Double(dataset.validation.count)), "test": .number(Double(dataset.test.count)),
        "classes": .list(dataset.classes.map(Value.text)), "size": .size(dataset.imageShape.extents),
    ])
}

private let sample = Command<Session>(
    Signature(
        "sample", "Choose which training images make an epoch.",
        details: """
            `balanced` and `weighted` draw as many images as there are, with replacement: some come more than once, each \
            time augmented otherwise, and some not at all. A remedy for rare classes, as are `weights` of the loss.
            """,
        topic: "Data", keywords: ["sampler", "imbalance", "rare classes", "oversampling"],
        variants: [
            Signature(
                "shuffled", "Take each image once, in random order.",
                examples: [.init("sample shuffled", setup: smallModelSetup)]),
            Signature(
                "balanced", "Draw each class equally often.",
                examples: [.init("sample balanced", setup: smallModelSetup)]),
            Signature(
                "weighted", "Draw an image as often as its class's weight says.",
                details: "As PyTorch's WeightedRandomSampler with the weight of its class for each image.",
                arguments: [
                    Argument(
                        "weights", .list(of: .number(.atLeast(0))), .positional, "a weight for each class")
                ],
                examples: [.init("sample weighted [1, 2, 5]", setup: smallModelSetup)]),
        ])
) { call, session in
    let sampling: Sampling =
        switch call.path.last {
        case "balanced": .balanced
        case "weighted": .weighted(call.numbers("weights"))
        default: .shuffled
        }
    try session.use(sampling)
    session.note("sample \(sampling)")
    return .nothing
}

private let normalize = Command<Session>(
    Signature(
        "normalize", "Give each channel zero mean and unit deviation, or leave pixels in 0..1.",
        details: """
            x = (pixel / 255 − mean) / deviation, both measured per channel on the training images. On from the start; \
            `normalize off` shows what it is good for.
            """,
        topic: "Data", keywords: ["normalise", "standardize", "scale", "stuck", "slow"],
        arguments: [
            Argument(
                "to", .choice([.init("on", "zero mean, unit deviation"), .init("off", "pixels in 0..1")]),
                .positional, "whether to", default: .text("on"))
        ],
        examples: [.init("normalize off", setup: smallDataSetup)])
) { call, session in
    let report = session.use(normalizes: call.text("to") == "on")
    session.note("normalize \(call.text("to"))")
    session.note(report)
    return .nothing
}

private let augment = Command<Session>(
    Signature(
        "augment", "Change training images at random each time they are seen.",
        details: """
            In the order of the block, on background threads, from the random stream `augment`; never on validation \
            or test images. `augment` without a block ends it. A remedy for too little data and for overfitting; \
            `show augment` draws what it does. What moves in from outside has the mean colour; in \
            segmentation the masks move along. `mixup` and `cutmix` come last, when all images of a batch are made.
            """,
        topic: "Data", keywords: ["augmentation", "overfitting", "gap", "more data"],
        block: .init(isRequired: false, noun: "augmentation", vocabulary: augmentationWords.signatures()),
        examples: [
            .init("augment { flip; shift 2 }", setup: smallDataSetup),
            .init(
                "augment { crop padding=2; choice { rotate 10; zoom; shear }; jitter }", setup: smallDataSetup
            ),
            "augment",
        ])
) { call, session in
    let augmentations = try (call.block ?? []).map { try augmentationWords.make($0, session) }
    let report = try session.use(augmentations)
    session.note(
        augmentations.isEmpty
            ? "no augmentation" : "augment: \(augmentations.map { "\($0)" }.joined(separator: "; "))")
    session.note(report)
    return .nothing
}
