import Tensors

/// NumPy's format of one array: a magic word, a header in the notation of a Python dictionary, then the elements.
struct NPY {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let mostHeaderBytes = 1 << 16

    /// NumPy's code of the element type: `|u1`, `<f4`.
    let type: String
    let extents: [Int]
    private let reader: any ByteReader

    /// Reads the header.
    ///
    /// - Throws: `DatasetError`, also for an array in Fortran's order.
    init(_ reader: any ByteReader) throws(DatasetError) {
        self.reader = reader
        let file = reader.file
        let start = try reader.read(8)
        guard start.starts(with: Self.magic), (1...3).contains(start[6]) else {
            throw DatasetError(.notNPY, file: file)
        }
        let length = try reader.read(start[6] == 1 ? 2 : 4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.mostHeaderBytes else { throw DatasetError(.notNPY, file: file) }
        let header = String(decoding: try reader.read(length), as: UTF8.self)
        guard let type = Self.value(of: "descr", in: header),
            let order = Self.value(of: "fortran_order", in: header),
            let shape = Self.value(of: "shape", in: header), let extents = Self.extents(shape)
        else { throw DatasetError(.notNPY, file: file) }
        guard order == "False" || extents.count < 2 else { throw DatasetError(.fortranOrder, file: file) }
        self.type = type.filter { $0 != "'" && $0 != "\"" }
        self.extents = extents
    }

    /// What follows `'key':`, up to the comma that ends it.
    private static func value(of key: String, in header: String) -> String? {
        guard let range = header.firstRange(of: "'\(key)':") else { return nil }
        var value = ""
        var depth = 0
        for character in header[range.upperBound...] {
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) { depth -= 1 }
            if character == "}" || character == "," && depth == 0 { break }
            if character != " " { value.append(character) }
        }
        return value
    }

    /// `(60000,28,28)`
    private static func extents(_ tuple: String) -> [Int]? {
        guard tuple.hasPrefix("("), tuple.hasSuffix(")") else { return nil }
        let words = tuple.dropFirst().dropLast().split(separator: ",")
        let extents = words.compactMap { Int($0) }.filter { $0 >= 0 }
        return extents.count == words.count ? extents : nil
    }

    /// Images as bytes, `[N, H, W, C]`; floats in 0...1 or in 0...255 are rounded to bytes.
    ///
    /// - Throws: `DatasetError` for another rank, type or range.
    func images(_ channels: ChannelPlace) throws(DatasetError) -> (shape: Shape, pixels: [UInt8]) {
        guard extents.count > 1 else { throw DatasetError(.labelsInsteadOfImages, file: reader.file) }
        let allowed =
            channels == .last ? "count x height x width x 1 or 3" : "count x 1 or 3 x height x width"
        var image = Array(extents.dropFirst())
        if image.count == 2 { image.insert(1, at: channels == .last ? 2 : 0) }
        if channels == .first, image.count == 3 { image = [image[1], image[2], image[0]] }
        guard image.count == 3, [1, 3].contains(image[2]) else {
            throw DatasetError(
                .dimensions(extents, allowed: "\(allowed), or count x height x width"), file: reader.file)
        }
        guard image[0...1].allSatisfy((1...mostPixelsASide).contains) else {
            throw DatasetError(
                .dimensions(extents, allowed: "of 1 to \(mostPixelsASide) pixels a side"), file: reader.file)
        }
        let shape = Shape(image)
        var pixels = try bytes()
        if channels == .first, shape[2] > 1 { pixels.makeChannelsLast(shape) }
        return (shape, pixels)
    }

    private func bytes() throws(DatasetError) -> [UInt8] {
        switch type {
        case "|u1": return try reader.readAll(extents)
        case "<f4": return try rounded(try reader.readAll(extents, bytesEach: 4), Float.self)
        case "<f8": return try rounded(try reader.readAll(extents, bytesEach: 8), Double.self)
        default:
            throw DatasetError(.arrayType(type, allowed: "uint8, float32 or float64"), file: reader.file)
        }
    }

