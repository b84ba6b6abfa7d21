extension Bitmap {
    /// As sixels (DEC VT330/VT340 programmer's reference, 14), in the colours of `Color.index`; what is not set stays.
    var sixels: String {
        var text = "\u{1B}P0;1;0q\"1;1;\(width);\(height)"
        let indices = (0..<height).map { y in (0..<width).map { x in self[x, y]?.index } }
        for index in Set(indices.joined().compactMap(\.self)).sorted() {
            let color = Color(index: index)
            func percent(_ value: UInt8) -> Int { (Int(value) * 100 + 127) / 255 }
            text += "#\(index);2;\(percent(color.red));\(percent(color.green));\(percent(color.blue))"
        }
        for top in stride(from: 0, to: height, by: 6) {
            let rows = indices[top..<min(top + 6, height)]
            let colors = Set(rows.joined().compactMap(\.self)).sorted()
            text += colors.map { "#\($0)" + Self.band(Array(rows), of: $0) }.joined(separator: "$") + "-"
        }
        return text + "\u{1B}\\"
    }

    /// Six rows in one colour: a character for each column, with a bit for each row; runs of equal ones are counted.
    private static func band(_ rows: [[Int?]], of color: Int) -> String {
        let columns = (rows.first?.indices ?? 0..<0).map { x in
            rows.indices.reduce(UInt8(63)) { rows[$1][x] == color ? $0 + (1 << $1) : $0 }
        }
        var text = ""
        var rest = columns[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }.count
            let character = String(UnicodeScalar(first))
            text += run > 3 ? "!\(run)\(character)" : String(repeating: character, count: run)
            rest = rest.dropFirst(run)
        }
        return text
    }
}
