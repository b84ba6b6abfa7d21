import CommandLanguage

/// An expression whose value is shown and recorded while training runs.
struct Watch {
    /// Its value after an update.
    struct Point {
        /// Updates in the run.
        let step: Int
        let value: Double
    }

    let number: Int
    let expression: Formula
    /// Looked at after each so many updates.
    var every: Int
    private(set) var points: [Point] = []

    init(_ number: Int, _ expression: Formula, every: Int) {
        self.number = number
        self.expression = expression
        self.every = every
    }

    /// As it is shown: a name alone without quotes.
    var title: String { expression.soleName ?? expression.text }

    /// Writes a value down. A run that went back, or another run, takes the place of what it does anew.
    mutating func note(_ value: Double, atStep step: Int) {
        while let last = points.last, last.step >= step { points.removeLast() }
        points.append(Point(step: step, value: value))
    }
}
