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
        var rows: [(String, String)] = [
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
            ("clip", clippingLine),
            ("average", options.averaging.map { "\($0)" } ?? "off"),
            ("early-stopping", options.stopping.map { "\($0)" } ?? "off"),
            ("batch", "\(batchSize)"),
            ("sample", "\(options.sampling)"),
            ("normalize", normalizes ? "on" : "off"),
            (
                "augment",
                augmentations.isEmpty ? "none" : augmentations.map { "\($0)" }.joined(separator: "; ")
            ),
            ("convolution", convolution.rawValue),
            ("seed", "\(seed)"),
        ]
        if let rates = trainer?.layerRates, !rates.isEmpty {
            rows.append(("freeze", rates.frozen.isEmpty ? "none" : rates.frozen.joined(separator: ", ")))
            for (layer, rate) in rates.rates.sorted(by: { $0.key < $1.key }) {
                rows.append(("rate", "\(Figures.setting(rate)) for \(layer)"))
            }
        }
        return rows
    }

    /// What a run store keeps of them: the model by its lines, since its name tells little and its epochs are the run's.
    func runSettings(of trainer: Trainer) -> [RunSetting] {
        var kept: [RunSetting] = []
        for (name, value) in settings where name != "model" {
            // The last gradients are no setting.
            let value = name == "clip" ? "\(options.clipping)" : value
            if let index = kept.firstIndex(where: { $0.name == name }) {
                kept[index] = RunSetting(name, kept[index].value + "; " + value)
            } else {
                kept.append(RunSetting(name, value))
            }
        }
        return kept + [RunSetting("layers", trainer.setup.layers.joined(separator: "; "))]
    }

    /// With the norm of the last gradients, which it is about.
    private var clippingLine: String {
        guard options.clipping != .off, let norm = trainer?.history.steps.last?.gradientNorm else {
            return "\(options.clipping)"
        }
        return "\(options.clipping) (norm of the last gradients: \(Figures.decimal(Double(norm))))"
    }
}
