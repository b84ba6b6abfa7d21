import Tensors

/// Numbers in lines of text, separated by commas: a label and the pixels of an image in each.
///
/// Read byte by byte, not by a library that makes a text of each cell: of the 76 MB of MNIST that takes 0.8 s and
/// 60 MiB, and with SwiftCSV 5 s and 1.4 GiB, before any text is a number.
struct CSV {
    private(set) var pixels: [UInt8] = []
    private(set) var labels: [Int] = []
    /// Of each line.
    private(set) var columns = 0
    private let file: DataFile
    private let labelColumn: CSVLabelColumn

    // What is in hand.
    private var line = 1
    private var numbers: [Int] = []
    private var cell: [UInt8] = []

    private static let mostCellBytes = 24
    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
    private static let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]

    /// Plain or gzipped. A first line that does not start with a number is a header.
    ///
    /// - Throws: `DatasetError`, with the line for what is no number.
    init(_ file: DataFile, labels: CSVLabelColumn) throws(DatasetError) {
        self.file = file
        labelColumn = labels
        let input = try InputFile(file)
        var isHeader = false
        while true {
            let chunk = try input.read(upTo: 1 << 18)
            if chunk.isEmpty { break }
            for byte in chunk {
                if line == 1, numbers.isEmpty, cell.isEmpty, !isHeader { isHeader = Self.beginsName(byte) }
                if !isHeader {
                    try take(byte)
                } else if byte == Self.newline {
                    isHeader = false
                    line = 2
                }
            }
        }
        if !isHeader, !cell.isEmpty || !numbers.isEmpty { try endLine() }
        guard !self.labels.isEmpty else { throw DatasetError(.empty, file: file) }
    }

    private static func beginsName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "\"")
    }

    private mutating func take(_ byte: UInt8) throws(DatasetError) {
        switch byte {
        case Self.comma: try endCell()
        case Self.newline: if cell.isEmpty, numbers.isEmpty { line += 1 } else { try endLine() }
        case _ where Self.blanks.contains(byte): break
        default:
            cell.append(byte)
            if cell.count > Self.mostCellBytes { throw fault("a whole number") }
        }
    }

    private mutating func endCell() throws(DatasetError) {
        guard let number = wholeNumber else { throw fault("a whole number") }
        numbers.append(number)
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func endLine() throws(DatasetError) {
        try endCell()
        if columns == 0 { columns = numbers.count }
        guard numbers.count == columns, columns >= 2 else {
            throw DatasetError(
                .columns(line: line, found: numbers.count, needed: max(columns, 2)), file: file)
        }
        let label = labelColumn == .first ? 0 : columns - 1
        labels.append(numbers[label])
        for (index, number) in numbers.enumerated() where index != label {
            guard number <= 255 else {
                throw DatasetError(
                    .cell("\(number)", line: line, column: index + 1, allowed: "a pixel of 0 to 255"),
                    file: file)
            }
            pixels.append(UInt8(number))
        }
        guard pixels.count <= mostBytesInMemory else {
            throw DatasetError(.tooLarge(bytes: pixels.count, most: mostBytesInMemory), file: file)
        }
        numbers.removeAll(keepingCapacity: true)
        line += 1
    }

    /// What the cell says: `7`, or `7.0` as tables of floats are written; nil for anything else.
    private var wholeNumber: Int? {
        var number = 0
        let digits = cell.prefix { $0 != UInt8(ascii: ".") }
        for byte in digits {
            guard let digit = Self.digit(byte), number < 1 << 40 else { return nil }
            number = 10 * number + digit
        }
        let rest = cell.dropFirst(digits.count + 1)
        return !digits.isEmpty && rest.allSatisfy { $0 == UInt8(ascii: "0") } ? number : nil
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let digit = Int(byte) - Int(UInt8(ascii: "0"))
        return (0...9).contains(digit) ? digit : nil
    }

    private func fault(_ allowed: String) -> DatasetError {
        // What is no text at all must not reach a terminal.
        let shown = cell.map { (0x20..<0x7f).contains($0) ? $0 : UInt8(ascii: "?") }
        return DatasetError(
            .cell(
                String(decoding: shown, as: UTF8.self), line: line, column: numbers.count + 1,
                allowed: allowed
            ),
            file: file)
    }
}
