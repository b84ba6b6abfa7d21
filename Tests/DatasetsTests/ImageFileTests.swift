import Datasets
import Tensors
import Testing

struct ImageFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let names = Pictures.names.filter { !$0.hasPrefix("classes") && $0 != "large.jpg" }

    /// Grey and colour, of any depth, with palettes, transparency, inks and orientation.
    @Test(arguments: names, [1, 3])
    func decodesAsPillow(name: String, channels: Int) throws {
        let set = try pictureSet(folder, name, try Pictures.bytes(name)) {
            $0.imageShape = [10, 13, channels]
        }
        let expected = try Pictures.expected(channels == 1 ? "\(name) grey" : name)
        // A JPEG file has its own brightness, which is not rounded twice.
        let tolerance = name.hasSuffix("png") ? 0 : channels == 1 ? 2 : 1
        #expect(set.imageShape == expected.shape)
        #expect(largestDifference(try set.image(at: 0), expected.bytes) <= tolerance)
    }

    private struct Part: RegionChooser {
        func region(height: Int, width: Int) -> PixelRegion {
            #expect(height == 10 && width == 13)
            return PixelRegion(top: 1, left: 2, height: 7, width: 9)
        }
    }

    /// Pillow rounds between the axes too.
    @Test(arguments: ["10x13", "5x5", "3x6", "17x11", "1x1"])
    func scalesAsPillow(size: String) throws {
        let expected = try Pictures.expected("stretch \(size)")
        let bytes = try Pictures.bytes("colour.png")
        let set = try pictureSet(folder, "colour.png", bytes) { $0.imageShape = expected.shape }
        #expect(largestDifference(try set.image(at: 0), expected.bytes) <= 1)
        for (name, channels) in [("part", 3), ("grey part", 1)] {
            let part = try Pictures.expected("\(name) \(size)")
            let set = try pictureSet(folder, "colour.png", bytes) { $0.imageShape = part.shape }
            #expect(set.imageShape[2] == channels)
            #expect(largestDifference(try set.part(0, Part()), part.bytes) <= 1)
        }
    }

    @Test func memoryIsScaledLikeFiles() throws {
        let source = try Pictures.expected("colour.png")
        let expected = try Pictures.expected("part 10x13")
        let set = ImageSet(
            imageShape: source.shape, pixels: source.bytes, labels: [0],
            masks: (0..<130).map { UInt8($0 / 13 + $0 % 13) / 5 % 5 })
        #expect(largestDifference(try set.part(0, Part()), expected.bytes) <= 1)
    }

    @Test func fitsOtherShapes() throws {
        for (name, fit) in [("crop 5x5", ImageFit.crop), ("pad 13x13", .pad)] {
            let expected = try Pictures.expected(name)
            let set = try pictureSet(folder, "colour.png", try Pictures.bytes("colour.png")) {
                ($0.imageShape, $0.fit) = (expected.shape, fit)
            }
            #expect(largestDifference(try set.image(at: 0), expected.bytes) <= 1, "\(name)")
        }
    }

    /// Bars are black in every kind of file, also after something else was decoded.
    @Test(arguments: ["grey.png", "inks.jpg", "grey-16-bits.png", "colour.jpg"], [1, 3])
    func padsWithBlack(name: String, channels: Int) throws {
        let set = try pictureSet(folder, name, try Pictures.bytes(name)) {
            ($0.imageShape, $0.fit, $0.mostCachedBytes) = ([30, 13, channels], .pad, 0)
        }
        for index in [1, 0] {
            let image = try set.image(at: index)
            let bar = 10 * 13 * channels
            #expect(image[..<bar].allSatisfy { $0 == 0 } && image[(2 * bar)...].allSatisfy { $0 == 0 })
            #expect(image[bar..<2 * bar].contains { $0 > 0 })
        }
    }

    /// Decoded at a half to an eighth first, which averages blocks.
    @Test(arguments: ["15x20", "30x41"])
    func largeJPEGFilesAreDecodedSmaller(size: String) throws {
        let expected = try Pictures.expected("large \(size)")
        let set = try pictureSet(folder, "large.jpg", try Pictures.bytes("large.jpg")) {
            $0.imageShape = expected.shape
        }
        #expect(largestDifference(try set.image(at: 0), expected.bytes) <= 4)
    }

    /// What damage does to a file; nothing may crash, and what cannot be noticed gives some image.
    @Test(arguments: names)
    func survivesDamage(name: String) throws {
        let whole = try Pictures.bytes(name)
        // PNG files have checksums, except of what comes after the image.
        let isSeen = name.hasSuffix("png")
        for length in stride(from: 0, to: whole.count - 14, by: 7) {
            let error = try readFault(name, Array(whole[..<length]))
            #expect(error?.file?.path.hasSuffix(name) == true, "\(length) bytes")
        }
        for place in stride(from: 0, to: whole.count - 12, by: 5) {
            var damaged = whole
            damaged[place] ^= 0x55
            let error = try readFault(name, damaged)
            #expect(error != nil || !isSeen, "byte \(place)")
        }
    }

    private func readFault(_ name: String, _ bytes: [UInt8]) throws -> DatasetError? {
        let set = try pictureSet(folder, name, bytes)
        return refusal { () throws(DatasetError) in _ = try set.image(at: 0) }
    }

    /// A few bytes that promise gigabytes: refused before anything is allocated.
    @Test func refusesPromisesOfGiganticImages() throws {
        var png = try Pictures.bytes("grey.png")
        // 60 000 x 60 000 in the header; its checksum is made to fit.
        png.replaceSubrange(16..<24, with: [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60])
        png.replaceSubrange(29..<33, with: checksum(of: png[12..<29]))
        let most = 1 << 26
        #expect(try readFault("x.png", png)?.reason == .tooManyPixels([60_000, 60_000], most: most))
        var jpeg = try Pictures.bytes("grey.jpg")
        let frame = try #require((0..<jpeg.count - 9).first { jpeg[$0] == 0xff && jpeg[$0 + 1] == 0xc0 })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xff, 0xdc, 0xff, 0xdc])
        #expect(try readFault("x.jpg", jpeg)?.reason == .tooManyPixels([65_500, 65_500], most: most))
    }

    @Test func refusesWhatIsNoImage() throws {
        #expect(try readFault("x.png", [])?.reason == .empty)
        #expect(try readFault("x.jpg", Array("<html>".utf8))?.reason == .notAnImage)
        // The content counts, not the name.
        #expect(try readFault("x.jpg", try Pictures.bytes("colour.png")) == nil)
    }

    @Test func saysWhatIsWrong() throws {
        let error = try readFault("x.png", Array(try Pictures.bytes("colour.png").prefix(60)))
        #expect(error?.message.hasPrefix("`\(folder.path)/a/x.png` cannot be decoded: ") == true)
        #expect(error?.hint == "load the data with `bad=skip` to leave such files out")
    }
}

extension ImageSet {
    /// The part of an image that `chooser` chooses.
    func part(_ index: Int, _ chooser: any RegionChooser) throws(DatasetError) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: imageShape.count)
        try pixels.withUnsafeMutableBufferPointer { (pixels) throws(DatasetError) in
            try read(index, choosing: chooser, into: ImageRoom(pixels: pixels))
        }
        return pixels
    }
}

/// CRC-32 of a PNG chunk, big-endian (the polynomial of ISO 3309).
private func checksum(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    var crc: UInt32 = .max
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    crc = ~crc
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: crc >> $0) }
}
