/// A grid of dots, two by four in each character of braille, on which curves are drawn; or one in each character where
/// only ASCII is at hand.
struct DotCanvas {
    /// Characters.
    let columns: Int, rows: Int
    let isBraille: Bool
    private var dots: [UInt8]
    /// The curve that was last drawn through a character.
    private var owners: [Int?]
    /// Characters that a band goes through.
    private var shades: [Bool]

    init(columns: Int, rows: Int, isBraille: Bool) {
        self.columns = columns
        self.rows = rows
        self.isBraille = isBraille
        dots = Array(repeating: 0, count: columns * rows)
        owners = Array(repeating: nil, count: columns * rows)
        shades = Array(repeating: false, count: columns * rows)
    }

    /// Dots.
    var width: Int { isBraille ? columns * 2 : columns }
    var height: Int { isBraille ? rows * 4 : rows }

    /// Sets the dot in column `x` from the left, row `y` from the top, if there is one.
    mutating func set(_ x: Int, _ y: Int, owner: Int) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let index = isBraille ? y / 4 * columns + x / 2 : y * columns + x
        // Dots 1 2 3 7 stand in the left column, 4 5 6 8 in the right (Unicode 9.0, 22.1).
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        dots[index] |= isBraille ? bits[x % 2][y % 4] : 1
        owners[index] = owner
    }

    /// Makes the place part of a band: of its dots every other one in every other row is set.
    mutating func shade(_ x: Int, _ y: Int, owner: Int) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        if isBraille {
            if y % 2 == 0, (x + y / 2) % 2 == 0 { set(x, y, owner: owner) }
        } else {
            shades[y * columns + x] = true
            owners[y * columns + x] = owner
        }
    }

    /// Sets the dots of a straight line that `isOn` allows, counting them from `count` on (Bresenham, 1965).
    mutating func drawLine(
        from start: (x: Int, y: Int), to end: (x: Int, y: Int), owner: Int, count: inout Int,
        isOn: (Int) -> Bool
    ) {
        var (x, y) = start
        let dx = abs(end.x - x)
        let dy = -abs(end.y - y)
        let (stepX, stepY) = (x < end.x ? 1 : -1, y < end.y ? 1 : -1)
        var error = dx + dy
        while true {
            if isOn(count) { set(x, y, owner: owner) }
            if (x, y) == end { return }
            count += 1
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                x += stepX
            }
            if doubled <= dx {
                error += dx
                y += stepY
            }
        }
    }

    /// The character at a place and whose it is; a space if no dot is set.
    func character(row: Int, column: Int, letters: [String]) -> (text: String, owner: Int?) {
        let index = row * columns + column
        guard let owner = owners[index] else { return (" ", nil) }
        if dots[index] == 0 { return shades[index] ? (".", owner) : (" ", nil) }
        if !isBraille { return (letters[owner % letters.count], owner) }
        return (Unicode.Scalar(0x2800 + UInt32(dots[index])).map { String(Character($0)) } ?? " ", owner)
    }
}
