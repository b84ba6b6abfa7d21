extension Value {
    /// Lists and records inside each other: comparing and freeing a value takes room on the stack for each level.
    static let nestingLimit = Parser.nestingLimit
    /// Elements and bytes of text in one value, counted at every place where it appears: a list that holds a million
    /// numbers twice has two million, although they lie in memory once.
    static let sizeLimit = 1_000_000

    /// The limit that the value exceeds. Every value an expression makes is asked, so that no loop can make one that
    /// does not fit into memory or takes long to compare; it looks at no more elements than the limit.
    var exceededLimit: ScriptError.Kind? {
        var room = Self.sizeLimit
        do throws(ScriptError.Kind) {
            try take(from: &room, levels: Self.nestingLimit)
            return nil
        } catch {
            return error
        }
    }

    private func take(from room: inout Int, levels: Int) throws(ScriptError.Kind) {
        switch self {
        case .text(let text): try Self.take(text.utf8.count, from: &room)
        case .list(let elements): try Self.take(elements, from: &room, levels: levels)
        case .record(let record):
            try Self.take(record.names.compactMap { record[$0] }, from: &room, levels: levels)
        default: break
        }
    }

    private static func take(
        _ elements: [Value], from room: inout Int, levels: Int
    ) throws(ScriptError.Kind) {
        guard levels > 0 else { throw .valueTooDeep(nestingLimit) }
        try take(elements.count, from: &room)
        for element in elements { try element.take(from: &room, levels: levels - 1) }
    }

    private static func take(_ amount: Int, from room: inout Int) throws(ScriptError.Kind) {
        room -= amount
        guard room >= 0 else { throw .valueTooLarge(sizeLimit) }
    }
}
