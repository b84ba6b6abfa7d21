import Tensors

/// Which weights are averaged, printed as what follows `average`.
package enum Averaging: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The mean of those at the end of each epoch, but for the first `start` epochs (Izmailov et al., 2018).
    case swa(start: Int)
    /// A running mean of those after each step, of which `decay` stays (Polyak & Juditsky, 1992).
    case ema(decay: Double)

    /// - Throws: `TrainingError.setting` for a number out of its range.
    package func check() throws(TrainingError) {
        switch self {
        case .swa(let start): try [Setting("start", start, in: 0...Warmup.longest, "epochs")].check()
        case .ema(let decay): try [Setting("decay", decay, .shareBelowOne)].check()
        }
    }

    package var description: String {
        switch self {
        case .swa(let start): "swa start=\(start)"
        case .ema(let decay): "ema decay=\(decay.written)"
        }
    }
}
