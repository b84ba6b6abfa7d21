import CommandLanguage
import Datasets
import Networks
import Training

/// What the workbench itself refuses, and its wording. What the core refuses is worded in `CoreFailures.swift`.
enum Refusal: CommandFailure, Hashable {
    case unknownLayer(String, known: [String], argument: String = "layers")
    /// `insert` needs one of them.
    case afterOrBefore
    case nothingToLearn(String)
    case sameAsWhat
    case nothingAveraged
    case oneCycleLength
    case noRate(Double)
    case followsMetric(String, metric: String)
    case epochsWithoutSchedule
    case noData
    case noModel
    case nothingTrained
    case noAugmentation
    /// A part of a step that is not the next one.
    case stepOrder(String, next: String)
    /// Numbers that the step in hand has not come to.
    case notYet(String, next: String)
    /// A layer without such numbers.
    case nothingToMeasure(String)
    case testFilesApart
    case arraysApart
    case classesWithoutMasks
    case unknownCurve(String, allowed: [String])
    case notACurve(String)
    /// A metric that no epoch so far has.
    case notMeasured(String, MetricNeed)
    /// More guesses than there are classes.
    case topOfTooFew(Int, classes: Int)
    case emptyModel
    case unknownModel(String)
    case onlyAndExcept
    case noBatchLeft
    case notWeights(file: String, content: String)
    case severalShortcuts
    case notOfScheme(argument: String, Initializer.Scheme, fitting: [Initializer.Scheme])
    case withoutScheme(argument: String)
    /// What is refused is a statement of the command's block.
    indirect case inBlock(Refusal, index: Int)
    case trainedModelMisfits(String)
    /// The augmentation that is declared cannot be done to new images.
    case augmentationMisfits(AugmentationError)
    /// The last layer does not fit the classes; `layer` is its place in the block.
    case lastLayer(LossError, layer: Int)

    var message: String {
        switch self {
        case .unknownLayer(let name, _, _): "there is no layer `\(name)`"
        case .afterOrBefore: "a new layer stands either `after` or `before` another"
        case .nothingToLearn(let name): "`\(name)` has nothing to learn"
        case .sameAsWhat: "`same` is about `layers`"
        case .nothingAveraged: "no weights have been averaged yet"
        case .oneCycleLength: "a cycle needs a length, either in `epochs` or in `steps`"
        case .noRate(let rate): "a rate is 0 or more, and the first one would be \(Figures.setting(rate))"
        case .followsMetric(let schedule, let metric):
            "`\(schedule)` follows the \(metric) and cannot be drawn ahead"
        case .epochsWithoutSchedule: "`epochs` is about `plot schedule`"
        case .noData: "there is no data yet"
        case .noModel: "there is no model yet"
        case .nothingTrained: "nothing has been trained yet"
        case .noAugmentation: "no augmentation is declared yet"
        case .stepOrder(let part, let next): "`step \(part)` does not come next; `step \(next)` does"
        case .notYet(let numbers, _): "the step in hand has no \(numbers) yet"
        case .nothingToMeasure(let numbers): "there are no \(numbers) there"
        case .testFilesApart: "`test-images` and `test-labels` go together"
        case .arraysApart: "`images` and `labels` go together"
        case .classesWithoutMasks: "`classes` are of masks, and there are none: here each folder is a class"
        case .unknownCurve(let word, _): "there is no curve called `\(word)`"
        case .notACurve(let kind): "a curve is a name or a list of numbers, not \(kind)"
        case .onlyAndExcept: "`only` and `except` exclude each other"
        case .notWeights(let file, let content): "`\(file)` holds \(content), not weights"
        case .noBatchLeft: "all images of the epoch have been trained on, and it waits for its validation"
        case .notMeasured(let metric, _): "no epoch so far has measured `\(metric)`"
        case .topOfTooFew(let top, let classes):
            "`top` must be at most \(classes), as many as there are classes, not \(top)"
        case .emptyModel: "a model needs at least one layer"
        case .unknownModel(let name):
            "no model is known as `\(name)`, and there is no block that declares one"
        case .severalShortcuts: "a residual block has at most one `shortcut`"
        case .notOfScheme(let argument, let scheme, _): "`\(scheme.rawValue)` takes no `\(argument)`"
        case .withoutScheme(let argument): "`\(argument)` is about `init`, which is missing"
        case .inBlock(let refusal, _): refusal.message
        case .trainedModelMisfits(let name):
            "the trained model `\(name)` does not fit these images and would be lost"
        case .augmentationMisfits(let error): "`augment` does not fit these images: \(error.message)"
        case .lastLayer(let error, _): error.description
        }
    }

