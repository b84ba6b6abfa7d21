import Datasets
import Networks
import Tensors

/// Something that keeps training from starting.
package enum TrainingError: Error, Hashable, Sendable {
    /// A number out of its range: its name, what it was, what it may be.
    case setting(String, found: String, allowed: String)
    /// The images are not what the model takes; both of one image.
    case imageShape(found: Shape, model: String, needed: Shape)
    /// The last layer does not fit the classes.
    case output(LossError)
    /// A set without images: `train`, `test`.
    case emptySet(String)
    /// A metric that a `schedule` or `early-stopping` follows and that cannot be measured: what it lacks.
    case noMetric(String, follower: String, need: String)
    /// A batch norm, by its layer's name, that would see one value per channel: its output is then always its bias.
    case singleValue(layer: String)
    /// An image cannot be read.
    case data(DatasetError)
    /// Memory that a batch needs, and that there is, in bytes.
    case batchTooLarge(batch: Int, needed: Int, available: Int)
}

extension TrainingError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch self {
        case .setting(let name, let found, let allowed): "`\(name)` must be \(allowed), not \(found)"
        case .imageShape(let found, let model, let needed):
            "the images are \(found), but model `\(model)` takes \(needed)"
        case .output(let error): error.description
        case .emptySet(let name): "the data has no \(name) images"
        case .noMetric(let name, let follower, let need):
            "the \(follower) follows `\(name)`, which needs \(need)"
        case .singleValue(let layer):
            "`\(layer)` normalises over the batch, and a batch of one image has one value per channel: nothing would be learned"
        case .data(let error): error.message
        case .batchTooLarge(let batch, let needed, let available):
            "a batch of \(batch) images needs \(needed >> 20) MiB in this model, and there are \(available >> 20) MiB"
        }
    }

    /// What to do about it, if there is something.
    package var hint: String? {
        switch self {
        case .imageShape(let found, _, _): "declare the model anew: its input is then \(found)"
        case .batchTooLarge: "use a smaller batch"
        case .noMetric: "follow another metric: `train-loss` needs nothing"
        case .singleValue: "`batch 8` or more, or `groupnorm` or `layernorm` in its place"
        case .data(let error): error.hint
        case .setting, .output, .emptySet: nil
        }
    }

    package var description: String { message }
}
