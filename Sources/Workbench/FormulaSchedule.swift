import CommandLanguage
import Training

/// The rate that a formula gives. It is here because it needs the language beside the trainer.
struct FormulaSchedule: Schedule {
    static let kind = "expression"
    static let variables = ["rate", "epoch", "step"]

    let formula: Formula
    var warmup = Warmup()

    init(_ formula: Formula) { self.formula = formula }

    var settings: [Setting] { [Setting(written: "(\(formula.text))")] }

    /// NaN where the formula gives no number.
    func rate(from base: Double, at moment: ScheduleMoment) -> Double {
        (try? value(from: base, at: moment)) ?? .nan
    }

    func value(from base: Double, at moment: ScheduleMoment) throws(Formula.Problem) -> Double {
        try formula.number { name in
            switch name {
            case "rate": base
            case "epoch": Double(moment.epoch)
            case "step": Double(moment.step)
            default: nil
            }
        }
    }
}

/// Every kind of schedule that a saved state may have.
let everySchedule: [any Schedule.Type] = allSchedules + [FormulaSchedule.self]
