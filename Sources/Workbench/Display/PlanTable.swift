import CommandLanguage
import Networks

/// What `show plan` shows.
struct PlanMeasurement {
    let timing: PlanTiming
    let batchSize: Int

    var table: Table {
        let rows = timing.steps.map { step in
            row(
                step.step.layers.joined(separator: "+"), step.step.algorithm ?? "", step.forward,
                step.backward,
                multiplyAdds: step.step.multiplyAdds)
        }
        return Table(
            title:
                "one step of \(Figures.count(batchSize, "image")): \(milliseconds(timing.total).plain) ms; times in ms",
            columns: [
                .init("layers"), .init("algorithm"), .init("forward", .right),
                .init("backward", .right),
                .init("GFLOP/s", .right), .init("share", .right),
            ],
            rows: rows + [
                row("weights", "reordered", timing.preparation, 0),
                row("loss", "", timing.loss, 0),
            ])
    }

    private func row(
        _ name: String, _ algorithm: String, _ forward: Double, _ backward: Double, multiplyAdds: Int = 0
    ) -> [StyledText] {
        let seconds = forward + backward
        let rate = multiplyAdds > 0 && seconds > 0 ? Double(2 * multiplyAdds * batchSize) / seconds / 1e9 : 0
        return [
            StyledText(name), StyledText(algorithm, .faint), milliseconds(forward),
            backward > 0 ? milliseconds(backward) : "",
            rate > 0 ? .decimal(rate, digits: 0) : "",
            StyledText(
                Figures.decimal(seconds / timing.total * 100, digits: 1) + " %",
                value: .number(seconds / timing.total)),
        ]
    }

    private func milliseconds(_ seconds: Double) -> StyledText { .decimal(seconds * 1000, digits: 2) }
}
