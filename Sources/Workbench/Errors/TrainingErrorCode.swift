import CommandLanguage
import Networks
import Tensors
import Training

/// What is wrong with a model, or keeps it from being trained.
enum TrainingErrorCode: String, ErrorCode {
    case layerMisfits = "layer-misfits"
    case layerNamedTwice = "layer-named-twice"
    case lastLayer = "last-layer"
    case classWeights = "class-weights"
    case trainingSetting = "training-setting"
    case imageShape = "image-shape"
    case emptySet = "empty-set"
    case noMetric = "no-metric"
    case singleValue = "single-value"
    case batchTooLarge = "batch-too-large"

    var explanation: ErrorExplanation {
        switch self {
        case .layerMisfits:
            .init(
                """
                The layer cannot take what the one before it gives. The message says what comes in and what is needed. \
                Mostly `flatten` is missing before `dense`, or a map has become smaller than the next kernel: then pool \
                less, or pad with `padding=same`. `show model` lists the shapes of a model that fits.
                """,
                wrong: "model m { conv 4; dense 3 }", right: "model m { conv 4; flatten; dense 3 }",
                setup: smallDataSetup)
        case .layerNamedTwice:
            .init(
                "Layers are found by their names, so no two have the same.",
                wrong: "model m { relu name=a; relu name=a; flatten; dense 3 }",
                right: "model m { relu name=a; relu name=b; flatten; dense 3 }", setup: smallDataSetup)
        case .lastLayer:
            .init(
                """
                The model ends in another number of values than the loss needs for these classes: one for each, or one \
                map for each if pixels have classes. The message says which layer would end it rightly.
                """,
                wrong: "model m { flatten; dense 10 }", right: "model m { flatten; dense 3 }",
                setup: smallDataSetup)
        case .classWeights:
            .init(
                """
                A weighted loss has one weight for each class, in the order of the classes. `balanced` computes them \
                from how often each class occurs.
                """,
                wrong: "loss cross-entropy weights=[1, 2]", right: "loss cross-entropy weights=[1, 2, 1]",
                setup: smallModelSetup)
        case .trainingSetting:
            .init(
                """
                A number fits its own range, but not together with another: Nesterov's momentum without momentum, for \
                instance. The message says what it may be here.
                """,
                wrong: "optimizer sgd nesterov=true", right: "optimizer sgd momentum=0.9 nesterov=true",
                setup: smallModelSetup)
        case .imageShape:
            .unstaged(
                "The model was declared for images of another size. Declare it anew: it takes its input from the data.",
                wrong: "evaluate test", right: "model m { flatten; dense 3 }\nevaluate test")
        case .emptySet:
            .init(
                """
                The data have no images for this: no validation or no test set was split off. `show data` tells how many \
                there are of each.
                """,
                wrong: "evaluate validation", right: "evaluate test",
                setup:
                    "data shapes size=12 count=120 classes=3 channels=1 validation=0\nmodel m { flatten; dense 3 }"
            )
        case .noMetric:
            .init(
                """
                A schedule or `early-stopping` follows a metric that these data cannot give: without validation images \
                there is no validation loss.
                """,
                wrong: "early-stopping on metric=loss\ntrain 1",
                right: "early-stopping on metric=train-loss\ntrain 1",
                setup:
                    "data shapes size=12 count=120 classes=3 channels=1 validation=0\nmodel m { flatten; dense 3 }"
            )
        case .singleValue:
            .init(
                """
                Batch norm subtracts the mean over the batch, so behind a dense layer a batch of one image leaves nothing \
                but the bias. Take larger batches, or a norm within each image: `groupnorm`, `layernorm`.
                """,
                wrong: "model m { flatten; dense 4; batchnorm; dense 3 }\nbatch 1\ntrain 1",
                right: "model m { flatten; dense 4; batchnorm; dense 3 }\nbatch 8\ntrain 1",
                setup: smallDataSetup)
        case .batchTooLarge:
            .unstaged(
                """
                What a batch needs in this model, activations and gradients included, is more than the free memory. \
                Use a smaller `batch`; `batch find` tries sizes.
                """,
                wrong: "batch 100000\ntrain 1", right: "batch 64\ntrain 1")
        }
    }
}

extension ShapeError {
    package var code: any ErrorCode {
        switch reason {
        case .input: TrainingErrorCode.layerMisfits
        case .nameTwice: TrainingErrorCode.layerNamedTwice
        }
    }
}

extension LossError {
    var code: any ErrorCode {
        switch self {
        case .output: TrainingErrorCode.lastLayer
        case .weightCount: TrainingErrorCode.classWeights
        case .setting: TrainingErrorCode.trainingSetting
        }
    }
}

extension TrainingError {
    package var code: any ErrorCode {
        switch self {
        case .setting: TrainingErrorCode.trainingSetting
        case .imageShape: TrainingErrorCode.imageShape
        case .output(let error): error.code
        case .emptySet: TrainingErrorCode.emptySet
        case .noMetric: TrainingErrorCode.noMetric
        case .singleValue: TrainingErrorCode.singleValue
        case .data(let error): error.code
        case .batchTooLarge: TrainingErrorCode.batchTooLarge
        }
    }
}
