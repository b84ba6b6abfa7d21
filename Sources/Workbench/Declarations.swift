import CommandLanguage
import Training

/// The statements that made a session what it is, in an order in which they can be run again: of each kind the last,
/// and all that are about some layers only.
struct Declarations {
    private(set) var calls: [Call] = []

    /// Remembers a statement that has run.
    mutating func note(_ call: Call) {
        // The seed is the session's own, and a trial has another.
        guard call.path[0] != "seed" else { return }
        calls.removeAll { call.voids($0) }
        // Data that is loaded while a model stays fits it; a model is declared after its data.
        if call.path[0] == "data" { calls.insert(call, at: 0) } else { calls.append(call) }
    }

    /// The variables that the statements read.
    var inputs: [String] { calls.flatMap { $0.recorded?.inputs ?? [] }.uniqued }

    /// The statements with the values that they got, as a script.
    func script(seed: UInt64) -> String {
        (["seed \(seed)"] + calls.map { $0.typed(in: Session.catalog) }).joined(separator: "\n")
    }
}

extension Call {
    /// Whether nothing of an earlier call is left after this one.
    fileprivate func voids(_ earlier: Call) -> Bool {
        let (command, other) = (path[0], earlier.path[0])
        switch command {
        case "model": return other == "model" || other == "init" || earlier.isAboutLayers
        case "optimizer": return other == "optimizer" || (other == "rate" && !earlier.isAboutLayers)
        // `set convolution` leaves other things that are `set` alone.
        case "set": return earlier.path == path
        default: return other == command && !isAboutLayers && !earlier.isAboutLayers
        }
    }

    /// It adds to what earlier calls of its command did for other layers: `freeze conv1`, `rate 0.01 layers=[conv1]`.
    private var isAboutLayers: Bool {
        path[0] == "freeze" || path[0] == "unfreeze" || argumentSpans["layers"] != nil
    }
}

extension Command<Session> {
    /// The command, which after it has run is one of the session's declarations. What `find` finds is none.
    var remembered: Command {
        Command(signature) { call, session in
            let value = try run(call, session)
            if call.path.last != "find" { session.declarations.note(call) }
            return value
        }
    }
}

extension Session {
    /// Notes what a state brought along as if it had been typed.
    func declareWhatWasLoaded(_ trainer: Trainer) {
        let rates = trainer.layerRates
        let texts =
            [
                "optimizer \(settings.optimizer)", "schedule \(settings.schedule)",
                "clip \(settings.options.clipping)",
                "average \(settings.options.averaging.map { "\($0)" } ?? "off")",
                "early-stopping \(settings.options.stopping.map { "\($0)" } ?? "off")",
            ]
            + (rates.frozen.isEmpty ? [] : ["freeze \(rates.frozen.joined(separator: " "))"])
            + rates.rates.sorted { $0.key < $1.key }.map { "rate \($0.value.literal) layers=[\($0.key)]" }
        for text in texts {
            // A line that cannot be typed cannot be declared again either.
            if let call = try? RecordedStatement.call(of: text, in: Session.catalog) {
                declarations.note(call)
            }
        }
    }

    /// Runs a declaring statement without a word.
    ///
    /// - Returns: whether it could be run.
    func declare(_ text: String) -> Bool {
        let shown = sink
        sink = nil
        defer { sink = shown }
        guard let call = try? RecordedStatement.call(of: text, in: Session.catalog),
            let command = declaringCommands.first(where: { $0.signature.name == call.path[0] })
        else { return false }
        return (try? command.run(call, self)) != nil
    }
}

extension TrainingSetup {
    /// What declares that which is not so in `other`, beside data and layers.
    func statements(changing other: TrainingSetup) -> [String] {
        // Otherwise it says what was measured.
        let (isNormalized, wasNormalized) = (normalization != "off", other.normalization != "off")
        return [
            batchSize == other.batchSize ? nil : "batch \(batchSize)",
            sampling == other.sampling ? nil : "sample \(sampling)",
            augmentations == other.augmentations
                ? nil
                : augmentations.isEmpty ? "augment" : "augment { \(augmentations.joined(separator: "; ")) }",
            isNormalized == wasNormalized ? nil : "normalize \(isNormalized ? "on" : "off")",
            loss == other.loss ? nil : "loss \(loss)",
            convolution == other.convolution ? nil : "set convolution \(convolution)",
        ].compactMap(\.self)
    }
}
