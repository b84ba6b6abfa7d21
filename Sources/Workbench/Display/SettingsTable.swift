import CommandLanguage
import Search
import Tensors
import Training

extension Session {
    /// A row for each thing that is set: what it is, and the command that changes it.
    var settingsTable: Table {
        Table(
            columns: [.init("setting"), .init("value")],
            rows: settings.map { [StyledText($0.0, .strong), StyledText($0.1)] })
    }

    /// What is set, by name.
    private var settings: [(String, String)] {
        let position = trainer.map { trainer in
            "\(trainer.network.name), \(Figures.count(trainer.position.epoch, "epoch")), "
                + Figures.count(trainer.position.step, "step")
        }
        return [
            (
                "data",
                dataset.map {
                    "\($0.name), \($0.imageShape), \(Figures.count($0.classes.count, "class", "classes"))"
                } ?? "none"
            ),
            ("model", position ?? "none"),
            ("optimizer", "\(optimizer)"),
            ("schedule", "\(schedule)"),
            ("batch", "\(batchSize)"),
            ("normalize", normalizes ? "on" : "off"),
            (
                "augment",
                augmentations.isEmpty ? "none" : augmentations.map { "\($0)" }.joined(separator: "; ")
            ),
            ("convolution", convolution.rawValue),
            ("seed", "\(seed)"),
        ]
    }

    /// What a run store keeps of them: the model by its lines, since its name tells little and its epochs are the run's.
    func runSettings(of trainer: Trainer) -> [RunSetting] {
        settings.filter { $0.0 != "model" }.map { RunSetting($0.0, $0.1) }
            + [RunSetting("layers", trainer.setup.layers.joined(separator: "; "))]
    }
}
