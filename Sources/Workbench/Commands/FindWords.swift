import CommandLanguage
import Search
import Training

/// Other tools' word for the same test.
let findCommands: [Command<Session>] = [
    Command(
        Signature(
            "lr", "Find a learning rate, like `rate find`.", topic: "Searching",
            keywords: ["learning rate", "range test"], variants: [findRate.signature])
    ) { call, session in try findRate.make(call, session) }
]

let findRate = Word<Value>(
    Signature(
        "find", "Try out learning rates, from far too small to exploding, and say which are worth trying.",
        details: """
            The range test: the rate grows by the same factor at each step, first from `from` to `to`, then finer where \
            the loss falls. The losses of all `seeds` (of order, augmentation and dropout) are averaged. It begins at the \
            weights as they are, and everything is as it was afterwards: weights, optimizer, random streams, history. \
            `low` and `high` are the rate at which the loss has fallen by a tenth of its whole fall, and a tenth of the \
            rate at which it is lowest. \
            (Smith, 2017)
            """,
        topic: "Searching",
        keywords: ["lr", "learning rate", "range test", "finder", "stuck", "slow", "nan"],
        arguments: [
            Argument("from", .number(.above(0)), "the first rate", default: .number(1e-6)),
            Argument(
                "to", .number(.above(0)), "the last rate, unless the loss explodes", default: .number(10)),
            Argument("steps", .integer(10...10_000), "updates in each sweep", default: .number(100)),
            Argument("seeds", .integer(1...100), "sweeps that are averaged", default: .number(3)),
        ],
        result: [
            .init("low", "the lowest rate worth trying; `nothing` if no rate lowers the loss"),
            .init("high", "the highest"), .init("steepest", "the rate at which the loss falls fastest"),
            .init("lowest", "the rate at which it is lowest"),
            .init("rates", "the rates of the finer sweep"), .init("losses", "the smoothed loss at each"),
        ],
        examples: [
            .init(
                """
                rate find steps=30 seeds=2 -> found
                print $found.low $found.high
                """, setup: smallModelSetup)
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let (from, to) = (call.number("from"), call.number("to"))
    guard from < to else { throw SearchRefusal.reversedRates(from: from, to: to) }
    let finder = RateFinder(
        rates: from...to, steps: call.integer("steps"), seeds: call.integer("seeds"))
    let finding = try finder.run(on: trainer, seed: session.settings.seed, shouldStop: session.shouldStop) {
        done in
        session.show(Progress(label: "rates", fraction: done))
    }
    guard let finding else {
        session.show("stopped before the end: everything is as it was")
        throw CommandInterruption()
    }
    session.sink?.show(.chart(finding.chart))
    session.show(finding.advice)
    return finding.result
}

let findBatch = Word<Value>(
    Signature(
        "find", "Measure how fast steps of growing batches are, and what memory they take.",
        details: """
            Whole updates, loading and augmentation included, of batches of 8, 16, 32, ... images until memory is out or \
            two sizes in a row gain less than 5%. Everything is as it was afterwards. The suggestion is the smallest \
            size that is about as fast as the fastest: larger ones only make fewer steps in each epoch.
            """,
        topic: "Searching", keywords: ["batch size", "throughput", "speed", "slow", "memory"],
        arguments: [
            Argument(
                "largest", .integer(1...1_000_000, unit: "images"), "no larger batch is tried",
                default: .number(4096)),
            Argument(
                "seconds", .number(.within(0.01...60), unit: "seconds"), "how long each size is measured",
                default: .number(0.5)),
        ],
        result: [
            .init("size", "the suggestion"), .init("sizes", "what was measured"),
            .init("speeds", "images a second of each"), .init("memory", "bytes of activations of each"),
        ],
        examples: [
            .init("batch find largest=16 seconds=0.01 -> found\nprint $found.size", setup: smallModelSetup)
        ])
) { call, session in
    let trainer = try session.requireTrainer()
    let largest = call.integer("largest")
    let finder = BatchFinder(smallest: min(8, largest), largest: largest, seconds: call.number("seconds"))
    let finding = try finder.run(on: trainer, shouldStop: session.shouldStop) { measurement in
        session.show(
            Progress(
                label: "batch \(measurement.size)", fraction: Double(measurement.size) / Double(largest),
                figures: [.speed(measurement.imagesPerSecond)]))
    }
    guard let finding else {
        session.show("stopped before the end: everything is as it was")
        throw CommandInterruption()
    }
    session.show(finding.table)
    session.show(finding.advice)
    return finding.result
}
