import CommandLanguage
import Tensors
import Training

extension Session {
    /// A row for each thing that is set: what it is, and the command that changes it.
    var settingsTable: Table {
        let position = trainer.map { trainer in
            "\(trainer.network.name), \(Figures.count(trainer.position.epoch, "epoch")), "
                + Figures.count(trainer.position.step, "step")
        }
        let rows: [(String, String)] = [
            (
                "data",
                dataset.map {
                    "\($0.name), \($0.imageShape), \(Figures.count($0.classes.count, "class", "classes"))"
                } ?? "none"
            ),
            ("model", position ?? "none"),
            ("optimizer", "\(optimizer)"),
            ("schedule", "\(schedule)"),
            ("loss", "\(loss)"),
            ("batch", "\(batchSize)"),
            ("normalize", normalizes ? "on" : "off"),
            (
                "augment",
                augmentations.isEmpty ? "none" : augmentations.map { "\($0)" }.joined(separator: "; ")
            ),
            ("convolution", convolution.rawValue),
            ("seed", "\(seed)"),
        ]
        return Table(
            columns: [.init("setting"), .init("value")],
            rows: rows.map { [StyledText($0.0, .strong), StyledText($0.1)] })
    }
}
