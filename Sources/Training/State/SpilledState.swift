import Tensors

/// A training state whose numbers are in a file, so that it takes hardly any memory; all else is here.
///
/// No checkpoint: only what wrote the file can read it, but then every bit is there, also what a checkpoint measures anew.
package struct SpilledState: Sendable {
    /// The state with tensors of nothing, and no steps in its history.
    package let rest: TrainingState
    package let path: String
    /// Of the numbers.
    package let bytes: Int
    /// Of the tensors, in order, and of the history's steps.
    private let shapes: [Shape]

    private static let stepsName = "steps"

    /// - Throws: `CheckpointError.archive` if the file cannot be written; then there is none.
    package init(_ state: TrainingState, to path: String) throws(CheckpointError) {
        var rest = state
        var archive = TensorArchive(tensors: [])
        rest.forEachTensor { tensor in
            archive.tensors.append(("\(archive.tensors.count)", tensor))
            tensor = Tensor(zeros: [0])
        }
        archive.tensors.append((Self.stepsName, state.history.stepTensor))
        shapes = archive.tensors.map(\.tensor.shape)
        rest.history.steps = []
        self.rest = rest
        self.path = path
        bytes = archive.tensors.reduce(0) { $0 + $1.tensor.count * MemoryLayout<Float>.stride }
        do {
            // It need not outlive the process.
            try archive.write(path, durably: false)
        } catch {
            throw .archive(error)
        }
    }

    /// The whole state again.
    ///
    /// - Throws: `CheckpointError` if the file is gone or damaged.
    package func read() throws(CheckpointError) -> TrainingState {
        let tensors: [String: Tensor]
        do {
            tensors = try TensorArchive.read(path).named
        } catch {
            throw .archive(error)
        }
        func take(_ name: String, _ shape: Shape) throws(CheckpointError) -> Tensor {
            guard let tensor = tensors[name] else { throw .missingTensor(path: path, name: name) }
            guard tensor.shape == shape else {
                throw .tensorShape(path: path, name: name, found: tensor.shape, needed: shape)
            }
            return tensor
        }
        var state = rest
        var index = 0
        try state.forEachTensor { (tensor) throws(CheckpointError) in
            tensor = try take("\(index)", shapes[index])
            index += 1
        }
        state.history.steps =
            RunHistory(
                stepTensor: try take(Self.stepsName, shapes[index])
            ).steps
        return state
    }
}
