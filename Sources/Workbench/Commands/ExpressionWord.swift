import CommandLanguage
import Training

/// `schedule expression`, whose schedule is made of the language itself.
let expression = Word<any Schedule>(
    Signature(
        "expression", "Compute the rate of each step by a formula of your own.",
        details: """
            `$epoch` counts finished epochs and `$step` updates since the schedule began, both from 0; `$rate` is the \
            optimizer's rate. Other variables are replaced by the values that they have now. Training stops before a step \
            whose rate would be negative or no number.
            """,
        keywords: ["formula", "lambda", "custom"],
        arguments: [
            Argument(
                "formula",
                .formula([
                    .init("rate", "the optimizer's rate"), .init("epoch", "finished epochs"),
                    .init("step", "updates"),
                ]), .positional, "the rate")
        ],
        examples: [
            "schedule expression (0.1 * 0.95 ^ $epoch)",
            "schedule expression ($rate / sqrt(1 + $step / 100)) warmup=1",
        ])
) { call, session in
    guard let formula = Formula(call.text("formula"), of: FormulaSchedule.variables) else {
        preconditionFailure("the language let through a formula of other variables")
    }
    var schedule = FormulaSchedule(formula)
    let first: Double
    do throws(Formula.Problem) {
        first = try schedule.value(
            from: session.settings.optimizer.rate, at: ScheduleMoment(stepsPerEpoch: 1))
    } catch {
        var problem = error
        problem.argument = "formula"
        throw problem
    }
    guard first >= 0, first.isFinite else { throw Refusal.noRate(first) }
    schedule.warmup = call.warmup
    return schedule
}
