import CommandLanguage
import Search
import Training

/// What an arm of a fork came to, from where the fork began.
struct Arm {
    let name: String
    /// Those that it finished.
    let epochs: [EpochRecord]
    /// Those that it made.
    let steps: [StepRecord]
    /// Of the validation images at its end, by name.
    let metrics: [String: Double]
    let seconds: Double
    let settings: [RunSetting]
    /// What was watched meanwhile.
    let watched: Value
    /// To go on from; nil if nobody will.
    var end: Snapshot?

    /// The mean over its last epoch, or over its steps if it finished none.
    var loss: Double? {
        epochs.last?.trainLoss
            ?? (steps.isEmpty ? nil : steps.reduce(0) { $0 + Double($1.loss) } / Double(steps.count))
    }

    /// `2 epochs`, or `40 steps` of an arm that finished none.
    var length: String {
        epochs.isEmpty ? Figures.count(steps.count, "step") : Figures.count(epochs.count, "epoch")
    }

    /// `2 epochs, val accuracy 0.913`
    var summary: String {
        length + (metrics["accuracy"].map { ", val accuracy \(Figures.decimal($0))" } ?? "")
    }

    /// What `-> name` keeps of it: what `train` does, and the settings at its end.
    var result: Record {
        var record = epochs.result(steps: steps.count, settings: settings)
        if epochs.isEmpty {
            record["val"] = .record(
                metrics.sorted { $0.key < $1.key }.reduce(into: Record()) {
                    $0[$1.key] = .list([.number($1.value)])
                })
            record["loss"] = .list(loss.map { [.number($0)] } ?? [])
        }
        record["seconds"] = .number(seconds)
        record["watch"] = watched
        return record
    }
}

extension [Arm] {
    /// A field for each.
    var result: Record { reduce(into: Record()) { $0[$1.name] = .record($1.result) } }

    /// The one that goes on as before, if there is one.
    var unchanged: Arm? { first { $0.name == Arm.unchangedName } }
}

extension Arm {
    /// What the arm that goes on as before is called.
    static let unchangedName = "unchanged"
}
