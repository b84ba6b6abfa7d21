/// The JSON at the beginning of a safetensors file: what is in it and where.
///
/// Nothing of it is believed until `check` has compared it with the size of the file.
struct ArchiveHeader: Hashable {
    struct Entry: Hashable {
        let name: String
        /// As the file calls it: `F32`.
        let type: String
        let extents: [Int]
        /// In bytes after the header.
        let begin: Int
        let end: Int

        /// Nil for a type that is not read.
        var element: ElementType? { ElementType(rawValue: type) }

        /// What its shape needs, if that is a number.
        fileprivate var bytes: Int? {
            guard let element, let count = Shape(extents).checkedCount else { return nil }
            let (bytes, overflow) = count.multipliedReportingOverflow(by: element.size)
            return overflow ? nil : bytes
        }
    }

    var entries: [Entry]
    var metadata: [String: String]

    /// The entries, if together they are exactly the `dataSize` bytes that follow the header.
    func check(dataSize: Int) throws(ArchiveError.Reason) {
        var expected = 0
        for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            guard entry.begin == expected else {
                throw .gap(name: entry.name, at: entry.begin, expected: expected)
            }
            // What is skipped may be of a type that was not known when this was written.
            guard entry.end >= entry.begin, entry.element == nil || entry.bytes == entry.end - entry.begin
            else {
                let shape = entry.extents.map(String.init).joined(separator: ", ")
                // Neither is below 0, so the difference is a number.
                throw .size(name: entry.name, shape: shape, bytes: entry.end - entry.begin)
            }
            expected = entry.end
        }
        guard expected <= dataSize else { throw .cutOff(bytes: dataSize, needed: expected) }
        guard expected == dataSize else { throw .trailing(bytes: dataSize - expected) }
    }

    /// The JSON, padded with spaces to a multiple of 8 bytes, so that the floats after it are aligned.
    var encoded: [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map {
                "\(Self.quoted($0.key)):\(Self.quoted($0.value))"
            }
            members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        for entry in entries {
            let extents = entry.extents.map(String.init).joined(separator: ",")
            members.append(
                "\(Self.quoted(entry.name)):"
                    + "{\"dtype\":\(Self.quoted(entry.type)),\"shape\":[\(extents)],\"data_offsets\":[\(entry.begin),\(entry.end)]}"
            )
        }
        var bytes = Array("{\(members.joined(separator: ","))}".utf8)
        while bytes.count % 8 != 0 { bytes.append(UInt8(ascii: " ")) }
        return bytes
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
