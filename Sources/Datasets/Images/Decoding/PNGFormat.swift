import CSpng

/// PNG by libspng: any bit depth, palettes, interlaced or not. Transparency is dropped, as Pillow does.
final class PNGFormat: ImageFormat {
    static let name = "PNG"
    static let suffixes = [".png"]
    static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// Text and colour profiles in a file; they are not used.
    private static let mostChunkBytes = 1 << 24

    func extent(of file: UnsafeBufferPointer<UInt8>) throws(DatasetError) -> (height: Int, width: Int) {
        let header = try reading(file) { (_, header) throws(DatasetError) in header }
        return (Int(header.height), Int(header.width))
    }

    func decode(
        _ file: UnsafeBufferPointer<UInt8>, isGreyWanted: Bool, reduction: Int, into pixels: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent {
        try reading(file) { (context, header) throws(DatasetError) in
            let isGrey = header.color_type == UInt8(SPNG_COLOR_TYPE_GRAYSCALE.rawValue)
            // libspng gives grey from at most 8 bits; deeper grey comes as three equal channels.
            let format = isGrey && header.bit_depth <= 8 ? SPNG_FMT_G8 : SPNG_FMT_RGB8
            let extent = DecodedExtent(
                height: Int(header.height), width: Int(header.width),
                channels: format == SPNG_FMT_G8 ? 1 : 3)
            pixels.grow(to: extent.count)
            try check(spng_decode_image(context, &pixels, extent.count, Int32(format.rawValue), 0))
            // The last pixels' checksum comes after them.
            try check(spng_decode_chunks(context))
            return extent
        }
    }

    /// The palette's indices, or the values of a grey image of at most 8 bits.
    func decodeClasses(
        _ file: UnsafeBufferPointer<UInt8>, into classes: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent {
        try reading(file) { (context, header) throws(DatasetError) in
            let isGrey = header.color_type == UInt8(SPNG_COLOR_TYPE_GRAYSCALE.rawValue)
            guard isGrey || header.color_type == UInt8(SPNG_COLOR_TYPE_INDEXED.rawValue) else {
                throw DatasetError(.notAMask("an image in colour or with transparency"))
            }
            guard header.bit_depth <= 8 else {
                throw DatasetError(.notAMask("an image of \(header.bit_depth) bits"))
            }
            let (height, width, depth) = (Int(header.height), Int(header.width), Int(header.bit_depth))
            let line = (width * depth + 7) / 8
            var packed = [UInt8](repeating: 0, count: line * height)
            try check(
                spng_decode_image(context, &packed, packed.count, Int32(SPNG_FMT_RAW.rawValue), 0))
            try check(spng_decode_chunks(context))
            classes.grow(to: height * width)
            for row in 0..<height {
                for column in 0..<width {
                    let bit = column * depth
                    let byte = packed[row * line + bit / 8]
                    classes[row * width + column] = (byte << (bit % 8)) >> (8 - depth)
                }
            }
            return DecodedExtent(height: height, width: width, channels: 1)
        }
    }

    /// Calls `body` with a decoder that has read the header.
    private func reading<Result>(
        _ file: UnsafeBufferPointer<UInt8>,
        _ body: (OpaquePointer, spng_ihdr) throws(DatasetError) -> Result
    ) throws(DatasetError) -> Result {
        guard let context = spng_ctx_new(0) else { preconditionFailure("libspng has no memory") }
        defer { spng_ctx_free(context) }
        var header = spng_ihdr()
        try check(spng_set_chunk_limits(context, Self.mostChunkBytes, 2 * Self.mostChunkBytes))
        try check(spng_set_png_buffer(context, file.baseAddress, file.count))
        try check(spng_get_ihdr(context, &header))
        return try body(context, header)
    }

    private func check(_ status: Int32) throws(DatasetError) {
        guard status != 0 else { return }
        throw DatasetError(.damagedImage(String(cString: spng_strerror(status))))
    }
}
