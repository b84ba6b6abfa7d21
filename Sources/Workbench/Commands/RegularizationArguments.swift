import CommandLanguage
import Training

/// What every optimizer takes beside its own arguments.
let regularizationArguments: [Argument] = [
    Argument(
        "l1", .number(.atLeast(0)), "L1 regularisation: adds l1 · sign(weight) to each gradient",
        default: .number(0)),
    Argument(
        "l2", .number(.atLeast(0)),
        "L2 regularisation: adds l2 · weight to each gradient, as PyTorch's weight_decay",
        default: .number(0)),
    decayArgument(default: 0),
    Argument(
        "max-norm", .number(.atLeast(0)),
        "largest length of a filter's or unit's weights, restored after each step; 0 for none",
        default: .number(0)),
    Argument(
        "regularize",
        .choice([
            .init("all", "every parameter, as PyTorch does"),
            .init("weights", "not biases and the scales of normalisation"),
        ]), "what l1, l2 and decay are about", default: .text("all")),
]

func decayArgument(default usual: Double) -> Argument {
    Argument(
        "decay", .number(.atLeast(0)),
        "decoupled weight decay: each step makes a weight smaller by rate · decay · weight",
        default: .number(usual))
}

extension Call {
    var regularization: Regularization {
        Regularization(
            l1: number("l1"), l2: number("l2"), decay: number("decay"), maxNorm: number("max-norm"),
            target: Regularization.Target(rawValue: text("regularize")) ?? .all)
    }
}
