import Networks
import Tensors

/// A saved or remembered state that cannot be taken over. Nothing has changed.
package enum CheckpointError: Error, Hashable, Sendable {
    case archive(ArchiveError)
    /// A file of tensors, but without what a training state needs: weights alone, perhaps.
    case notATrainingState(path: String)
    /// A text in it that cannot be understood.
    case damaged(path: String, what: String)
    case newerFormat(path: String, found: Int, known: Int)
    /// An optimizer or schedule that this Cairn does not know.
    case unknownKind(path: String, what: String, found: String, known: [String])
    case missingTensor(path: String, name: String)
    case surplusTensor(path: String, name: String)
    case tensorShape(path: String, name: String, found: Shape, needed: Shape)
    /// The tensor's numbers are of a type that is not read.
    case tensorType(path: String, name: String, found: String)
    /// The state's weights are not the model's.
    case otherModel(model: String, name: String, found: Shape?, needed: Shape?)
    /// It is further into an epoch than there are images.
    case position(image: Int, images: Int)
}

extension CheckpointError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String {
        switch self {
        case .archive(let error): error.description
        case .notATrainingState(let path): "`\(path)` holds tensors, but no training state"
        case .damaged(let path, let what): "`\(path)` is damaged: \(what)"
        case .newerFormat(let path, let found, let known):
            "`\(path)` has format \(found), and this version of Cairn reads up to \(known)"
        case .unknownKind(let path, let what, let found, let known):
            "`\(path)` was trained with the \(what) `\(found)`, which is none of \(known.joined(separator: ", "))"
        case .missingTensor(let path, let name): "`\(path)` has no tensor `\(name)`, which this model needs"
        case .surplusTensor(let path, let name):
            "`\(path)` has a tensor `\(name)`, which this model has no place for"
        case .tensorShape(let path, let name, let found, let needed):
            "`\(path)` has `\(name)` of shape \(found), and this model needs \(needed)"
        case .tensorType(let path, let name, let found):
            "`\(path)` has `\(name)` as \(found), and floats are needed"
        case .otherModel(let model, let name, let found?, let needed?):
            "the state is of another model: its `\(name)` is \(found), and that of `\(model)` is \(needed)"
        case .otherModel(let model, let name, _, nil):
            "the state is of another model: it has `\(name)`, and `\(model)` has not"
        case .otherModel(let model, let name, nil, _):
            "the state is of another model: it has no `\(name)`, and `\(model)` has"
        case .position(let image, let images):
            "the state stands at image \(image) of an epoch, and the data has \(images) training images"
        }
    }

    /// What to do about it, if there is something.
    package var hint: String? {
        switch self {
        case .notATrainingState: "load it as weights"
        case .otherModel, .missingTensor, .surplusTensor, .tensorShape: "declare the model that was saved"
        case .position: "load the data that it was trained on"
        case .newerFormat, .unknownKind: "use the version of Cairn that saved it"
        case .archive(let error): error.hint
        case .damaged, .tensorType: nil
        }
    }

    package var description: String { message }
}
