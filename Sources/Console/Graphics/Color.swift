/// A colour of a pixel.
struct Color: Hashable {
    var red: UInt8, green: UInt8, blue: UInt8

    /// 0...1 (Rec. 601).
    var brightness: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }

    /// The nearest of the 24 greys (232...255) or of the 6x6x6 cube (16...231) of 256 colours.
    var index: Int {
        if red == green, green == blue {
            if red < 4 { return 16 }
            if red > 246 { return 231 }
            return min(255, 232 + max(0, (Int(red) - 3) / 10))
        }
        // The cube's levels are 0, 95, 135, 175, 215, 255.
        func level(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
        return 16 + 36 * level(red) + 6 * level(green) + level(blue)
    }

    /// The colour with an index from 16 to 255.
    init(index: Int) {
        if index >= 232 {
            let grey = UInt8(8 + (index - 232) * 10)
            self.init(red: grey, green: grey, blue: grey)
        } else {
            let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
            let place = index - 16
            self.init(
                red: levels[place / 36 % 6], green: levels[place / 6 % 6], blue: levels[place % 6])
        }
    }

    init(red: UInt8, green: UInt8, blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }
}
