import CommandLanguage
import Diagnosis
import Training

extension Session {
    /// The expression that a command was given, all of whose names mean something here.
    ///
    /// - Throws: `ControlRefusal`.
    func formula(_ text: String, as argument: String) throws(ControlRefusal) -> Formula {
        guard let formula = Formula(measuring: text) else {
            preconditionFailure("the language let through an expression of variables: \(text)")
        }
        guard !formula.names.isEmpty else { throw .nothingMeasured(text, argument: argument) }
        for name in formula.names { try checkName(name, argument) }
        return formula
    }

    /// Without a model, a layer's name is anybody's guess.
    private func checkName(_ name: String, _ argument: String) throws(ControlRefusal) {
        guard let network = trainer?.network else {
            let isKnown = allQuantities.contains { quantity in
                quantity.isOfLayer ? name.hasSuffix("." + quantity.name) : name == quantity.name
            }
            guard isKnown else {
                throw .unknownQuantity(
                    .unknown(name), known: allQuantities.filter { !$0.isOfLayer }.map(\.name),
                    argument: argument)
            }
            return
        }
        do throws(QuantityError) {
            _ = try Gauge(name, in: network)
        } catch {
            throw .unknownQuantity(error, known: Gauge.all(in: network).map(\.name), argument: argument)
        }
    }

    /// Runs `body` with the session's watches, which begin anew, and without its breakpoints: whatever it watches and
    /// pauses for is gone afterwards.
    func withInstrumentsApart<Result>(_ body: () throws -> Result) rethrows -> Result {
        let outside = instruments
        instruments = Instruments(watchesOf: outside)
        defer { instruments = outside }
        return try body()
    }

    /// Says so if looking is not cheap.
    func noteCost(of formulas: [Formula], every: Int) {
        guard let network = trainer?.network else { return }
        let layers = formulas.flatMap(\.names).compactMap { name -> String? in
            guard let gauge = try? Gauge(name, in: network), gauge.quantity.cost == .expensive else {
                return nil
            }
            return gauge.layer.map { network.layers[$0].name }
        }.uniqued
        guard let first = layers.first else { return }
        let what = layers.count == 1 ? "`\(first)` gives" : "\(layers.count) layers give"
        let when =
            every == 1 ? "at each step, which takes time: `every=10` takes a tenth" : "every \(every) steps"
        note(StyledText("looks at all that \(what) \(when)", .faint))
    }

    /// Gets breakpoints and watches ready for a training, and says which are of no use.
    func prepareInstruments(for trainer: Trainer) {
        for (title, error) in instruments.prepare(for: trainer) {
            let refusal = ControlRefusal.unknownQuantity(error, known: [], argument: nil)
            show(StyledText("\(title) is not looked at: \(refusal.message)", .warning))
        }
    }
}

extension Formula {
    /// What it gives with some number in place of all that is measured: shows what kind of value it has.
    ///
    /// - Throws: `Problem` of the argument that it is.
    func trial(as argument: String) throws(Problem) -> Value {
        do throws(Problem) {
            // A number that hardly anybody subtracts or divides by.
            return try value { _ in .number(0.618) }
        } catch {
            var problem = error
            problem.argument = argument
            throw problem
        }
    }
}
