import CommandLanguage
import Diagnosis
import Networks

/// `watch histogram`, which records what `show histograms` draws.
let histogramVariant = Signature(
    "histogram", "Record how a layer's numbers lie, over the steps to come.",
    details: """
        Of a layer's weight, of its gradient or update, or of what it gave for the batch; `show histograms` draws them. \
        Looking is a pass through all those numbers: with `every=20` hardly felt.
        """,
    keywords: ["distribution", "spread", "over time", "weights", "drift"],
    arguments: [
        Argument(
            "what", .choice(Statistics.Subject.allCases.map { .init($0.rawValue, subjectWords[$0] ?? "") }),
            .positional, "which numbers"),
        Argument(
            "layers", .layer, .positional, "only these: \(layerNameRule)", isOptional: true),
        watchInterval,
    ],
    examples: [
        .init("watch histogram weights every=2\ntrain 2\nshow histograms", setup: smallModelSetup),
        .init("watch histogram activations relu1 every=1\nstep 4\nshow histograms", setup: smallModelSetup),
    ])

/// `show histograms`.
let histograms = Word<[Displayable]>(
    Signature(
        "histograms", "Draw how layers' numbers lay over the steps: the histograms that were watched.",
        details: """
            A column for each time they were looked at, a row for each part of the range, the largest numbers at the top; \
            the fuller a cell, the more of the numbers lie there. `watch histogram` says what is recorded.
            """,
        keywords: ["distribution", "spread", "over time", "heat map", "drift"],
        arguments: [
            Argument("layers", .layer, .positional, "only these: \(layerNameRule)", isOptional: true)
        ],
        examples: [
            .init(
                "watch histogram gradients conv1 every=2\ntrain 2\nshow histograms conv1",
                setup: smallModelSetup)
        ])
) { call, session in
    let watches = session.instruments.histograms.watches
    let meant = try call.optionalText("layers").map { try session.layerNames(like: $0) }
    let maps = watches.filter { meant?.contains($0.layer) ?? true }.compactMap(\.heatMap)
    guard !maps.isEmpty else { throw LookRefusal.noHistograms(isWatched: !watches.isEmpty) }
    return maps.map(Displayable.heatMap)
}

extension Session {
    func watchHistograms(_ call: Call) throws {
        let layers = try requireTrainer().network.layers
        guard let subject = Statistics.Subject(rawValue: call.text("what")) else { return }
        let meant = try call.optionalText("layers").map { try layerNames(like: $0) }
        let watched = layers.filter { layer in
            (meant?.contains(layer.name) ?? true) && (subject == .activations || !layer.parameters.isEmpty)
        }.map(\.name)
        guard !watched.isEmpty else { throw Refusal.nothingToMeasure(subject.rawValue) }
        let every = call.integer("every")
        instruments.histograms.add(subject, of: watched, every: every)
        let titles = watched.count > 6 ? "\(watched.count) layers" : watched.joined(separator: ", ")
        note(
            "watch: histograms of \(subject.rawValue) of \(titles), every \(every == 1 ? "step" : "\(every) steps")"
        )
    }

    /// - Throws: `Refusal` if there is no such layer.
    fileprivate func layerNames(like pattern: String) throws -> [String] {
        let network = try requireTrainer().network
        let meant = network.layers(matching: pattern).map(\.name)
        guard !meant.isEmpty else {
            throw Refusal.unknownLayer(pattern, known: network.layers.map(\.name))
        }
        return meant
    }
}
