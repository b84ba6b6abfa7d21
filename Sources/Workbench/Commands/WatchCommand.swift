import CommandLanguage
import Diagnosis
import Training

/// How often something is looked at while training runs.
let watchInterval = Argument(
    "every", .integer(1...1_000_000, unit: "steps"), "how often they are looked at", default: .number(20))

let watch = Command<Session>(
    Signature(
        "watch", "Show and record numbers while training runs.",
        details: """
            While training runs, the last values stand above the progress line, in a script each on a line. All are \
            recorded: `train -> r` has them in `$r.watch`, and `plot` draws one by its name, or all with `plot watched`. A \
            `*` stands for the names of layers: `*.gradient.norm`.
            """, topic: "Control",
        keywords: ["monitor", "live", "log", "gradient", "record", "track", "dead"],
        arguments: [
            Argument(
                "expressions", .measurement(example: "gradient.norm"), .rest,
                "what is measured, such as `gradient.norm` or `(conv1.gradient.norm / conv2.gradient.norm)`"),
            watchInterval,
        ],
        variants: [
            Signature(
                "quantities", "List what can be measured.",
                details: """
                    Those of a layer stand after its name: `conv1.gradient.norm`. The run's numbers and gradient norms are \
                    computed anyway; the others are a pass through the layer's weights, or through all that it gave.
                    """, keywords: ["measure", "names"], examples: ["watch quantities"]),
            histogramVariant,
            Signature(
                "list", "List what is watched.",
                result: [.init("", "for each number, name, steps, values")],
                examples: [.init("watch loss rate\nwatch list", setup: smallModelSetup)]),
            Signature(
                "delete", "Watch no more.",
                arguments: [
                    Argument(
                        "which",
                        .named(
                            .watch,
                            .either([.integer(1...Int.max), .choice([.init("all", "every one")]), .text])),
                        .rest, "numbers or names, as `watch list` has them", default: .list([.text("all")]))
                ],
                examples: [.init("watch loss\nwatch delete all", setup: smallModelSetup)]),
        ],
        examples: [
            .init(
                "watch gradient.norm conv1.update.ratio every=2 steps\ntrain 2 -> r\nprint $r.watch[0].values.max",
                setup: smallModelSetup),
            .init("watch *.gradient.norm every=1\nstep 5\nplot watched", setup: smallModelSetup),
            .init(
                "watch (conv1.gradient.norm / dense1.gradient.norm) every=1\ntrain 2\nplot (conv1.gradient.norm / dense1.gradient.norm)",
                setup: smallModelSetup),
        ])
) { call, session in
    let instruments = session.instruments
    switch call.path.dropFirst().first {
    case "quantities": session.show(quantityTable)
    case "histogram": try session.watchHistograms(call)
    case "list":
        if instruments.watches.isEmpty {
            session.show("nothing is watched: `watch gradient.norm` begins")
        } else {
            session.show(instruments.watchTable)
        }
        return instruments.watchList()
    case "delete":
        var numbers = Set<Int>()
        for value in call.list("which") {
            let found = instruments.watches.filter {
                [.text("all"), .number(Double($0.number)), .text($0.title)].contains(value)
            }
            if found.isEmpty, value != .text("all") { throw ControlRefusal.unknownWatch(value.literal) }
            numbers.formUnion(found.map(\.number))
        }
        instruments.deleteWatches(Array(numbers))
        var count = numbers.count
        if call.list("which").contains(.text("all")) {
            count += instruments.histograms.watches.count
            instruments.histograms.deleteAll()
        }
        session.noteDone("deleted", count, "watch", "watches")
    default:
        var formulas: [Formula] = []
        for value in call.list("expressions") {
            guard case .text(let text) = value else { continue }
            formulas += try session.formulas(text, as: "expressions")
        }
        for formula in formulas { try session.checkNumber(formula) }
        let watches = instruments.add(formulas, every: call.integer("every"))
        let every = call.integer("every")
        let titles = watches.map(\.title).joined(separator: ", ")
        session.note("watch: \(titles), every \(every == 1 ? "step" : "\(every) steps")")
        session.noteCost(of: formulas, every: every)
    }
    return .nothing
}

extension Session {
    /// One formula, or with a `*` one for each layer that is meant and has such a number.
    fileprivate func formulas(_ text: String, as argument: String) throws -> [Formula] {
        guard let formula = Formula(measuring: text), let name = formula.soleName, name.contains("*") else {
            return [try self.formula(text, as: argument)]
        }
        let network = try requireTrainer().network
        let found = Gauge.all(in: network).map(\.name).filter { $0.fits(pattern: name) }
        guard !found.isEmpty else {
            throw ControlRefusal.unknownQuantity(.unknown(name), known: [], argument: argument)
        }
        return found.compactMap { Formula(ofName: $0) }
    }

    fileprivate func checkNumber(_ formula: Formula) throws {
        guard case .number = try formula.trial(as: "expressions") else {
            throw ControlRefusal.notANumber(formula.text)
        }
    }
}

extension String {
    /// Whether it is the pattern, in which one `*` stands for anything.
    fileprivate func fits(pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return self == pattern }
        return count >= parts[0].count + parts[1].count && hasPrefix(parts[0]) && hasSuffix(parts[1])
    }
}
