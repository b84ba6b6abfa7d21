/// Reads a safetensors header: an object of objects, and nothing that JSON allows beyond.
///
/// It has no recursion, makes nothing larger than the header itself, and stops at the first byte that does not
/// belong: a hostile header is one more error.
struct ArchiveHeaderParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() throws(ArchiveError.Reason) -> ArchiveHeader {
        var header = ArchiveHeader(entries: [], metadata: [:])
        var names: Set<String> = []
        try object { parser, name throws(ArchiveError.Reason) in
            guard names.insert(name).inserted else { throw .duplicate(name: name) }
            if name == "__metadata__" {
                header.metadata = try parser.metadata()
            } else {
                header.entries.append(try parser.entry(name))
            }
        }
        skipSpace()
        guard position == bytes.count else { throw fault("something after its end") }
        return header
    }

    // MARK: What is in a header

    private mutating func metadata() throws(ArchiveError.Reason) -> [String: String] {
        var metadata: [String: String] = [:]
        try object { parser, key throws(ArchiveError.Reason) in
            guard metadata.updateValue(try parser.string(), forKey: key) == nil else {
                throw .duplicate(name: "__metadata__.\(key)")
            }
        }
        return metadata
    }

    private mutating func entry(_ name: String) throws(ArchiveError.Reason) -> ArchiveHeader.Entry {
        var type: String?
        var extents: [Int]?
        var offsets: [Int]?
        try object { parser, key throws(ArchiveError.Reason) in
            switch key {
            case "dtype" where type == nil: type = try parser.string()
            case "shape" where extents == nil: extents = try parser.integers()
            case "data_offsets" where offsets == nil: offsets = try parser.integers()
            default: throw parser.fault("an unexpected `\(key)` of `\(name)`")
            }
        }
        guard let type, let extents, let offsets, offsets.count == 2 else {
            throw fault("no type, shape or two offsets of `\(name)`")
        }
        return ArchiveHeader.Entry(
            name: name, type: type, extents: extents, begin: offsets[0], end: offsets[1])
    }

    // MARK: JSON

    /// Calls `member` after each key and colon.
    private mutating func object(
        _ member: (inout ArchiveHeaderParser, String) throws(ArchiveError.Reason) -> Void
    ) throws(ArchiveError.Reason) {
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            try member(&self, key)
        } while skip(",")
        try expect("}")
    }

    private mutating func integers() throws(ArchiveError.Reason) -> [Int] {
        var integers: [Int] = []
        try expect("[")
        if skip("]") { return [] }
        repeat { integers.append(try integer()) } while skip(",")
        try expect("]")
        return integers
    }

    /// Digits alone: no sign, no fraction.
    private mutating func integer() throws(ArchiveError.Reason) -> Int {
        skipSpace()
        let start = position
        var value = 0
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = product.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
            guard !productOverflow, !sumOverflow else { throw fault("a number that is too large") }
            value = sum
            position += 1
        }
        guard position > start else { throw fault("no whole number") }
        return value
    }

    private mutating func string() throws(ArchiveError.Reason) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw fault("a text that is no UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20: throw fault("a control character in a text")
            default: text.append(byte)
            }
        }
        throw fault("an unfinished text")
    }

    /// The character after a backslash.
    private mutating func escaped() throws(ArchiveError.Reason) -> Unicode.Scalar {
        guard position < bytes.count else { throw fault("an unfinished text") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            // A character beyond 16 bits is written as two halves.
            if (0xd800..<0xdc00).contains(code), bytes[position...].starts(with: Array("\\u".utf8)) {
                position += 2
                let low = try hexadecimal()
                guard (0xdc00..<0xe000).contains(low) else { throw fault("half a character") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a character") }
            return scalar
        default: throw fault("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(ArchiveError.Reason) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw fault("an unknown escape") }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, Array(" \t\r\n".utf8).contains(bytes[position]) { position += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(ArchiveError.Reason) {
        guard skip(character) else { throw fault("no `\(character)`") }
    }

    private func fault(_ what: String) -> ArchiveError.Reason { .header(what, offset: position) }
}
