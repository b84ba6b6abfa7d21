import CommandLanguage
import Networks

/// The visible list of losses: a new one is a file in `Networks/Losses`, its word here, and one fixture.
let lossWords: [Word<any Loss>] = [
    crossEntropy, binaryCrossEntropy, focal, hinge, meanSquaredError, meanAbsoluteError, huber, dice,
    diceCrossEntropy,
]

private let setup = smallModelSetup

private let crossEntropy = Word<any Loss>(
    Signature(
        "cross-entropy", "Minus the logarithm of the probability that softmax gives the label.",
        details: """
            loss = −log softmax(z)[label] on logits z, as PyTorch's CrossEntropyLoss. With weights a label counts as \
            much as its class, and the mean is the weighted one; `balanced` takes labels / (classes · labels of the \
            class) of the training set, so that rare classes count as much as frequent ones; a class without \
            training images weighs 0. With label smoothing s the target is 1 − s at the label and s / classes \
            everywhere (Szegedy et al., 2016). The model ends in one number for each class, without an activation.
            """,
        keywords: [
            "softmax", "classification", "imbalance", "weights", "overconfident", "label smoothing", "nll",
        ],
        arguments: [
            Argument(
                "weights",
                .either([
                    .choice([
                        .init("equal", "every label counts 1"),
                        .init("balanced", "each class counts the same, by the training set"),
                    ]), .list(of: .number(.atLeast(0))),
                ]), "what a label of each class counts", default: .text("equal")),
            Argument(
                "label-smoothing", .number(.within(0...1)),
                "how much of the target is spread over all classes",
                default: .number(0)),
        ],
        examples: [
            .init("loss cross-entropy label-smoothing=0.1", setup: setup),
            .init("loss cross-entropy weights=balanced", setup: setup),
            .init("loss cross-entropy weights=[1, 2, 0.5]", setup: setup),
        ])
) { call, _ in
    CrossEntropy(weights: call.classWeights, labelSmoothing: call.float("label-smoothing"))
}

extension Call {
    fileprivate var classWeights: ClassWeights {
        switch value("weights") {
        case .list(let weights):
            .listed(weights.map { if case .number(let weight) = $0 { Float(weight) } else { 0 } })
        case .text("balanced"): .balanced
        default: .equal
        }
    }
}

private let binaryCrossEntropy = Word<any Loss>(
    Signature(
        "binary-cross-entropy", "Cross-entropy of each output's sigmoid, each class by itself.",
        details: """
            loss = −log p, mean over the outputs, where p = sigmoid(z) for the label's output and 1 − sigmoid(z) for \
            the others, as PyTorch's BCEWithLogitsLoss. Targets are one-hot: 1 for the label's class, 0 for the \
            others. Two classes may do with one output: its sigmoid is the probability of the second class.
            """,
        keywords: ["bce", "sigmoid", "two classes", "logits"],
        examples: [
            .init("loss binary-cross-entropy", setup: setup),
            .init(
                "loss binary-cross-entropy\nmodel two { flatten; dense 1 }\ntrain",
                setup: "data shapes size=12 count=60 classes=2"),
        ])
) { _, _ in BinaryCrossEntropy() }

private let focal = Word<any Loss>(
    Signature(
        "focal", "Binary cross-entropy that counts little what is right already.",
        details: """
            loss = −a · (1 − p)^gamma · log p, mean over the outputs, with p as in `binary-cross-entropy`; \
            a = alpha for the label's output and 1 − alpha for the others. As torchvision's sigmoid_focal_loss, not \
            the softmax form. For rare classes and many easy examples. (Lin et al., 2017)
            """,
        keywords: ["imbalance", "rare", "hard examples", "retinanet"],
        arguments: [
            Argument(
                "gamma", .number(.within(0...100)), "how little counts what is right; 0: all the same",
                default: .number(2)),
            Argument(
                "alpha", .either([.number(.within(0...1)), .choice([.init("off", "both count 1")])]),
                "what the label's output counts, the others 1 less that", default: .number(0.25)),
        ],
        examples: [.init("loss focal gamma=1", setup: setup), .init("loss focal alpha=off", setup: setup)])
) { call, _ in
    var alpha: Float?
    if case .number(let number) = call.value("alpha") { alpha = Float(number) }
    return Focal(alpha: alpha, gamma: call.float("gamma"))
}

