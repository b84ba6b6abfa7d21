import CommandLanguage
import Diagnosis
import Networks
import Training

/// A session's breakpoints and watches, which look at a training between its steps.
final class Instruments: StepInspector {
    private(set) var breakpoints: [Breakpoint] = []
    private(set) var watches: [Watch] = []
    var histograms = HistogramRecorder()
    /// What the last look paused for.
    private(set) var hits: [Hit] = []
    /// The watches whose value the last look has written down.
    private(set) var fresh: [Watch] = []
    /// Seconds that looking has taken since `prepare`.
    private(set) var secondsSpent = 0.0
    private var lastBreakpoint = 0
    private var lastWatch = 0
    private var meter: Meter?
    private var gauges: [String: Gauge] = [:]
    /// Of breakpoints and watches that had no value since `prepare`, by title, why the last time; nil if they were not
    /// looked at.
    private var problems: [String: String?] = [:]

    init() {}

    /// With the same watches, which begin anew, and no breakpoints.
    init(watchesOf other: Instruments) {
        for watch in other.watches { _ = add([watch.expression], every: watch.every) }
        histograms = other.histograms.emptied
    }

    var isEmpty: Bool {
        watches.isEmpty && histograms.isEmpty && !breakpoints.contains(where: \.isEnabled)
    }

    /// All that is declared, with what it has recorded.
    struct Content {
        let breakpoints: [Breakpoint]
        let watches: [Watch]
        let histograms: HistogramRecorder
        let lastNumbers: (breakpoint: Int, watch: Int)
    }

    var content: Content {
        get {
            Content(
                breakpoints: breakpoints, watches: watches, histograms: histograms,
                lastNumbers: (lastBreakpoint, lastWatch))
        }
        set {
            (breakpoints, watches, histograms) = (newValue.breakpoints, newValue.watches, newValue.histograms)
            (lastBreakpoint, lastWatch) = newValue.lastNumbers
        }
    }

    // MARK: Declaring

    func add(_ condition: Formula, name: String?, every: Int, after: Int, isOnce: Bool) -> Breakpoint {
        // A name means one breakpoint: the last that was declared so.
        if let name { breakpoints.removeAll { $0.name == name } }
        lastBreakpoint += 1
        let breakpoint = Breakpoint(
            lastBreakpoint, condition, name: name, every: every, after: after, isOnce: isOnce)
        breakpoints.append(breakpoint)
        return breakpoint
    }

    /// One for each expression; one that is watched already is watched anew, and keeps what it has recorded.
    func add(_ expressions: [Formula], every: Int) -> [Watch] {
        expressions.map { expression in
            if let index = watches.firstIndex(where: { $0.expression == expression }) {
                watches[index].every = every
                return watches[index]
            }
            lastWatch += 1
            watches.append(Watch(lastWatch, expression, every: every))
            return watches[watches.count - 1]
        }
    }

    func enable(_ isEnabled: Bool, numbers: [Int]) {
        for index in breakpoints.indices where numbers.contains(breakpoints[index].number) {
            breakpoints[index].isEnabled = isEnabled
            breakpoints[index].held = false
        }
    }

    func deleteBreakpoints(_ numbers: [Int]) { breakpoints.removeAll { numbers.contains($0.number) } }
    func deleteWatches(_ numbers: [Int]) { watches.removeAll { numbers.contains($0.number) } }

    // MARK: Looking

    /// Gets ready to look at a trainer.
    ///
    /// - Returns: what is of no use with its network, as `watch` or `pause` names it, with the reason.
    func prepare(for trainer: Trainer) -> [(title: String, problem: QuantityError)] {
        if meter?.trainer !== trainer {
            meter = Meter(of: trainer)
            for index in breakpoints.indices { breakpoints[index].held = false }
        }
        (secondsSpent, hits, fresh) = (0, [], [])
        (gauges, problems) = ([:], [:])
        var useless: [(String, QuantityError)] = []
        let active = breakpoints.filter(\.isEnabled).map { ($0.condition, $0.title) }
        for (formula, title) in active + watches.map({ ($0.expression, $0.label) }) {
            problems[title] = .some(nil)
            for name in formula.names where gauges[name] == nil {
                do throws(QuantityError) {
                    gauges[name] = try Gauge(name, in: trainer.network)
                } catch {
                    useless.append((title, error))
                    problems[title] = nil
                    break
                }
            }
        }
        return useless
    }

    /// What has had no value since `prepare`, with the reason.
    var unjudged: [(title: String, reason: String)] {
        let silent = watches.filter(\.points.isEmpty)
        let all = breakpoints.map { ($0.title, $0.every) } + silent.map { ($0.label, $0.every) }
        return all.compactMap { title, every in
            problems[title].map {
                (title, $0 ?? "looked at every \(every) steps")
            }
        }
    }

    func wantsValues(beforeStep step: Int) -> Bool {
        func needs(_ formula: Formula) -> Bool {
            formula.names.contains { gauges[$0]?.quantity.needsValuesBefore == true }
        }
        return histograms.wantsValues(beforeStep: step)
            || breakpoints.contains { $0.isDue(atStep: step) && needs($0.condition) }
            || watches.contains { step % $0.every == 0 && needs($0.expression) }
    }

    func inspectStep(of trainer: Trainer) -> [Int] {
        guard !isEmpty else { return [] }
        let start = ContinuousClock.now
        defer { secondsSpent += (ContinuousClock.now - start) / .seconds(1) }
        meter?.advance()
        for gauge in gauges.values { meter?.gather(gauge) }
        histograms.inspectStep(of: trainer)
        let step = trainer.position.step
        fresh = []
        for index in watches.indices where step % watches[index].every == 0 {
            guard case .number(let value)? = value(of: watches[index].expression, watches[index].label)
            else { continue }
            watches[index].note(value, atStep: step)
            fresh.append(watches[index])
        }
        return look { $0.isDue(atStep: step) }
    }

    func inspectEpoch(of trainer: Trainer) -> [Int] {
        let step = trainer.position.step
        fresh = []
        return look { $0.isEnabled && step > $0.after }
    }

    private func look(at isDue: (Breakpoint) -> Bool) -> [Int] {
        hits = []
        for index in breakpoints.indices where isDue(breakpoints[index]) {
            let breakpoint = breakpoints[index]
            let holds = value(of: breakpoint.condition, breakpoint.title) == .boolean(true)
            guard breakpoints[index].note(holds: holds) else { continue }
            let values = breakpoints[index].condition.names.compactMap { name in
                measure(name).map { (name, $0) }
            }
            hits.append(Hit(breakpoint: breakpoints[index], values: values))
        }
        return hits.map(\.breakpoint.number)
    }

    /// Nil where something has no value yet, or where what there is cannot be computed with; that is noted.
    private func value(of formula: Formula, _ title: String) -> Value? {
        do throws(Formula.Problem) {
            let value = try formula.value { name in measure(name).map(Value.number) }
            problems[title] = nil
            return value
        } catch {
            let missing = formula.names.filter { measure($0) == nil }.map { "`\($0)`" }
            if problems[title] != nil {
                problems[title] =
                    missing.isEmpty ? error.message : missing.joined(separator: " and ") + " had no value"
            }
            return nil
        }
    }

    private func measure(_ name: String) -> Double? {
        gauges[name].flatMap { meter?.value(of: $0) }
    }
}
