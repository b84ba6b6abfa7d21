import CommandLanguage
import Networks

/// Why a model's layers cannot be changed so.
enum EditErrorCode: String, ErrorCode {
    case weightsMisfit = "weights-misfit"
    case noFilters = "no-filters"
    case fixedChannels = "fixed-channels"
    case channelGroups = "channel-groups"
    case sameCount = "same-count"

    var explanation: ErrorExplanation {
        switch self {
        case .weightsMisfit:
            .init(
                """
                After the change a layer would get an input of another shape than the one that it has learned from, so \
                that its weights would not fit. `redraw=true` draws them anew; all other layers keep theirs.
                """,
                wrong: "insert maxpool 2 after=relu1", right: "insert maxpool 2 after=relu1 redraw=true",
                setup: smallModelSetup)
        case .noFilters:
            .init(
                """
                Only `conv`, `convtranspose` and `dense` say how many channels or features they give. An activation, a \
                pooling or a depthwise convolution has as many as what comes in; the hint names the layers that decide.
                """,
                wrong: "widen relu1 x2", right: "widen conv1 x2", setup: smallModelSetup)
        case .fixedChannels:
            .init(
                """
                The number of channels is given: by the images, by the classes, or because values of different layers \
                are put together in a way that only fits as it is. Change the model's other layers, or declare it anew.
                """,
                wrong: "filters dense1 5", right: "filters conv1 6", setup: smallModelSetup)
        case .channelGroups:
            .init(
                """
                A convolution with `groups` reads or makes the channels in equal parts, so their number is a multiple of \
                the number of groups.
                """,
                wrong: "filters conv1 5", right: "filters conv1 6",
                setup: smallDataSetup
                    + "\nmodel m { conv 4; relu; conv 4 groups=2; flatten; dense 3 }")
        case .sameCount:
            .init(
                "The layer has as many already, so that nothing would change.", wrong: "filters conv1 4",
                right: "filters conv1 6", setup: smallModelSetup)
        }
    }
}

extension EditError {
    package var code: any ErrorCode {
        switch self {
        case .shape(let error): error.code
        case .empty: RefusalCode.emptyModel
        case .misfit: EditErrorCode.weightsMisfit
        case .noFilters: EditErrorCode.noFilters
        case .fixed: EditErrorCode.fixedChannels
        case .groups: EditErrorCode.channelGroups
        case .unchanged: EditErrorCode.sameCount
        }
    }
}
