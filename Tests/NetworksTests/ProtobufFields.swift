import Testing

/// What a message of Protocol Buffers holds, to see what was written: the values of each field in order.
struct ProtobufFields {
    private var integers: [Int: [Int]] = [:]
    private var floats: [Int: [Float]] = [:]
    private var runs: [Int: [ArraySlice<UInt8>]] = [:]

    init(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let tag = try Self.integer(&rest)
            let field = tag >> 3
            switch tag & 7 {
            case 0: integers[field, default: []].append(try Self.integer(&rest))
            case 2:
                let count = try Self.integer(&rest)
                try #require(0...rest.count ~= count)
                runs[field, default: []].append(rest.prefix(count))
                rest = rest.dropFirst(count)
            case 5:
                try #require(rest.count >= 4)
                let bits = rest.prefix(4).reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
                floats[field, default: []].append(Float(bitPattern: bits))
                rest = rest.dropFirst(4)
            default: throw Unreadable(tag: tag)
            }
        }
    }

    private struct Unreadable: Error { let tag: Int }

    func integer(_ field: Int) -> Int { integers[field]?.last ?? 0 }
    func float(_ field: Int) -> Float { floats[field]?.last ?? 0 }
    func bytes(_ field: Int) -> ArraySlice<UInt8> { runs[field]?.last ?? [] }
    func texts(_ field: Int) -> [String] { (runs[field] ?? []).map { String(decoding: $0, as: UTF8.self) } }
    func text(_ field: Int) -> String { texts(field).last ?? "" }
    func messages(_ field: Int) throws -> [ProtobufFields] {
        try (runs[field] ?? []).map(ProtobufFields.init)
    }
    func message(_ field: Int) throws -> ProtobufFields { try ProtobufFields(bytes(field)) }

    /// A list of integers, one after the other.
    func list(_ field: Int) throws -> [Int] {
        var (rest, list) = (bytes(field), [Int]())
        while !rest.isEmpty { list.append(try Self.integer(&rest)) }
        return list
    }

    private static func integer(_ rest: inout ArraySlice<UInt8>) throws -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw Unreadable(tag: 0) }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { break }
        }
        return Int(truncatingIfNeeded: value)
    }
}
