import CommandLanguage
import Search

let comparisonCommands: [Command<Session>] = [
    Command(compareSignature) { call, session in try session.compare(call) }
]

/// Beside `runs`, where one looks for it.
let compareRuns = Word<Value>(compareSignature) { call, session in try session.compare(call) }

private let compareSignature = Signature(
    "compare", "Put runs side by side: settings that differ, metrics, and a chart of their curves.",
    details: """
        A run is its number in `runs`, or what `-> name` kept of `train` or of a fork's arm, such as `$f.adam`.
        """,
    topic: "Experiments", keywords: ["difference", "versus", "side by side", "runs", "plot"],
    arguments: [
        Argument("runs", .either([.run, .any]), .rest, "numbers in `runs`, or results"),
        Argument("curve", .text, "what to draw: a column of `runs show`", default: .text("val.accuracy")),
    ],
    examples: [
        .init("compare 1 2 curve=val.loss", setup: trainedSetup + "\nrate 0.01\ntrain 2"),
        .init("rate 0.1\ntrain 2 -> fast\ncompare $base $fast", setup: trainedSetup),
    ])

extension Session {
    fileprivate func compare(_ call: Call) throws -> Value {
        let values = call.list("runs")
        guard values.count >= 2 else { throw SearchRefusal.tooFewRuns(2) }
        let compared = try values.enumerated().map { index, value in
            try self.run(value, typed: call.source[call.elementSpans[index]])
        }
        let curve = call.text("curve")
        guard compared.contains(where: { $0.curves[curve] != nil }) else {
            throw SearchRefusal.unknownRunCurve(curve, allowed: compared.curveNames)
        }
        show(compared.differences)
        show(compared.metrics)
        sink?.show(.chart(compared.chart(of: curve)))
        return .nothing
    }

    private func run(_ value: Value, typed text: String) throws -> ComparedRun {
        switch value {
        case .number(let number):
            guard let id = Int64(exactly: number) else { throw ExperimentRefusal.notARun(value.literal) }
            return ComparedRun(try runs.open().run(id))
        case .record(let record):
            guard let run = ComparedRun(record, named: text) else {
                throw ExperimentRefusal.notARun("a record without curves")
            }
            return run
        default: throw ExperimentRefusal.notARun(value.kindName)
        }
    }
}