    var hint: String? {
        switch self {
        case .unknownLayer(let name, let known, _):
            (layer(declaredAs: name, among: known) ?? nearest(to: name, among: known))
                .map { "did you mean `\($0)`?" } ?? "`show model` lists them"
        case .afterOrBefore: "such as `after=conv1`"
        case .nothingToLearn: "layers with parameters are named in `show model`"
        case .sameAsWhat: "such as `rate same layers=[conv1]`"
        case .nothingAveraged: "declare `average ema` or `average swa`, then `train`"
        case .oneCycleLength: "such as `schedule onecycle epochs=10`"
        case .followsMetric: "`plot rate` shows what it did"
        case .noRate, .epochsWithoutSchedule: nil
        case .noData: "load some first: `data fashion-mnist`"
        case .noModel: "declare one first, such as `model m { flatten; dense 10 }`"
        case .nothingTrained: "`train` first"
        case .testFilesApart, .arraysApart, .onlyAndExcept, .notWeights, .nothingToMeasure: nil
        case .noBatchLeft: "`train 1` finishes it"
        case .noAugmentation: "declare one first, such as `augment { flip; shift 2 }`"
        case .classesWithoutMasks: "for segmentation say where the masks are: `masks=folder`"
        case .stepOrder: "`step` alone finishes the step in hand"
        case .notYet(_, let next): "`step \(next)` first"
        case .unknownCurve(_, let allowed): "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        case .notACurve: "such as `plot loss` or `plot $run.val.accuracy`"
        case .notMeasured(_, .nothing): "it is measured on the validation images after each epoch"
        case .notMeasured(_, let need): "it needs \(need)"
        case .topOfTooFew: nil
        case .emptyModel: "`help model` shows how"
        case .unknownModel:
            "add a block, or take one of " + allNamedModels.map { "`\($0.name)`" }.joined(separator: ", ")
        case .trainedModelMisfits: "`save` it, then add `replace=true`"
        case .notOfScheme(_, _, let fitting):
            "\(fitting.map { "`\($0.rawValue)`" }.joined(separator: ", ")) \(fitting.count == 1 ? "does" : "do")"
        case .withoutScheme(let argument):
            "such as `init=\(argument == "mode" ? "he" : "xavier") \(argument)=...`"
        case .inBlock(let refusal, _): refusal.hint
        case .augmentationMisfits: "`augment` ends it; declare it anew after the data"
        case .lastLayer, .severalShortcuts: nil
        }
    }

    var blockIndex: Int? {
        switch self {
        case .lastLayer(_, let layer): layer
        case .inBlock(_, let index): index
        default: nil
        }
    }

    var argument: String? {
        switch self {
        case .unknownCurve, .notACurve, .notMeasured, .followsMetric: "curves"
        case .topOfTooFew: "top"
        case .unknownLayer(_, _, let argument): argument
        case .nothingToLearn, .nothingToMeasure: "layers"
        case .noRate: "formula"
        case .epochsWithoutSchedule: "epochs"
        case .notOfScheme(let argument, _, _), .withoutScheme(let argument): argument
        case .inBlock(let refusal, _): refusal.argument
        case .unknownModel: "name"
        case .notWeights: "file"
        case .classesWithoutMasks: "classes"
        default: nil
        }
    }
}

/// The layer that is named by the word that declares it: `batchnorm1` is called `bn1`.
private func layer(declaredAs name: String, among known: [String]) -> String? {
    let number = String(name.reversed().prefix(while: \.isNumber).reversed())
    guard let kind = allLayers.first(where: { $0.kind == name.dropLast(number.count) }) else { return nil }
    let usual = kind.namePrefix + number
    return known.first { $0 == usual || $0.hasSuffix("." + usual) }
}
