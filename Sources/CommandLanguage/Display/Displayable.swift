/// What a command shows. A front end draws it: a terminal today; HTML, Markdown, JSON or Jupyter messages later.
package enum Displayable: Sendable, Equatable {
    case text(StyledText)
    case table(Table)
    case chart(Chart)
    case image(ImageGrid)
    case heatMap(HeatMap)
}

/// Text in runs, each with a role; the front end chooses how a role looks, never by colour alone.
package struct StyledText: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// What a run of text is.
    package enum Role: Sendable, Equatable {
        case plain, heading, strong, faint, code, good, warning, error
        /// Digits from 0 to 8, drawn as bars of that height: see `StyledText.bars`.
        case bars
    }

    /// Text of one role.
    package struct Run: Sendable, Equatable {
        package var text: String
        package var role: Role

        package init(_ text: String, _ role: Role = .plain) {
            self.text = text
            self.role = role
        }
    }

    package var runs: [Run]
    /// What the whole text shows, in full, where it is a number or several: `0.913` stands for 0.91349.
    package var value: Value?
    /// Whether it is to be read from beginning to end: its lines are not as wide as a wide screen.
    package private(set) var isProse = false

    package init(_ runs: [Run], value: Value? = nil) { (self.runs, self.value) = (runs, value) }
    package init(stringLiteral text: String) { runs = [Run(text)] }
    package init(_ text: String, _ role: Role = .plain, value: Value? = nil) {
        self.init([Run(text, role)], value: value)
    }

    /// A small histogram: a bar for each count, the highest 8 high; what is there at all has at least 1. Its value is
    /// the counts.
    package static func bars(_ counts: [Int]) -> StyledText {
        let highest = max(counts.max() ?? 0, 1)
        let heights = counts.map { $0 > 0 ? max(($0 * 8 + highest / 2) / highest, 1) : 0 }
        return StyledText(
            heights.map(String.init).joined(), .bars, value: .list(counts.map { .number(Double($0)) }))
    }

    /// Heights from 0 to 8 as block characters.
    package static func blocks(_ heights: String) -> String {
        let blocks = Array(" \u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")
        return String(heights.compactMap(\.wholeNumberValue).map { blocks[min($0, 8)] })
    }

    /// The text as prose.
    package var asProse: StyledText {
        var prose = self
        prose.isProse = true
        return prose
    }

    /// The text without roles.
    package var plain: String { runs.map(\.text).joined() }

    package static func + (a: StyledText, b: StyledText) -> StyledText { StyledText(a.runs + b.runs) }
}

/// Rows under headed columns.
package struct Table: Sendable, Equatable {
    package enum Alignment: Sendable, Equatable { case left, right }

    /// The head of a column.
    package struct Column: Sendable, Equatable {
        package var title: String
        package var alignment: Alignment

        package init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    package var title: String?
    package var columns: [Column]
    package var rows: [[StyledText]]

    package init(title: String? = nil, columns: [Column], rows: [[StyledText]]) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "each row needs one cell for each column")
        self.title = title
        self.columns = columns
        self.rows = rows
    }
}

/// Curves over a common horizontal axis. Non-finite points are gaps.
package struct Chart: Sendable, Equatable {
    /// One curve, in the order of its points.
    package struct Series: Sendable, Equatable {
        package var name: String
        package var points: [Point]
        /// What lies around the curve: the least and the greatest of what a point stands for.
        package var band: [Spread]

        package init(_ name: String, _ points: [Point], band: [Spread] = []) {
            self.name = name
            self.points = points
            self.band = band
        }
    }

    /// A range of values at one place.
    package struct Spread: Sendable, Equatable {
        package var x: Double
        package var lower: Double
        package var upper: Double

        package init(_ x: Double, _ values: ClosedRange<Double>) {
            (self.x, lower, upper) = (x, values.lowerBound, values.upperBound)
        }
    }

    /// A place on a curve.
    package struct Point: Sendable, Equatable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    package var title: String
    package var xLabel: String
    /// Equal factors are equally far apart; points at 0 and below are gaps.
    package var isLogarithmic: Bool
    /// The same for the vertical axis.
    package var isLogarithmicUpwards: Bool
    package var yLabel: String
    package var series: [Series]

    package init(
        title: String, xLabel: String, isLogarithmic: Bool = false, isLogarithmicUpwards: Bool = false,
        yLabel: String = "", series: [Series]
    ) {
        self.title = title
        self.xLabel = xLabel
        self.isLogarithmic = isLogarithmic
        self.isLogarithmicUpwards = isLogarithmicUpwards
        self.yLabel = yLabel
        self.series = series
    }
}

/// Small pictures side by side, each with a caption.
package struct ImageGrid: Sendable, Equatable {
    /// One picture.
    package struct Image: Sendable, Equatable {
        /// Of one line or more.
        package var caption: String
        package var height: Int
        package var width: Int
        /// 1 (grey) or 3 (red, green, blue).
        package var channels: Int
        /// Rows of pixels of channels.
        package var bytes: [UInt8]
        /// What stands for each pixel where there are no colours; empty for images whose brightness tells.
        package var signs: [Character]

        package init(
            caption: String, height: Int, width: Int, channels: Int, bytes: [UInt8], signs: [Character] = []
        ) {
            precondition(bytes.count == height * width * channels, "one byte for each channel of each pixel")
            precondition(signs.isEmpty || signs.count == height * width, "one sign for each pixel")
            self.caption = caption
            self.height = height
            self.width = width
            self.channels = channels
            self.bytes = bytes
            self.signs = signs
        }
    }

    package var images: [Image]

    package init(_ images: [Image]) { self.images = images }
}

/// How far a long command has come: one line that is drawn over itself, below a table if there is one.
package struct Progress: Sendable, Equatable {
    /// "epoch 1/3"
    package var label: String
    /// 0...1
    package var fraction: Double
    /// ("loss", "0.231"), ("acc", "0.913"), ("", "14 210 img/s")
    package var figures: [Figure]
    /// Seconds, when it can be told.
    package var timeLeft: Double?
    /// The last word on this line: a front end keeps it and starts a new one, unless there is a table.
    package var isFinished: Bool
    /// What there is so far; drawn only where it can be drawn over.
    package var table: Table?

    /// A number with its name, as it is shown.
    package struct Figure: Sendable, Equatable {
        package var name: String
        package var value: String
        /// In full, if it is a number.
        package var number: Double?

        package init(_ name: String, _ value: String, number: Double? = nil) {
            self.name = name
            self.value = value
            self.number = number
        }
    }

    package init(
        label: String, fraction: Double, figures: [Figure] = [], timeLeft: Double? = nil,
        isFinished: Bool = false, table: Table? = nil
    ) {
        self.label = label
        self.fraction = fraction
        self.figures = figures
        self.timeLeft = timeLeft
        self.isFinished = isFinished
        self.table = table
    }
}

/// Where results go. Called on the evaluating thread only.
package protocol DisplaySink: AnyObject {
    func show(_ displayable: Displayable)
    func show(_ progress: Progress)
    /// What a command did, for somebody who watches: not a result.
    func note(_ text: StyledText)
    /// What a statement came to, with the name that it is kept under if it is: for programs, which people need not see.
    func result(_ value: Value, keptAs name: String?)
}

extension DisplaySink {
    package func note(_ text: StyledText) { show(.text(text)) }
    package func result(_ value: Value, keptAs name: String?) {}
}
