import CommandLanguage
import Datasets
import Networks
import Search
import Tensors
import Training

// What the training side refuses, in the language's terms: its words, and which words of the input are at fault.

extension ShapeError: CommandFailure {
    package var message: String { description }
    /// A model's block has one collected statement for each layer.
    package var blockIndex: Int? { layerIndex }
}

extension DatasetError: CommandFailure {
    package var argument: String? {
        switch reason {
        case .setting(let name, _, _), .ownValidation(let name), .needsImageLabels(let name): name
        case .validationAndFold: "fold"
        default: file?.role.argument
        }
    }
}

extension DataFile.Role {
    fileprivate var argument: String {
        switch self {
        case .images: "images"
        case .labels: "labels"
        case .testImages: "test-images"
        case .testLabels: "test-labels"
        case .inFolder: "folder"
        case .masks: "masks"
        case .whole: "file"
        case .testWhole: "test"
        }
    }
}

extension AugmentationError: CommandFailure {
    package var code: any ErrorCode { reason.code }
    package var message: String { reason.message }
    package var hint: String? { reason.remedy }
    /// The block of `augment` has one collected statement for each stage.
    package var blockIndex: Int? { stage }
}

extension AugmentationError.Reason: CommandFailure {
    package var hint: String? { remedy }
}

extension TrainingError: CommandFailure {
    package var argument: String? {
        switch self {
        case .setting(let name, _, _), .output(.setting(let name, _, _)): name
        case .output(.weightCount): "weights"
        default: nil
        }
    }
}

extension SearchError: CommandFailure {
    package var hint: String? {
        switch self {
        case .nothingToTry: "such as `{ rate = log 1e-4..1e-1 }`"
        case .noValues: "such as `[32, 64, 128]`"
        case .repeatedValue: "name each once"
        case .notLogarithmic: "such as `log 1e-4..1e-1`"
        case .gridTooLarge: "raise `trials`, leave values out, or take `search random`"
        case .noValidation: "give `data` a `validation` share"
        }
    }
    /// A search's block has one collected statement for each dimension.
    package var blockIndex: Int? { dimension }
}

extension RunStoreError: CommandFailure {
    package var hint: String? {
        switch kind {
        case .locked: "try again"
        case .readOnly, .foreign, .other: "`cairn --runs FILE` takes another"
        case .damaged: "move it away, or take another: `cairn --runs FILE`"
        case .newer: "use that version, or another file: `cairn --runs FILE`"
        case .noRun: "`runs` lists them"
        }
    }
    package var argument: String? {
        if case .noRun = kind { "run" } else { nil }
    }
}

extension CheckpointError: CommandFailure {
    package var argument: String? { "file" }
}

extension ArchiveError: CommandFailure {
    package var message: String { description }
    package var argument: String? { "file" }
}

extension FileError: CommandFailure {
    package var message: String { description }
    package var argument: String? { "file" }
}

extension ImportError: CommandFailure {
    package var message: String { description }
    package var hint: String? {
        if fitsInOrder { return "the shapes fit under other names: add `names=order`" }
        return soleLayer.map { "to leave that layer as it is: add `except=\($0)`" }
    }
    package var argument: String? { unknown.isEmpty && !selectsNothing ? "file" : nil }
}
