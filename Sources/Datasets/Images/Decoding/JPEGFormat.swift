import CTurboJPEG

/// JPEG by libjpeg-turbo. What it calls a warning, such as data that end too early, is an error here.
final class JPEGFormat: ImageFormat {
    static let name = "JPEG"
    static let suffixes = [".jpg", ".jpeg"]
    static let signature: [UInt8] = [0xff, 0xd8, 0xff]

    private var decompressor = makeDecompressor()

    init() {}

    private static func makeDecompressor() -> tjhandle {
        guard let decompressor = tjInitDecompress() else {
            preconditionFailure("libjpeg-turbo has no memory for a decompressor")
        }
        return decompressor
    }

    deinit { tjDestroy(decompressor) }

    func extent(of file: UnsafeBufferPointer<UInt8>) throws(DatasetError) -> (height: Int, width: Int) {
        let header = try header(of: file)
        return (header.height, header.width)
    }

    func decode(
        _ file: UnsafeBufferPointer<UInt8>, isGreyWanted: Bool, reduction: Int, into pixels: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent {
        let header = try header(of: file)
        // Blocks of 8x8 become 4x4, 2x2 or 1x1 pixels before anything is transformed.
        let divisor = [8, 4, 2].first { $0 <= reduction } ?? 1
        let isInk = header.colours == TJCS_CMYK || header.colours == TJCS_YCCK
        let isGrey = header.colours == TJCS_GRAY || isGreyWanted && header.colours == TJCS_YCbCr
        let format = isInk ? TJPF_CMYK : isGrey ? TJPF_GRAY : TJPF_RGB
        let extent = DecodedExtent(
            height: (header.height + divisor - 1) / divisor, width: (header.width + divisor - 1) / divisor,
            channels: isInk ? 4 : isGrey ? 1 : 3, reduction: divisor)
        pixels.grow(to: extent.count)
        let status = tjDecompress2(
            decompressor, file.baseAddress, UInt(file.count), &pixels, Int32(extent.width), 0,
            Int32(extent.height), format.rawValue, TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING)
        guard status == 0 else { throw takeFault() }
        return extent
    }

    func decodeClasses(
        _ file: UnsafeBufferPointer<UInt8>, into classes: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent {
        throw DatasetError(.notAMask("a JPEG file, which would blur classes"))
    }

    private func header(
        of file: UnsafeBufferPointer<UInt8>
    ) throws(DatasetError) -> (height: Int, width: Int, colours: TJCS) {
        var (width, height, subsampling, colours) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
        let status = tjDecompressHeader3(
            decompressor, file.baseAddress, UInt(file.count), &width, &height, &subsampling, &colours)
        guard status == 0 else { throw takeFault() }
        return (Int(height), Int(width), TJCS(rawValue: UInt32(colours)))
    }

    /// What was wrong. A decompressor that has failed stays in the middle of that file, so it is given up.
    private func takeFault() -> DatasetError {
        let fault = DatasetError(.damagedImage(String(cString: tjGetErrorStr2(decompressor))))
        tjDestroy(decompressor)
        decompressor = Self.makeDecompressor()
        return fault
    }
}
