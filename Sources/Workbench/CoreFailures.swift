import CommandLanguage
import Datasets
import Networks
import Tensors
import Training

// What the training side refuses, in the language's terms: which words of the input are at fault.

extension ShapeError: CommandFailure {
    package var message: String { "`\(layerName)` got \(found), but needs \(needed)" }
    /// A model's block holds one statement for each layer, unless `repeat` makes several of one.
    package var blockIndex: Int? { layerIndex }
}

extension DatasetError: CommandFailure {
    package var argument: String? {
        if case .setting(let name, _, _) = reason { name } else { nil }
    }
}
