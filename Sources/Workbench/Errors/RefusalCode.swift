import CommandLanguage

/// What the workbench itself refuses.
enum RefusalCode: String, ErrorCode {
    case noData = "no-data"
    case noModel = "no-model"
    case nothingTrained = "nothing-trained"
    case noAugmentation = "no-augmentation"
    case unknownLayer = "unknown-layer"
    case afterOrBefore = "after-or-before"
    case nothingToLearn = "nothing-to-learn"
    case sameAsWhat = "same-as-what"
    case nothingAveraged = "nothing-averaged"
    case oneCycleLength = "onecycle-length"
    case negativeRate = "negative-rate"
    case scheduleFollowsMetric = "schedule-follows-metric"
    case epochsWithoutSchedule = "epochs-without-schedule"
    case stepOrder = "step-order"
    case notYet = "not-yet"
    case nothingToMeasure = "nothing-to-measure"
    case filesApart = "files-apart"
    case classesWithoutMasks = "classes-without-masks"
    case unknownCurve = "unknown-curve"
    case notCurve = "not-a-curve"
    case notMeasured = "not-measured"
    case tooManyGuesses = "too-many-guesses"
    case emptyModel = "empty-model"
    case unknownModel = "unknown-model"
    case onlyAndExcept = "only-and-except"
    case noBatchLeft = "no-batch-left"
    case notWeights = "not-weights"
    case severalShortcuts = "several-shortcuts"
    case schemeArgument = "scheme-argument"
    case trainedModelMisfits = "trained-model-misfits"

