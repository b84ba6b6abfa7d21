import CommandLanguage
import Diagnosis
import Training

// What breakpoints and watches say.

/// What can be measured.
let quantityTable = Table(
    columns: [.init("name"), .init("what it is"), .init("takes")],
    rows: allQuantities.map { quantity in
        let takes =
            switch quantity.cost {
            case .free: ""
            case .cheap: "its weights"
            case .expensive: "all it gave"
            }
        return [
            StyledText((quantity.isOfLayer ? "LAYER." : "") + quantity.name, .code),
            StyledText(quantity.summary), StyledText(takes, .faint),
        ]
    })

extension Breakpoint {
    /// `breakpoint 1 (jump)`
    var title: String { "breakpoint \(number)" + (name.map { " (\($0))" } ?? "") }

    /// `breakpoint 1: pauses when gradient.norm > 10, looked at every 10 steps`
    var line: StyledText {
        var rules = ""
        if every > 1 { rules += ", looked at every \(every) steps" }
        if after > 0 { rules += ", after step \(after)" }
        if isOnce { rules += ", once" }
        return StyledText(title, .strong) + ": pauses when " + StyledText(condition.text, .code)
            + StyledText(rules)
    }
}

extension Hit {
    /// The condition and the values that it saw.
    var line: StyledText {
        let seen = values.map { "\($0.name) is \(Figures.measured($0.value))" }
        return "  " + StyledText(breakpoint.title, .strong) + ": "
            + StyledText(breakpoint.condition.text, .code) + StyledText("; " + seen.joined(separator: ", "))
    }
}

extension Instruments {
    /// What the last look paused for, a line each after what stands before them.
    func hitLines(after headline: StyledText) -> StyledText {
        hits.reduce(headline) { $0 + "\n" + $1.line }
    }

    /// With a column for what is disabled, if anything is.
    var breakpointTable: Table {
        let hasDisabled = breakpoints.contains { !$0.isEnabled }
        return Table(
            columns: [
                .init("", .right), .init("name"), .init("condition"), .init("looked at"),
                .init("paused", .right),
            ] + (hasDisabled ? [.init("")] : []),
            rows: breakpoints.map { breakpoint in
                [
                    StyledText("\(breakpoint.number)"), StyledText(breakpoint.name ?? ""),
                    StyledText(breakpoint.condition.text, .code),
                    StyledText(
                        (breakpoint.every == 1 ? "each step" : "every \(breakpoint.every) steps")
                            + (breakpoint.after > 0 ? " after \(breakpoint.after)" : "")
                            + (breakpoint.isOnce ? ", once" : "")),
                    StyledText(Figures.grouped(breakpoint.hits)),
                ] + (hasDisabled ? [breakpoint.isEnabled ? "" : StyledText("disabled", .faint)] : [])
            })
    }

    /// What `pause list -> name` keeps.
    var breakpointList: Value {
        .list(
            breakpoints.map { breakpoint in
                .record([
                    "number": .number(Double(breakpoint.number)),
                    "name": breakpoint.name.map(Value.text) ?? .nothing,
                    "condition": .text(breakpoint.condition.text), "enabled": .boolean(breakpoint.isEnabled),
                    "hits": .number(Double(breakpoint.hits)),
                ])
            })
    }

    /// The last values, in a script: `step 20: gradient.norm 1.2, conv1.update.ratio 0.0012`
    func freshLine(atStep step: Int) -> StyledText {
        let values = fresh.map { "\($0.title) \(Figures.measured($0.points.last?.value ?? .nan))" }
        return StyledText("step \(Figures.grouped(step))", .strong)
            + StyledText(": " + values.joined(separator: ", "))
    }

    /// All that is watched, with how it went.
    var watchTable: Table {
        Table(
            columns: [
                .init("", .right), .init("watched"), .init("now", .right), .init("least", .right),
                .init("most", .right),
                .init("last \(Watch.shownPoints)"),
            ],
            rows: watches.map { watch in
                let values = watch.points.map(\.value)
                func figure(_ value: Double?) -> StyledText { StyledText(value.map(Figures.measured) ?? "") }
                return [
                    StyledText("\(watch.number)"), StyledText(watch.title, .code), figure(values.last),
                    figure(values.min()), figure(values.max()), .bars(watch.heights),
                ]
            })
    }

    /// What `$r.watch` and `watch list -> name` keep: the values after those updates.
    func watchList(in steps: Range<Int>? = nil) -> Value {
        .list(
            watches.map { watch in
                let points = watch.points.filter { steps?.contains($0.step - 1) != false }
                return .record([
                    "number": .number(Double(watch.number)), "name": .text(watch.title),
                    "steps": .list(points.map { .number(Double($0.step)) }),
                    "values": .list(points.map { .number($0.value) }),
                ])
            })
    }

    /// The curve of one watch, or with `watched` of all; nil if there is none.
    func chart(of word: String) -> Chart? {
        let meant = word == "watched" ? watches : watches.filter { $0.title == word }
        guard !meant.isEmpty else { return nil }
        return Chart(
            title: word, xLabel: "step",
            series: meant.map { watch in
                Chart.Series(watch.title, watch.points.map { Chart.Point(Double($0.step), $0.value) })
            })
    }
}

extension Watch {
    /// `watch 1 (loss)`
    var label: String { "watch \(number) (\(title))" }

    /// Points of a small curve.
    static let shownPoints = 16

    /// The last points as heights from 1 to 8.
    fileprivate var heights: [Int] {
        let values = points.suffix(Self.shownPoints).map(\.value).filter(\.isFinite)
        guard let least = values.min(), let most = values.max() else { return [] }
        let span = most - least
        return values.map { span > 0 && span.isFinite ? 1 + Int(7 * ($0 - least) / span) : 4 }
    }
}

/// The table of watches that stands above the progress line, made anew when it is worth drawing.
struct LiveTable {
    private let instruments: Instruments
    private var table: Table?
    private var lastMade: ContinuousClock.Instant?

    init(_ instruments: Instruments) { self.instruments = instruments }

    /// Nil if nothing is watched.
    mutating func next() -> Table? {
        guard !instruments.watches.isEmpty else { return nil }
        let now = ContinuousClock.now
        if let lastMade, now - lastMade < .milliseconds(100) { return table }
        (table, lastMade) = (instruments.watchTable, now)
        return table
    }
}
