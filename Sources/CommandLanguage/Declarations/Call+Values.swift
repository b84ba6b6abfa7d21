// Typed reading of checked arguments. A missing or other-typed value here is a command that reads what it did not
// declare: our fault, so a precondition.

extension Call {
    /// Whether the argument was given or has a default.
    package func has(_ name: String) -> Bool { arguments[name] != nil }

    /// A number as it was given.
    package func number(_ name: String) -> Double {
        guard case .number(let number) = value(name) else { undeclared(name, "number") }
        return number
    }

    /// A number of an argument that takes integers.
    package func integer(_ name: String) -> Int {
        guard let integer = Int(exactly: number(name)) else { undeclared(name, "integer") }
        return integer
    }

    /// A flag.
    package func boolean(_ name: String) -> Bool {
        guard case .boolean(let flag) = value(name) else { undeclared(name, "boolean") }
        return flag
    }

    /// A text, name, choice or path.
    package func text(_ name: String) -> String {
        guard case .text(let text) = value(name) else { undeclared(name, "text") }
        return text
    }

    /// A list, or all values of a `.rest` argument.
    package func list(_ name: String) -> [Value] {
        guard case .list(let elements) = value(name) else { undeclared(name, "list") }
        return elements
    }

    /// The extents of a size, `[28, 28, 1]`.
    package func size(_ name: String) -> [Int] {
        guard case .size(let extents) = value(name) else { undeclared(name, "size") }
        return extents
    }

    /// Both ends belong to it.
    package func range(_ name: String) -> ClosedRange<Double> {
        guard case .range(let lower, let upper) = value(name), lower <= upper else {
            undeclared(name, "range")
        }
        return lower...upper
    }

    /// The value whatever its kind, for `.any` and `.either`.
    package func value(_ name: String) -> Value {
        guard let value = arguments[name] else { undeclared(name, "required argument") }
        return value
    }

    private func undeclared(_ name: String, _ type: String) -> Never {
        preconditionFailure("`\(path.joined(separator: " "))` declares no \(type) `\(name)`")
    }
}
