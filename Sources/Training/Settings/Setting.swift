import Tensors

/// One number or word of a declaration: its name, its value, what it may be, and what it is unless given.
///
/// What is declared with numbers lists them once; from that list it is checked and printed.
package struct Setting: Sendable {
    package let name: String
    /// As it would be typed.
    let written: String
    /// Whether it is as usual, and so not printed.
    let isUsual: Bool
    /// What a value out of range is told it must be; nil if it is in range.
    let problem: String?

    private init(_ name: String, written: String, isUsual: Bool, problem: String?) {
        self.name = name
        self.written = written
        self.isUsual = isUsual
        self.problem = problem
    }

    /// A number, always printed unless `usual` says when not.
    package init(_ name: String, _ value: Double, _ bounds: Bounds, usual: Double? = nil) {
        self.init(
            name, written: value.written, isUsual: value == usual, problem: bounds.problem(of: value))
    }

    /// A whole number, always printed unless `usual` says when not.
    package init(_ name: String, _ value: Int, in range: ClosedRange<Int>, _ unit: String, usual: Int? = nil)
    {
        self.init(
            name, written: "\(value)", isUsual: value == usual,
            problem: range.contains(value) ? nil : "\(range.lowerBound)..\(range.upperBound) \(unit)")
    }

    /// A flag that is off unless `usual` says otherwise.
    package init(_ name: String, _ value: Bool, usual: Bool = false) {
        self.init(name, written: "\(value)", isUsual: value == usual, problem: nil)
    }

    /// A word, one of `words` unless they are left out.
    package init(_ name: String, _ word: String, oneOf words: [String]? = nil, usual: String? = nil) {
        let isAllowed = words?.contains(word) ?? true
        self.init(
            name, written: word, isUsual: word == usual,
            problem: isAllowed ? nil : "one of \((words ?? []).joined(separator: ", "))")
    }

    /// What is printed without its name.
    package init(written: String) { self.init("", written: written, isUsual: false, problem: nil) }

    /// Whole numbers, each larger than the one before.
    package init(_ name: String, rising numbers: [Int], in range: ClosedRange<Int>, _ unit: String) {
        let isRising = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        let isAllowed = isRising && !numbers.isEmpty && numbers.allSatisfy(range.contains)
        let written = "[" + numbers.map(String.init).joined(separator: ", ") + "]"
        self.init(
            name, written: written, isUsual: false,
            problem: isAllowed
                ? nil : "rising numbers of \(unit), each \(range.lowerBound)..\(range.upperBound)")
    }

    /// What a number may be.
    package struct Bounds: Sendable {
        /// In words: `0 or more`.
        private let words: String
        private let allows: @Sendable (Double) -> Bool

        package init(_ words: String, _ allows: @escaping @Sendable (Double) -> Bool) {
            self.words = words
            self.allows = allows
        }

        package static let positive = Bounds("more than 0") { Float($0) > 0 }
        package static let nonNegative = Bounds("0 or more") { $0 >= 0 }
        package static let shareBelowOne = Bounds("in 0..<1") { (0..<1).contains(Float($0)) }
        package static let share = Bounds("in 0..1") { (0...1).contains($0) }

        fileprivate func problem(of value: Double) -> String? {
            guard allows(value) else { return words }
            // It is computed with in 32 bits.
            guard Float(value).isFinite else {
                return "at most \(Float.greatestFiniteMagnitude.written)"
            }
            return nil
        }
    }
}

extension [Setting] {
    /// - Throws: `TrainingError.setting`, with the first that is out of range.
    func check() throws(TrainingError) {
        for setting in self {
            if let allowed = setting.problem {
                throw .setting(setting.name, found: setting.written, allowed: allowed)
            }
        }
    }

    /// `rate=0.1 momentum=0.9`: what is not as usual.
    var line: String {
        filter { !$0.isUsual }.map { $0.name.isEmpty ? $0.written : "\($0.name)=\($0.written)" }.joined(
            separator: " ")
    }
}
