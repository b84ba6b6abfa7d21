import CommandLanguage
import Diagnosis
import Tensors
import Training

/// Two states side by side: settings, metrics, layers.
struct SessionDifference {
    /// What a state is called, and the state.
    typealias Side = (name: String, state: SessionState)

    private let a: Side
    private let b: Side
    /// Nil without a model on one side.
    private let weights: StateDifference?

    init(from a: Side, to b: Side) {
        self.a = a
        self.b = b
        weights = a.state.model.flatMap { first in
            b.state.model.map { StateDifference(from: first.training, to: $0.training) }
        }
    }

    /// A table for each group in which something differs, and a line for what does not.
    var displayables: [Displayable] {
        let groups = [("settings", settingRows), ("metrics", metricRows)]
        let tables = groups.filter { !$0.1.isEmpty }.map { title, rows in
            Displayable.table(
                Table(
                    columns: [.init(title), .init(a.name), .init(b.name)],
                    rows: rows.map { [StyledText($0[0], .strong)] + $0.dropFirst().map { StyledText($0) } }))
        }
        let same = groups.filter(\.1.isEmpty).map(\.0) + (weights?.isSame == true ? ["weights"] : [])
        return tables + (layerTable.map { [.table($0)] } ?? [])
            + (same.isEmpty ? [] : [.text(StyledText("the same: \(same.joined(separator: ", "))", .faint))])
    }

    private var settingRows: [[String]] {
        func values(_ state: SessionState, _ name: String) -> String {
            state.settingRows.filter { $0.name == name }.map(\.value).joined(separator: "; ")
        }
        // Where the training stands is a metric.
        let names = (a.state.settingRows + b.state.settingRows).map(\.name).uniqued.filter { $0 != "model" }
        let models = [a, b].map { $0.state.model?.design.name ?? "none" }
        let rows = [["model"] + models] + names.map { [$0, values(a.state, $0), values(b.state, $0)] }
        return rows.filter { $0[1] != $0[2] }
    }

    private var metricRows: [[String]] {
        let metrics: [(String, (TrainingState) -> String)] = [
            ("epoch", { "\($0.position.epoch)" }),
            ("step", { Figures.grouped($0.position.step) }),
            ("loss", { $0.history.epochs.last.map { Figures.decimal($0.trainLoss) } ?? "" }),
            ("val.loss", { $0.history.epochs.last?.validationLoss.map { Figures.decimal($0) } ?? "" }),
            (
                "val.accuracy",
                { $0.history.epochs.last?.validationAccuracy.map { Figures.decimal($0) } ?? "" }
            ),
        ]
        let rows = metrics.map { name, value in
            [name] + [a, b].map { $0.state.model.map { value($0.training) } ?? "" }
        }
        return rows.filter { $0[1] != $0[2] }
            + (weights?.hasSameOptimizerState == false ? [["optimizer state", "", "differs"]] : [])
    }

    private var layerTable: Table? {
        guard let weights, !weights.isSame else { return nil }
        return Table(
            columns: [
                .init("layer"), .init("‖A−B‖/‖A‖", .right), .init("largest change"),
                .init(a.name, .right), .init(b.name, .right),
            ],
            rows: weights.layers.map { layer in
                [StyledText(layer.name)] + layer.comparison.cells.map { StyledText($0) }
            } + [
                [
                    StyledText("all", .strong), StyledText(weights.ratio.map(Figures.brief) ?? ""), "", "",
                    "",
                ]
            ])
    }

    /// What `diff -> name` keeps.
    var result: Value {
        .record([
            "equal": .boolean(weights?.isSame ?? (a.state.model == nil && b.state.model == nil)),
            "distance": weights?.ratio.map(Value.number) ?? .nothing,
            "settings": .list(settingRows.map { .text($0[0]) }),
            "layers": .list(
                (weights?.layers ?? []).filter { $0.comparison != .same }.map { .text($0.name) }),
        ])
    }
}

extension StateDifference.Layer.Comparison {
    /// The share of the change, what changed most, from what, to what.
    fileprivate var cells: [String] {
        switch self {
        case .same: ["equal", "", "", ""]
        case .changed(let ratio, let largest):
            [
                Figures.brief(ratio),
                "\(largest.tensor)[\(largest.place.map(String.init).joined(separator: ", "))]",
                Figures.brief(Double(largest.from)), Figures.brief(Double(largest.to)),
            ]
        case .reshaped(let tensor, let from, let to): ["", "\(tensor) has another shape", "\(from)", "\(to)"]
        case .lacking(let tensor): ["", "\(tensor) is on one side alone", "", ""]
        case .onlyInFirst: ["", "not there any more", "", "none"]
        case .onlyInSecond: ["", "new", "none", ""]
        }
    }
}