private let hinge = Word<any Loss>(
    Signature(
        "hinge", "Ask the label's output to be a margin above every other one.",
        details: """
            loss = Σ max(0, margin − z[label] + z)^power over the other outputs, divided by the number of classes, as \
            PyTorch's MultiMarginLoss. Outputs are scores, not probabilities. (Weston & Watkins, 1999)
            """,
        keywords: ["margin", "svm", "multi-margin"],
        arguments: [
            Argument("margin", .number(.above(0)), "how far above is enough", default: .number(1)),
            Argument("power", .integer(1...2), "2 punishes large failures more", default: .number(1)),
        ],
        examples: [.init("loss hinge margin=0.5 power=2", setup: setup)])
) { call, _ in Hinge(margin: call.float("margin"), power: call.integer("power")) }

private let meanSquaredError = Word<any Loss>(
    Signature(
        "mse", "Squared distance of the outputs from one-hot targets.",
        details: """
            loss = (x − t)², mean over the outputs, as PyTorch's MSELoss; t is 1 for the label's class and 0 for the \
            others, x the output as it is: no softmax. It shows why classification has a loss of its own: it learns \
            more slowly than cross-entropy.
            """,
        keywords: ["l2 loss", "squared error", "regression"], examples: [.init("loss mse", setup: setup)])
) { _, _ in MeanSquaredError() }

private let meanAbsoluteError = Word<any Loss>(
    Signature(
        "mae", "Distance of the outputs from one-hot targets.",
        details: """
            loss = |x − t|, mean over the outputs, as PyTorch's L1Loss; t is 1 for the label's class and 0 for the \
            others, x the output as it is: no softmax. Forgives wrong labels, but learns slowly.
            """,
        keywords: ["l1 loss", "absolute error", "label noise", "regression"],
        examples: [.init("loss mae", setup: setup)])
) { _, _ in MeanAbsoluteError() }

private let huber = Word<any Loss>(
    Signature(
        "huber", "Squared distance from one-hot targets, and plain distance where it is large.",
        details: """
            With d = x − t: loss = d² / 2 where |d| <= delta, else delta · (|d| − delta / 2), mean over the outputs, as \
            PyTorch's HuberLoss; t is 1 for the label's class and 0 for the others, x the output as it is. (Huber, 1964)
            """,
        keywords: ["smooth l1", "robust", "regression"],
        arguments: [
            Argument("delta", .number(.above(0)), "from where on it is plain distance", default: .number(1))
        ],
        examples: [.init("loss huber delta=0.5", setup: setup)])
) { call, _ in Huber(delta: call.float("delta")) }

private let smooth = Argument(
    "smooth", .number(.atLeast(0)), "added above and below, so that rare classes do not jump",
    default: .number(1))

private let dice = Word<any Loss>(
    Signature(
        "dice", "How little predicted and true pixels of each class overlap.",
        details: """
            loss = 1 − (2 · Σ p·t + smooth) / (Σ p + Σ t + smooth), mean over the classes that the batch has labels of; \
            p is the softmax, t the one-hot target, and the sums run over all pixels of the batch, or over its images \
            where there are no masks. The background is a class, too. For segmentation: a small shape counts as much \
            as a large background. (Milletari, Navab & Ahmadi, 2016)
            """,
        keywords: ["segmentation", "masks", "overlap", "imbalance", "f1"], arguments: [smooth],
        examples: [.init("loss dice", setup: setup), .init("loss dice smooth=0", setup: setup)])
) { call, _ in Dice(smooth: call.float("smooth")) }

private let diceCrossEntropy = Word<any Loss>(
    Signature(
        "dice-cross-entropy", "The sum of dice and cross-entropy.",
        details: """
            The usual loss for segmentation: cross-entropy has calm gradients from the start, dice keeps small shapes \
            from being forgotten. (Isensee et al., 2021)
            """,
        keywords: ["segmentation", "masks", "unet"], arguments: [smooth],
        examples: [.init("loss dice-cross-entropy", setup: setup)])
) { call, _ in DiceCrossEntropy(smooth: call.float("smooth")) }
