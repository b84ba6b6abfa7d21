extension Bitmap {
    /// In kitty's graphics protocol, over so many columns and rows of characters; the terminal is asked for no answer.
    func kitty(columns: Int, rows: Int) -> String {
        let data = base64(bytes)
        // Pieces of at most 4096 bytes; the first one says what they are of.
        let pieces = stride(from: 0, to: max(data.count, 1), by: 4096).map {
            String(decoding: data[$0..<min($0 + 4096, data.count)], as: UTF8.self)
        }
        return pieces.enumerated().map { index, piece in
            let head = index == 0 ? "a=T,f=32,s=\(width),v=\(height),c=\(columns),r=\(rows),q=2," : ""
            return "\u{1B}_G\(head)m=\(index + 1 < pieces.count ? 1 : 0);\(piece)\u{1B}\\"
        }.joined()
    }
}

/// RFC 4648, 4.
private func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(3, bytes.count - start)
        let group = (0..<3).reduce(0) { $0 << 8 | ($1 < count ? Int(bytes[start + $1]) : 0) }
        for place in 0..<4 {
            result.append(place <= count ? letters[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
    }
    return result
}
