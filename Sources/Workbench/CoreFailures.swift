import CommandLanguage
import Datasets
import Networks
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
