/// What an argument, a variable or a command's result holds.
package enum Value: Hashable, Sendable {
    /// The result of a command that only acts.
    case nothing
    case number(Double)
    case boolean(Bool)
    /// A bare word or a quoted text: the language makes no difference once it is read.
    case text(String)
    case list([Value])
    /// `0.8..1.2`
    case range(Double, Double)
    /// `28x28x1`
    case size([Int])
    case record(Record)
}

/// Named fields in the order they were given, such as the result of `train`: `$base.val.accuracy.last`.
package struct Record: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// In the order they were given.
    package private(set) var names: [String] = []
    private var values: [String: Value] = [:]

    package init(_ fields: KeyValuePairs<String, Value> = [:]) {
        for (name, value) in fields { self[name] = value }
    }

    package init(dictionaryLiteral fields: (String, Value)...) {
        for (name, value) in fields { self[name] = value }
    }

    /// The field of this name; a new one is the last, nil removes it.
    package subscript(name: String) -> Value? {
        get { values[name] }
        set {
            if values[name] == nil, newValue != nil { names.append(name) }
            if newValue == nil { names.removeAll { $0 == name } }
            values[name] = newValue
        }
    }
}
