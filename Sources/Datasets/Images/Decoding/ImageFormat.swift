/// A format of image files. Adding one is a file in this folder and a line in `allImageFormats`.
protocol ImageFormat: AnyObject, SendableMetatype {
    /// As in errors: `JPEG`.
    static var name: String { get }
    /// What names of such files end with, lower-case: `.jpg`.
    static var suffixes: [String] { get }
    /// The bytes that such a file starts with.
    static var signature: [UInt8] { get }

    init()

    /// Height and width, from the header alone.
    ///
    /// - Throws: `DatasetError` without the file.
    func extent(of file: UnsafeBufferPointer<UInt8>) throws(DatasetError) -> (height: Int, width: Int)

    /// Decodes an image into `pixels`, which grows as it must: 8 bits for each of 1 (grey), 3 (colour) or 4
    /// (`convert(inks:)`) channels; 1 if `isGreyWanted` and the format can give that at no cost.
    ///
    /// A format that can give an image smaller at less cost divides its sides by up to `reduction`, rounding up.
    ///
    /// - Throws: `DatasetError` without the file.
    func decode(
        _ file: UnsafeBufferPointer<UInt8>, isGreyWanted: Bool, reduction: Int, into pixels: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent

    /// Decodes an image of classes into `classes`, one byte for each pixel.
    ///
    /// - Throws: `DatasetError` without the file, if the format or this file cannot hold classes.
    func decodeClasses(
        _ file: UnsafeBufferPointer<UInt8>, into classes: inout [UInt8]
    ) throws(DatasetError) -> DecodedExtent
}

/// What came out of a decoder.
struct DecodedExtent {
    let height: Int
    let width: Int
    let channels: Int
    /// How many times its sides were divided by.
    var reduction = 1

    var count: Int { height * width * channels }
}

/// Every format there is.
let allImageFormats: [any ImageFormat.Type] = [JPEGFormat.self, PNGFormat.self]

extension ImageFormat {
    static func begins(_ file: UnsafeBufferPointer<UInt8>) -> Bool { file.starts(with: signature) }
}
