import CommandLanguage
import Search
import Tensors
import Training

extension Session {
    /// A row for each thing that is set: what it is, and the command that changes it.
    var settingsTable: Table {
        Table(
            columns: [.init("setting"), .init("value")],
            rows: state.settingRows.map { [StyledText($0.name, .strong), StyledText($0.value)] })
    }

    /// What a run store keeps of them: the model by its lines, since its name tells little and its epochs are the run's.
    func runSettings(of trainer: Trainer) -> [RunSetting] {
        var kept: [RunSetting] = []
        for (name, value) in state.settingRows where name != "model" {
            // The last gradients are no setting.
            let value = name == "clip" ? "\(settings.options.clipping)" : value
            if let index = kept.firstIndex(where: { $0.name == name }) {
                kept[index] = RunSetting(name, kept[index].value + "; " + value)
            } else {
                kept.append(RunSetting(name, value))
            }
        }
        return kept + [RunSetting("layers", trainer.setup.layers.joined(separator: "; "))]
    }
}

extension SessionState {
    /// What is set, in words.
    var settingRows: [(name: String, value: String)] {
        let position = model.map { model in
            "\(model.design.name), \(Figures.count(model.training.position.epoch, "epoch")), "
                + Figures.count(model.training.position.step, "step")
        }
        let options = settings.options
        var rows: [(name: String, value: String)] = [
            (
                "data",
                settings.dataset.map {
                    "\($0.name), \($0.imageShape), \(Figures.count($0.classes.count, "class", "classes"))"
                } ?? "none"
            ),
            ("model", position ?? "none"),
            ("optimizer", "\(settings.optimizer)"),
            ("schedule", "\(settings.schedule)"),
            ("loss", "\(settings.loss)"),
            ("clip", clippingLine),
            ("average", options.averaging.map { "\($0)" } ?? "off"),
            ("early-stopping", options.stopping.map { "\($0)" } ?? "off"),
            ("batch", "\(settings.batchSize)"),
            ("sample", "\(options.sampling)"),
            ("normalize", settings.normalizes ? "on" : "off"),
            (
                "augment",
                settings.augmentations.isEmpty
                    ? "none" : settings.augmentations.map { "\($0)" }.joined(separator: "; ")
            ),
            ("convolution", settings.convolution.rawValue),
            ("seed", "\(settings.seed)"),
        ]
        if let rates = model?.training.layerRates, !rates.isEmpty {
            rows.append(("freeze", rates.frozen.isEmpty ? "none" : rates.frozen.joined(separator: ", ")))
            for (layer, rate) in rates.rates.sorted(by: { $0.key < $1.key }) {
                rows.append(("rate", "\(Figures.setting(rate)) for \(layer)"))
            }
        }
        return rows
    }

    /// With the norm of the last gradients, which it is about.
    private var clippingLine: String {
        let clipping = settings.options.clipping
        guard clipping != .off, let norm = model?.training.history.steps.last?.gradientNorm else {
            return "\(clipping)"
        }
        return "\(clipping) (norm of the last gradients: \(Figures.decimal(Double(norm))))"
    }
}