    var explanation: ErrorExplanation {
        switch self {
        case .noData:
            .init(
                """
                Nothing can be built or trained before there are images: a model takes its input and its classes from \
                them. `data` draws shapes or loads a set; check that the `data` line of the script ran.
                """,
                wrong: "model m { flatten; dense 3 }",
                right: "data shapes size=12 count=60 classes=3\nmodel m { flatten; dense 3 }")
        case .noModel:
            .init(
                """
                There are data, but no model yet, or the last `data` dropped the one that no longer fitted. Declare one \
                with a block, or take a named one: `models` lists them.
                """,
                wrong: "train 1", right: "model m { flatten; dense 3 }\ntrain 1", setup: smallDataSetup)
        case .nothingTrained:
            .init(
                """
                Curves and histories are about training that took place, and this model has had no step. `train`, or \
                `load` a saved state.
                """,
                wrong: "plot loss", right: "train 1\nplot loss", setup: smallModelSetup)
        case .noAugmentation:
            .init(
                """
                There is nothing to show of augmented images, since images are used as they are. `augment { }` declares \
                what is done to them.
                """,
                wrong: "show augment", right: "augment { flip }\nshow augment",
                setup: smallModelSetup)
        case .unknownLayer:
            .init(
                """
                The model has no layer of this name, and none that fits the pattern. Layers are called after their kind \
                and number, `conv1`, or as `name=` says; `show model` lists them, and `*` stands for any letters.
                """,
                wrong: "freeze cnv1", right: "freeze conv1", setup: smallModelSetup)
        case .afterOrBefore:
            .init(
                "A new layer has one place, next to a layer that is there: say `after` which, or `before` which.",
                wrong: "insert dropout 0.3", right: "insert dropout 0.3 after=relu1", setup: smallModelSetup)
        case .nothingToLearn:
            .init(
                "The layer has no parameters: an activation or a pooling. Name one that has, as `show model` tells.",
                wrong: "freeze relu1", right: "freeze conv1", setup: smallModelSetup)
        case .sameAsWhat:
            .init(
                "`rate same` takes a rate of its own away from layers, so it needs to know which.",
                wrong: "rate same", right: "rate 0.01 layers=[conv1]\nrate same layers=[conv1]",
                setup: smallModelSetup)
        case .nothingAveraged:
            .init(
                """
                There is no mean of weights: none is declared, or no step has been taken since. Declare `average ema` or \
                `average swa`, then train.
                """,
                wrong: "save mean.safetensors what=average",
                right: "average ema\ntrain 1\nsave mean.safetensors what=average", setup: smallModelSetup)
        case .oneCycleLength:
            .init(
                """
                The rate of a one-cycle schedule rises and falls over a length that is fixed beforehand, so exactly one \
                of `epochs` and `steps` says it: as many as will be trained.
                """,
                wrong: "schedule onecycle", right: "schedule onecycle epochs=10", setup: smallModelSetup)
        case .negativeRate:
            .init(
                """
                A learning rate is 0 or more, and what the formula gives for the first step is not. Check its signs, and \
                that it does not divide by the epoch, which starts at 0.
                """,
                wrong: "schedule expression (0 - 1)", right: "schedule expression (0.1 / (1 + $epoch))",
                setup: smallModelSetup)
        case .scheduleFollowsMetric:
            .init(
                """
                The schedule lowers the rate when a metric stops improving, which only training shows, so it cannot be \
                drawn ahead. `plot rate` draws what it did.
                """,
                wrong: "schedule plateau\nplot schedule", right: "schedule plateau\ntrain 1\nplot rate",
                setup: smallModelSetup)
        case .epochsWithoutSchedule:
            .init(
                "`epochs` says how far ahead `plot schedule` looks; other curves show all that there is.",
                wrong: "plot loss epochs=3", right: "plot schedule epochs=3", setup: trainedSetup)
        case .stepOrder:
            .init(
                """
                A step has three parts in a fixed order: `forward` computes the loss, `backward` the gradients, `update` \
                changes the weights. `step` alone finishes the step in hand.
                """,
                wrong: "step backward", right: "step forward\nstep backward", setup: smallModelSetup)
        case .notYet:
            .init(
                """
                The step in hand has not come that far: gradients exist after `step backward`, updates after `step \
                update`. Between whole steps the last one's numbers are there.
                """,
                wrong: "step forward\nstats gradients", right: "step forward\nstep backward\nstats gradients",
                setup: smallModelSetup)
        case .nothingToMeasure:
            .init(
                "The layer has no such numbers: an activation has no weights, a frozen layer no updates.",
                wrong: "stats weights relu1", right: "stats weights conv1", setup: smallModelSetup)
        case .filesApart:
            .init(
                "Images are of no use without their labels: both are named, or neither.",
                wrong: "data npz arrays.npz images=x_train",
                right: "data npz arrays.npz images=x_train labels=y_train")
        case .classesWithoutMasks:
            .init(
                """
                In a folder each subfolder is a class, so there is nothing to say about classes, unless the pixels have \
                classes: then `masks` says where these are.
                """,
                wrong: "data folder pets classes=3", right: "data folder pets size=16")
        case .unknownCurve:
            .init(
                """
                There is no curve of this name. `plot` knows the loss, the accuracy, the rate, the gradient norm, each \
                metric that was measured, and the schedule; other lists of numbers are given as `$run.field`.
                """,
                wrong: "plot los", right: "plot loss", setup: trainedSetup)
        case .notCurve:
            .init(
                "A curve is a name, such as `loss`, or a list of numbers, such as `$run.val.accuracy`.",
                wrong: "plot 3", right: "plot [3, 2, 1]", setup: trainedSetup)
        case .notMeasured:
            .init(
                """
                The metric is measured after each epoch on validation images, if these data have what it needs: masks, \
                two classes, or `top`. No epoch so far had it.
                """,
                wrong: "plot iou", right: "plot accuracy", setup: trainedSetup)
        case .tooManyGuesses:
            .init(
                """
                `top=5` counts an image as right if its class is among five guesses, which needs more classes than \
                that to mean anything.
                """,
                wrong: "evaluate top=4", right: "evaluate top=2", setup: trainedSetup)
        case .emptyModel:
            .init(
                "A model has at least one layer, and the last one has a number for each class.",
                wrong: "model m { }", right: "model m { flatten; dense 3 }", setup: smallDataSetup)
        case .unknownModel:
            .init(
                """
                Without a block, `model` takes the name of a model that Cairn knows; `models` lists them. A model of your \
                own has its layers in `{ }`.
                """,
                wrong: "model lenet", right: "model m { flatten; dense 3 }", setup: smallDataSetup)
        case .onlyAndExcept:
            .init(
                "`only` names the layers whose weights are loaded, `except` those whose are not: one of them is enough.",
                wrong: "load w.safetensors only=conv1 except=dense1", right: "load w.safetensors only=conv1",
                setup: smallModelSetup + "\nsave w.safetensors what=weights")
        case .noBatchLeft:
            .init(
                """
                All images of the epoch have been trained on, and only its validation is missing: there is no gradient in \
                hand. `train 1` finishes the epoch.
                """,
                wrong: "batch 90\nstep 1\nsave g.safetensors what=gradients",
                right: "batch 90\nstep 1\ntrain 1\nsave g.safetensors what=gradients", setup: smallModelSetup)
        case .notWeights:
            .init(
                "The file was saved with `what=gradients` or the like; taken for weights it would ruin the model.",
                wrong: "load g.safetensors", right: "load w.safetensors",
                setup: smallModelSetup
                    + "\nsave g.safetensors what=gradients\nsave w.safetensors what=weights")
        case .severalShortcuts:
            .init(
                "A residual block adds one shortcut to what its other layers compute; without one, what comes in itself.",
                wrong:
                    "model m { residual { conv 4 padding=same; shortcut { conv 4 kernel=1 }; shortcut { conv 4 kernel=1 } }; flatten; dense 3 }",
                right:
                    "model m { residual { conv 4 padding=same; shortcut { conv 4 kernel=1 } }; flatten; dense 3 }",
                setup: smallDataSetup)
        case .schemeArgument:
            .init(
                """
                Each way to initialise weights has arguments of its own: `gain` belongs to those that scale with the \
                layer's size, `mode` to `he`. Without `init` they are about nothing.
                """,
                wrong: "init zeros gain=2", right: "init xavier gain=2", setup: smallModelSetup)
        case .trainedModelMisfits:
            .init(
                """
                These images have another size or other classes than the trained model takes, so the model would have to \
                go, with all that it has learned. `save` it first; `replace=true` says that it may go.
                """,
                wrong: "data shapes size=16 count=60 classes=3",
                right: "save m.safetensors\ndata shapes size=16 count=60 classes=3 replace=true",
                setup: trainedSetup)
        }
    }
}