    /// Bytes from floats: of 255ths if none is above 1.
    private func rounded<Number: BinaryFloatingPoint>(
        _ raw: [UInt8], _ number: Number.Type
    ) throws(DatasetError) -> [UInt8] {
        let numbers = raw.withUnsafeBytes { raw in
            raw.assumingMemoryBound(to: Number.self).map { Float($0) }
        }
        var (least, most) = (Float.infinity, -Float.infinity)
        for (index, number) in numbers.enumerated() {
            guard number.isFinite else {
                let perImage = numbers.count / extents[0]
                throw DatasetError(.notFinite(image: index / perImage), file: reader.file)
            }
            least = min(least, number)
            most = max(most, number)
        }
        guard least >= 0, most <= 255 else {
            throw DatasetError(.pixelRange(least, most), file: reader.file)
        }
        let scale: Float = most <= 1 ? 255 : 1
        return numbers.map { UInt8(($0 * scale).rounded()) }
    }

    /// Labels, one for each image, or masks, one class for each pixel of images of that shape.
    ///
    /// - Throws: `DatasetError` for another rank or type, or a class below 0 or, in a mask, above 255.
    func classes(of image: Shape) throws(DatasetError) -> LabelledImages.Classes {
        let isMask = extents.count >= 3
        let kept = extents.count > 1 && extents.last == 1 ? Array(extents.dropLast()) : extents
        guard kept.count == 1 || kept.count == 3 && kept[1...] == image.extents[0...1] else {
            throw DatasetError(
                .dimensions(
                    extents,
                    allowed: "one label for each image, or a mask of \(image[0])x\(image[1]) for each"),
                file: reader.file)
        }
        let numbers = try integers()
        let perImage = isMask ? image[0] * image[1] : 1
        let most = isMask ? Int(UInt8.max) : Int(Int32.max)
        if let wrong = numbers.firstIndex(where: { !(0...most).contains($0) }) {
            throw DatasetError(
                .labelOutOfRange(label: numbers[wrong], image: wrong / perImage, classes: most + 1),
                file: reader.file)
        }
        return isMask ? .masks(numbers.map { UInt8($0) }) : .labels(numbers)
    }

    private func integers() throws(DatasetError) -> [Int] {
        func read<Number: FixedWidthInteger>(_ number: Number.Type) throws(DatasetError) -> [Int] {
            let raw = try reader.readAll(extents, bytesEach: MemoryLayout<Number>.size)
            return raw.withUnsafeBytes { raw in
                raw.assumingMemoryBound(to: Number.self).map { Int(clamping: Number(littleEndian: $0)) }
            }
        }
        switch type {
        case "|u1", "|b1": return try read(UInt8.self)
        case "|i1": return try read(Int8.self)
        case "<u2": return try read(UInt16.self)
        case "<i2": return try read(Int16.self)
        case "<u4": return try read(UInt32.self)
        case "<i4": return try read(Int32.self)
        case "<u8": return try read(UInt64.self)
        case "<i8": return try read(Int64.self)
        default: throw DatasetError(.arrayType(type, allowed: "whole numbers"), file: reader.file)
        }
    }
}

extension [UInt8] {
    /// Turns images of `[C, H, W]` into images of `shape`, `[H, W, C]`.
    mutating func makeChannelsLast(_ shape: Shape) {
        let (pixels, channels) = (shape[0] * shape[1], shape[2])
        self = [UInt8](unsafeUninitializedCapacity: count) { turned, filled in
            for start in stride(from: 0, to: count, by: shape.count) {
                for channel in 0..<channels {
                    for pixel in 0..<pixels {
                        turned[start + pixel * channels + channel] = self[start + channel * pixels + pixel]
                    }
                }
            }
            filled = count
        }
    }
}
