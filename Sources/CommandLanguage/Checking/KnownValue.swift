/// What the checker knows about a variable.
enum KnownValue: Equatable {
    case unknown
    /// A value of the session, or one that is written out.
    case value(Value)
    /// The result of a command: its declared fields, each as the path of its dotted name.
    case result([[String]])

    /// The first field of the path that is known not to be there, with the fields that are.
    func missingField(in path: [Identifier]) -> (field: Identifier, index: Int, known: [String])? {
        switch self {
        case .unknown: return nil
        case .value(var value):
            for (index, field) in path.enumerated() {
                guard let next = value.field(field.text) else { return (field, index, value.fieldNames) }
                value = next
            }
            return nil
        case .result(var fields):
            for (index, field) in path.enumerated() {
                // Nothing more is declared: whatever stands there is known when it runs.
                guard !fields.isEmpty else { return nil }
                let known = fields.map { $0[0] }
                guard known.contains(field.text) else { return (field, index, known.unique) }
                fields = fields.filter { $0[0] == field.text }.map { Array($0.dropFirst()) }.filter {
                    !$0.isEmpty
                }
            }
            return nil
        }
    }
}

extension Signature {
    /// The fields of the result as paths, where the call has blocks of these names; empty if nothing is declared about
    /// them.
    func resultPaths(blocks names: [String]) -> [[String]] {
        result.flatMap { field -> [[String]] in
            let path = field.name.split(separator: ".").map(String.init)
            guard let first = path.first, first.hasPrefix("<") else { return [path] }
            return (names + (blocks?.ownNames ?? [])).map { [$0] + path.dropFirst() }
        }.filter { !$0.isEmpty }
    }
}

extension [String] {
    /// Each once, in the order of first appearance.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
