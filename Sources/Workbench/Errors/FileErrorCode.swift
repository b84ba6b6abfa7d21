import CommandLanguage
import Networks
import Tensors
import Training

/// What is wrong with files of weights and of training states.
enum FileErrorCode: String, ErrorCode {
    case fileRefused = "file-refused"
    case notSafetensors = "not-safetensors"
    case damagedSafetensors = "damaged-safetensors"
    case notTrainingState = "not-a-training-state"
    case damagedState = "damaged-state"
    case newerFile = "newer-file"
    case otherModel = "other-model"
    case statePosition = "state-position"
    case unknownSelection = "unknown-selection"
    case otherWeights = "other-weights"

    private static let saved = smallModelSetup + "\nsave m.safetensors\nsave w.safetensors what=weights"

    var explanation: ErrorExplanation {
        switch self {
        case .fileRefused:
            .unstaged(
                """
                The system does not let the file be read or written; the message has its reason. Check the permissions \
                and the free space. What was saved there before is still there.
                """,
                wrong: "save /etc/m.safetensors", right: "save m.safetensors")
        case .notSafetensors:
            .init(
                """
                The file is of another format than safetensors. A file of PyTorch's `torch.save` is a zip file, which \
                could run code when it is opened: save the weights in Python with `safetensors.torch.save_file`.
                """,
                wrong: "load arrays.npz", right: "load m.safetensors", setup: Self.saved)
        case .damagedSafetensors:
            .unstaged(
                """
                The file begins like safetensors, but its parts do not fit together: a copy that broke off, or a writer \
                with a fault. Copy or save it again.
                """,
                wrong: "load half.safetensors", right: "load m.safetensors")
        case .notTrainingState:
            .unstaged(
                """
                The file has weights, but nothing about optimizer, epoch and random streams, as a state has. It is loaded \
                as weights, from which training starts afresh.
                """,
                wrong: "load weights.safetensors", right: "load state.safetensors")
        case .damagedState:
            .unstaged(
                "The state of the training lacks a part, or has one that cannot be understood. Load an earlier one.",
                wrong: "load damaged.safetensors", right: "load earlier.safetensors")
        case .newerFile:
            .unstaged(
                """
                The file was saved by a newer Cairn, or one with other optimizers or schedules. Use that version, or save \
                its weights alone there: `save w.safetensors what=weights`.
                """,
                wrong: "load newer.safetensors", right: "load weights.safetensors")
        case .otherModel:
            .init(
                """
                The file is of a model with other layers or shapes than the one here. Declare the model that was saved, \
                or load only the layers that agree: `only=`, `except=`.
                """,
                wrong: "model wide { flatten; dense 8; dense 3 }\nload m.safetensors",
                right: "model small { conv 4; relu; maxpool 2; flatten; dense 3 }\nload m.safetensors",
                setup: Self.saved)
        case .statePosition:
            .init(
                """
                The state stands at an image of its epoch that these data do not have: it was trained on more. Load the \
                same data, with the same seed.
                """,
                wrong: "data shapes size=12 count=30 classes=3 channels=1\nload m.safetensors",
                right: "data shapes size=12 count=120 classes=3 channels=1\nload m.safetensors",
                setup: smallModelSetup + "\nstep 1\nsave m.safetensors")
        case .unknownSelection:
            .init(
                """
                `only` and `except` name layers of the model or of the file, and nothing there is called so, or nothing \
                is left. `show model` lists the model's layers.
                """,
                wrong: "load w.safetensors only=head", right: "load w.safetensors only=conv1",
                setup: Self.saved)
        case .otherWeights:
            .init(
                """
                The weights of the file have other names or shapes than the model's; the message lists the first. If only \
                the last layer differs, leave it out: `except=`; if only the names do, `names=order` goes by order.
                """,
                wrong: "model m { flatten; dense 3 }\nload w.safetensors",
                right: "model m { conv 4; relu; maxpool 2; flatten; dense 3 }\nload w.safetensors",
                setup: Self.saved)
        }
    }
}

extension FileError {
    package var code: any ErrorCode { FileErrorCode.fileRefused }
}

extension ArchiveError {
    package var code: any ErrorCode {
        switch reason {
        case .file(let error): error.code
        case .zip, .headerSize: FileErrorCode.notSafetensors
        case .tooLarge, .cutOff, .header, .duplicate, .size, .gap, .trailing: FileErrorCode.damagedSafetensors
        }
    }
}

extension CheckpointError {
    package var code: any ErrorCode {
        switch self {
        case .archive(let error): error.code
        case .notATrainingState: FileErrorCode.notTrainingState
        case .damaged, .tensorType: FileErrorCode.damagedState
        case .newerFormat, .unknownKind: FileErrorCode.newerFile
        case .missingTensor, .surplusTensor, .tensorShape, .otherModel: FileErrorCode.otherModel
        case .position: FileErrorCode.statePosition
        }
    }
}

extension ImportError {
    package var code: any ErrorCode {
        unknown.isEmpty && !selectsNothing ? FileErrorCode.otherWeights : FileErrorCode.unknownSelection
    }
}
