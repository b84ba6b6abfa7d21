/// A grid of dots, two by four in each character of braille, on which curves are drawn; or one in each character where
/// only ASCII is at hand.
struct DotCanvas {
    /// Characters.
    let columns: Int, rows: Int
    let isBraille: Bool
    private var curves: Layer
    /// The bands around them, seen where no curve goes through a character.
    private var bands: Layer

    private struct Layer {
        var dots: [UInt8]
        /// Whose dots were last set in a character.
        var owners: [Int?]

        init(count: Int) {
            dots = Array(repeating: 0, count: count)
            owners = Array(repeating: nil, count: count)
        }
    }

    init(columns: Int, rows: Int, isBraille: Bool) {
        self.columns = columns
        self.rows = rows
        self.isBraille = isBraille
        curves = Layer(count: columns * rows)
        bands = Layer(count: columns * rows)
    }

    /// In a character.
    private var dots: (across: Int, down: Int) { isBraille ? (2, 4) : (1, 1) }

    /// Dots.
    var width: Int { columns * dots.across }
    var height: Int { rows * dots.down }

    /// The dot at a share of the way from the left, and that at a share of the way from the bottom.
    func x(at share: Double) -> Int { Int((share * Double(width - 1)).rounded()) }
    func y(at share: Double) -> Int { Int(((1 - share) * Double(height - 1)).rounded()) }

    /// The character in which that dot lies.
    func column(at share: Double) -> Int { x(at: share) / dots.across }
    func row(at share: Double) -> Int { y(at: share) / dots.down }

    /// Sets the dot in column `x` from the left, row `y` from the top, if there is one.
    mutating func set(_ x: Int, _ y: Int, owner: Int) { set(x, y, owner: owner, in: \.curves) }

    /// Makes the place part of a band: of its dots every other one in every other row is set.
    mutating func shade(_ x: Int, _ y: Int, owner: Int) {
        if !isBraille || (y % 2 == 0 && (x + y / 2) % 2 == 0) { set(x, y, owner: owner, in: \.bands) }
    }

    private mutating func set(
        _ x: Int, _ y: Int, owner: Int, in layer: WritableKeyPath<DotCanvas, Layer>
    ) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let index = isBraille ? y / 4 * columns + x / 2 : y * columns + x
        // Dots 1 2 3 7 stand in the left column, 4 5 6 8 in the right (Unicode 9.0, 22.1).
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        self[keyPath: layer].dots[index] |= isBraille ? bits[x % 2][y % 4] : 1
        self[keyPath: layer].owners[index] = owner
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

    /// The character at a place, whose it is, and whether it is a band's; a space if no dot is set.
    func character(row: Int, column: Int, letters: [String]) -> (text: String, owner: Int?, isBand: Bool) {
        let index = row * columns + column
        let isBand = curves.owners[index] == nil
        let layer = isBand ? bands : curves
        guard let owner = layer.owners[index] else { return (" ", nil, false) }
        if !isBraille { return (isBand ? "." : letters[owner % letters.count], owner, isBand) }
        let character = Unicode.Scalar(0x2800 + UInt32(layer.dots[index])).map { String(Character($0)) }
        return (character ?? " ", owner, isBand)
    }
}
