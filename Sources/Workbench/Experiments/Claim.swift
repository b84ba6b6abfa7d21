import CommandLanguage
import Search

/// A condition with what several seeds say to it.
struct Claim {
    /// As typed.
    let text: String
    let holds: Bool
    /// By how much it holds, in pairs of one seed; nil if it is no comparison by size.
    let difference: PairedDifference?
    /// The seeds for which it does not hold, each with the values that it read.
    private let failures: [(seed: String, values: String)]
    private let seeds: [String]
    /// Whether it compares arms, whose mean difference counts; else each seed counts.
    private let isComparison: Bool
    private let margin: Double

    /// The claims of a call, about its own arms if it has any.
    ///
    /// - Throws: `ExperimentRefusal.noSeeds` if a condition reads nothing that has several seeds; `Formula.Problem` if it
    ///   cannot be computed.
    static func all(of call: Call, _ arms: SeededFork?) throws -> [Claim] {
        let variables = Variables(call, arms)
        return try call.list("conditions").map { value in
            guard case .text(let text) = value, let condition = Condition(text) else {
                preconditionFailure("the language let through what is no condition: \(value)")
            }
            do {
                return try Claim(condition, variables, margin: call.number("margin"))
            } catch var problem as Formula.Problem {
                problem.argument = "conditions"
                throw problem
            }
        }
    }

    private init(_ condition: Condition, _ variables: Variables, margin: Double) throws {
        text = condition.text
        let seeded = condition.variables.filter { variables.each[$0] != nil }
        seeds = try variables.seeds(of: seeded)
        let count = seeds.count
        guard count > 0 else { throw ExperimentRefusal.noSeeds(condition.text) }
        let excesses = try (0..<count).compactMap { index in
            try condition.excess(where: variables.values(of: index))
        }
        difference = excesses.count == count ? PairedDifference(excesses) : nil
        isComparison = condition.compares(seeded)
        self.margin = margin
        failures = try zip(0..<count, seeds).compactMap { index, seed in
            guard try !condition.holds(where: variables.values(of: index)) else { return nil }
            let values = condition.observed(where: variables.values(of: index))
                .map { "\($0.text) is \($0.value.formatted)" }
            return (seed, values.joined(separator: ", "))
        }
        if isComparison, let difference {
            let isBeyondChance =
                difference.interval.map { $0.lowerBound > 0 } ?? (count == 1 && failures.isEmpty)
            holds = difference.mean > margin && isBeyondChance
        } else {
            holds = failures.isEmpty
        }
    }

    /// Nothing, for a condition that is no comparison by size.
    var result: Value {
        guard let difference else { return .nothing }
        var record: Record = ["difference": .number(difference.mean)]
        record["lower"] = difference.interval.map { .number($0.lowerBound) }
        record["upper"] = difference.interval.map { .number($0.upperBound) }
        record["values"] = .list(difference.differences.map(Value.number))
        return .record(record)
    }

    /// Whether it holds, and the numbers.
    var report: StyledText {
        (holds ? StyledText("holds: ", .good) : StyledText("does not hold: ", .error))
            + StyledText(text, .code) + StyledText("\n  \(finding)")
    }

    /// The numbers that decide.
    var finding: String {
        guard isComparison, let difference else {
            if failures.isEmpty { return "for \(Figures.count(seeds.count, "seed"))" }
            let listed = failures.prefix(5).map { "seed \($0.seed): \($0.values)" }.joined(separator: "; ")
            return "not for \(failures.count) of \(Figures.count(seeds.count, "seed")): \(listed)"
        }
        var parts = ["the mean difference is \(Figures.signed(difference.mean))"]
        if let interval = difference.interval {
            parts.append(
                "95 % interval \(Figures.signed(interval.lowerBound)) to \(Figures.signed(interval.upperBound))"
            )
        }
        if margin > 0 { parts.append("margin \(Figures.decimal(margin))") }
        let pairs = zip(seeds, difference.differences).map { "seed \($0) \(Figures.signed($1))" }
        return parts.joined(separator: ", ") + " (" + pairs.joined(separator: ", ") + ")"
    }

    /// What a condition's variables are for each seed.
    private struct Variables {
        /// Of variables that have several seeds, what they are for each.
        private(set) var each: [String: [Value]] = [:]
        private var seeds: [String: [Value]] = [:]
        private let call: Call

        init(_ call: Call, _ arms: SeededFork?) {
            self.call = call
            for case .text(let text) in call.list("conditions") {
                for name in Condition(text)?.variables ?? [] {
                    if let value = call.recorded?.value(of: name) { note(name, value) }
                }
            }
            guard let arms else { return }
            for column in arms.byArm {
                each[column[0].name] = column.map { .record($0.result) }
                seeds[column[0].name] = arms.seeds.map { .number(Double($0)) }
            }
        }

        /// The result of a fork over seeds.
        private mutating func note(_ name: String, _ value: Value) {
            guard case .record(let record) = value, case .list(let all)? = record[SeededFork.eachField],
                case .list(let seeds)? = record[SeededFork.seedsField]
            else { return }
            each[name] = all
            self.seeds[name] = seeds
        }

        func values(of index: Int) -> (String) -> Value? {
            { name in each[name].map { $0[index] } ?? call.recorded?.value(of: name) }
        }

        /// The seeds that all of these have.
        ///
        /// - Throws: `ExperimentRefusal.otherSeeds` if they have not the same.
        func seeds(of names: [String]) throws(ExperimentRefusal) -> [String] {
            let all = names.map { name in (seeds[name] ?? []).prefix(each[name]?.count ?? 0).map(\.formatted)
            }
            for other in all where other != all[0] { throw .otherSeeds(names) }
            return all.first ?? []
        }
    }
}
