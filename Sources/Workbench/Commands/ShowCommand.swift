import CommandLanguage
import Training

let showCommands: [Command<Session>] = [show]

/// The visible list of things to look at: a new one is a word here.
private let showWords: [Word<[Displayable]>] =
    [
        settings, model, plan, data, images, augment, history, classes, confusion,
    ] + lookWords

private let show = Command<Session>(
    Signature(
        "show", "Look at the model, the data, the settings or the history.", topic: "Looking",
        keywords: ["inspect", "print", "summary", "table"], variants: showWords.signatures())
) { call, session in
    for displayable in try showWords.make(call, session) { session.sink?.show(displayable) }
    return .nothing
}

private let settings = Word<[Displayable]>(
    Signature(
        "settings", "List what training would use now.", keywords: ["optimizer", "rate", "batch", "seed"],
        examples: [.init("show settings", setup: smallModelSetup)])
) { _, session in [.table(session.settingsTable)] }

private let model = Word<[Displayable]>(
    Signature(
        "model", "List the layers: what comes out of each, and what it costs.",
        details: """
            Multiply-adds are those of one image's forward pass. Memory is that of a layer's output for a batch, its weights, \
            their gradients and what the optimizer remembers of them.
            """,
        keywords: ["layers", "parameters", "shapes", "size"],
        examples: [.init("show model", setup: smallModelSetup)])
) { _, session in
    let trainer = try session.requireTrainer()
    return [
        .table(
            trainer.network.table(
                trainer.layerRates, batchSize: trainer.batchSize, slots: trainer.optimizer.slotNames.count))
    ]
}

private let plan = Word<[Displayable]>(
    Signature(
        "plan", "Time each operation of a training step: which layers it does at once, how, how fast.",
        details: """
            Runs some steps on random images with a copy of the model's plan; the model itself is not touched. GFLOP/s \
            count two operations for each multiply-add: those of the forward pass, of the weights' gradient, and, where \
            an earlier layer learns, of the input's.
            """,
        keywords: ["speed", "slow", "winograd", "algorithm", "profile"],
        examples: [.init("show plan", setup: smallModelSetup)])
) { _, session in [.table(try session.measurePlan().table)] }

private let data = Word<[Displayable]>(
    Signature(
        "data", "Count the images of each class and split.", keywords: ["classes", "balance", "imbalance"],
        examples: [.init("show data", setup: smallDataSetup)])
) { _, session in
    let dataset = try session.requireData()
    return [.table(try dataset.table()), .text(dataset.summaryLine)]
        + (dataset.noiseLine.map { [.text($0)] } ?? [])
}

private let images = Word<[Displayable]>(
    Signature(
        "images", "Draw images, the classes in turn or those of one.",
        details: "In segmentation with their masks, a colour for each class.",
        keywords: ["pictures", "samples", "look"],
        arguments: [
            Argument("count", .integer(1...200), .positional, "how many", default: .number(8)),
            Argument("label", .imageClass, "only of this class: its name or number", isOptional: true),
            Argument("of", measuredImages.kind, "which images", default: .text("train")),
        ],
        examples: [
            .init("show images 3", setup: smallDataSetup),
            .init("show images label=circle of=test", setup: smallDataSetup),
        ])
) { call, session in
    let dataset = try session.requireData()
    let (name, count) = (call.text("of"), call.integer("count"))
    let set = try dataset.filledSet(named: name)
    let label = try call.classNumber("label", in: dataset)
    if label != nil, dataset.isSegmentation { throw LookRefusal.labelsOfPixels }
    let samples =
        label.map { label in Array(set.labels.indices.filter { set.labels[$0] == label }.prefix(count)) }
        ?? dataset.samples(count, of: set)
    if let label, samples.isEmpty {
        throw LookRefusal.noImage(0, count: 0, set: name, label: dataset.classes[label])
    }
    let images = Displayable.image(try dataset.grid(samples, of: set))
    guard let masks = try dataset.maskGrid(samples, of: set) else { return [images] }
    return [images, .image(masks), .text(dataset.maskLegend)]
}

private let augment = Word<[Displayable]>(
    Signature(
        "augment", "Draw training images before and after `augment`, several times.",
        details: """
            A row for each image: as it is, then as training would see it in its first epochs, with its mask in \
            segmentation. Of mixed images the caption gives the share of each class.
            """,
        keywords: ["augmentation", "pictures", "before", "after"],
        arguments: [
            Argument("count", .integer(1...50), .positional, "how many images", default: .number(3)),
            Argument("draws", .integer(1...50), "how often each is changed", default: .number(3)),
        ],
        examples: [
            .init("show augment", setup: smallDataSetup + "\naugment { flip; rotate 20; noise }"),
            .init("show augment 2 draws=5", setup: smallDataSetup + "\naugment { mixup }"),
        ])
) { call, session in
    let dataset = try session.requireData()
    let samples = dataset.samples(call.integer("count"), of: dataset.train)
    return try session.augmentedGrids(samples, draws: call.integer("draws")).map(Displayable.image)
}

private let history = Word<[Displayable]>(
    Signature(
        "history", "List the epochs so far: loss, accuracy, rate and time.",
        keywords: ["epochs", "log", "curve"],
        examples: [.init("show history", setup: trainedSetup)])
) { _, session in [.table(try session.requireHistory().table)] }

private let classes = Word<[Displayable]>(
    Signature(
        "classes", "Measure each class: precision, recall, F1 and what else there is.",
        details: """
            Recall is the share of a class's labels that were taken for it, precision the share of its answers that \
            were right, F1 their harmonic mean, AUC the area under the ROC curve of the class against all others, IoU \
            the intersection over the union of predicted and true pixels.
            """,
        keywords: ["precision", "recall", "f1", "auc", "iou", "metrics", "report"],
        arguments: [measuredImages],
        examples: [
            .init("show classes", setup: trainedSetup), .init("show classes test", setup: trainedSetup),
        ])
) { call, session in
    let name = call.text("images")
    let evaluation = try session.evaluate(name)
    return [.table(evaluation.classTable(named: name, classes: try session.requireTrainer().dataset.classes))]
}

private let confusion = Word<[Displayable]>(
    Signature(
        "confusion", "Count which classes are taken for which, and list the worst pairs.",
        details:
            "Rows are the true classes, columns what they were taken for; where the numbers do not fit, their shades.",
        keywords: ["mistakes", "errors", "mixed up", "matrix", "wrong"], arguments: [measuredImages],
        examples: [.init("show confusion test", setup: trainedSetup)])
) { call, session in
    let name = call.text("images")
    let evaluation = try session.evaluate(name)
    let classes = try session.requireTrainer().dataset.classes
    return evaluation.confusionDisplay(named: name, classes: classes)
}
