/// Red, green and blue from grey: `count` pixels.
package func convert(
    grey: UnsafeBufferPointer<UInt8>, toColours colours: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(colours.count == 3 * grey.count, "three channels")
    for (index, value) in grey.enumerated() {
        colours[3 * index] = value
        colours[3 * index + 1] = value
        colours[3 * index + 2] = value
    }
}

/// Brightness from red, green and blue: 0.299 R + 0.587 G + 0.114 B (ITU-R 601), as Pillow rounds it.
package func convert(
    colours: UnsafeBufferPointer<UInt8>, toGrey grey: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(colours.count == 3 * grey.count, "three channels")
    for index in grey.indices {
        let (red, green) = (UInt32(colours[3 * index]), UInt32(colours[3 * index + 1]))
        let sum = red &* 19595 &+ green &* 38470 &+ UInt32(colours[3 * index + 2]) &* 7471
        grey[index] = UInt8(truncatingIfNeeded: (sum &+ 0x8000) >> 16)
    }
}

/// Red, green and blue from the inks of an Adobe file, which keeps what is left white: `C K / 255` and so on.
package func convert(
    inks: UnsafeBufferPointer<UInt8>, toColours colours: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(inks.count / 4 == colours.count / 3, "four inks for three channels")
    for index in 0..<inks.count / 4 {
        let black = UInt32(inks[4 * index + 3])
        for channel in 0..<3 {
            let product = UInt32(inks[4 * index + channel]) &* black &+ 127
            colours[3 * index + channel] = UInt8(truncatingIfNeeded: product / 255)
        }
    }
}