extension Refusal {
    var code: any ErrorCode {
        switch self {
        case .unknownLayer: RefusalCode.unknownLayer
        case .afterOrBefore: RefusalCode.afterOrBefore
        case .nothingToLearn: RefusalCode.nothingToLearn
        case .sameAsWhat: RefusalCode.sameAsWhat
        case .nothingAveraged: RefusalCode.nothingAveraged
        case .oneCycleLength: RefusalCode.oneCycleLength
        case .noRate: RefusalCode.negativeRate
        case .followsMetric: RefusalCode.scheduleFollowsMetric
        case .epochsWithoutSchedule: RefusalCode.epochsWithoutSchedule
        case .noData: RefusalCode.noData
        case .noModel: RefusalCode.noModel
        case .nothingTrained: RefusalCode.nothingTrained
        case .noAugmentation: RefusalCode.noAugmentation
        case .stepOrder: RefusalCode.stepOrder
        case .notYet: RefusalCode.notYet
        case .nothingToMeasure: RefusalCode.nothingToMeasure
        case .testFilesApart, .arraysApart: RefusalCode.filesApart
        case .classesWithoutMasks: RefusalCode.classesWithoutMasks
        case .unknownCurve: RefusalCode.unknownCurve
        case .notACurve: RefusalCode.notCurve
        case .notMeasured: RefusalCode.notMeasured
        case .topOfTooFew: RefusalCode.tooManyGuesses
        case .emptyModel: RefusalCode.emptyModel
        case .unknownModel: RefusalCode.unknownModel
        case .onlyAndExcept: RefusalCode.onlyAndExcept
        case .noBatchLeft: RefusalCode.noBatchLeft
        case .notWeights: RefusalCode.notWeights
        case .severalShortcuts: RefusalCode.severalShortcuts
        case .notOfScheme, .withoutScheme: RefusalCode.schemeArgument
        case .inBlock(let refusal, _): refusal.code
        case .trainedModelMisfits: RefusalCode.trainedModelMisfits
        case .augmentationMisfits(let error): error.code
        case .lastLayer(let error, _): error.code
        }
    }
}
