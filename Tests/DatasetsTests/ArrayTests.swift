import CZip
import Datasets
import Tensors
import Testing

/// NPY, NPZ, CSV and CIFAR.
struct ArrayTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // MARK: NPY

    /// What NumPy writes.
    static func npy(
        _ type: String, _ shape: [Int], fortran: Bool = false, version: UInt8 = 1, _ elements: [UInt8]
    ) -> [UInt8] {
        let extents = shape.map { "\($0)," }.joined(separator: " ")
        let header =
            "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(extents)), }\n"
        let length = UInt32(header.utf8.count)
        let sizes = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: length >> $0) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + (version == 1 ? Array(sizes[..<2]) : sizes)
            + Array(header.utf8) + elements
    }

    private static func bytes<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] {
        numbers.withUnsafeBytes { Array($0) }
    }

    private static let pixels = (0..<12).map { UInt8(20 * $0) }
    private static let images = npy("|u1", [3, 2, 2], pixels)
    private static let labels = npy("<i8", [3], bytes([1, 0, 1] as [Int64]))

    private func load(
        _ images: [UInt8], _ labels: [UInt8] = labels, _ channels: ChannelPlace = .last
    ) throws -> ImageSet {
        let pair = FilePair(
            images: DataFile(try folder.write("images.npy", images), as: .images),
            labels: DataFile(try folder.write("labels.npy", labels), as: .labels))
        return try DataSource.npy(pair, channels: channels).splits.pool
    }

    private func reason(
        _ images: [UInt8], _ labels: [UInt8] = labels, _ channels: ChannelPlace = .last
    ) throws -> DatasetError.Reason? {
        do {
            _ = try load(images, labels, channels)
            return nil
        } catch let error as DatasetError {
            return error.reason
        }
    }

    @Test(arguments: [1, 2, 3])
    func readsBytes(version: UInt8) throws {
        let set = try load(Self.npy("|u1", [3, 2, 2], version: version, Self.pixels))
        #expect(set.imageShape == [2, 2, 1] && set.labels == [1, 0, 1])
        #expect(try (0..<3).flatMap(set.image) == Self.pixels)
    }

    @Test func channelsStandWhereOneSays() throws {
        let colours = (0..<18).map { UInt8($0) }
        let last = try load(Self.npy("|u1", [3, 1, 2, 3], colours))
        #expect(try last.imageShape == [1, 2, 3] && last.image(at: 1) == [6, 7, 8, 9, 10, 11])
        let first = try load(Self.npy("|u1", [3, 3, 1, 2], colours), Self.labels, .first)
        #expect(try first.imageShape == [1, 2, 3] && first.image(at: 1) == [6, 8, 10, 7, 9, 11])
        let grey = try load(Self.npy("|u1", [3, 1, 2, 2], Self.pixels), Self.labels, .first)
        #expect(try grey.imageShape == [2, 2, 1] && grey.image(at: 0) == [0, 20, 40, 60])
    }

    @Test func floatsAreRounded() throws {
        let shares: [Float] = [0, 0.5, 1, 0.25, 0, 0, 0, 0, 0, 0, 0, 0.001]
        let unit = try load(Self.npy("<f4", [3, 2, 2], Self.bytes(shares)))
        #expect(try unit.image(at: 0) == [0, 128, 255, 64])
        let wide = try load(Self.npy("<f8", [3, 2, 2], Self.bytes(shares.map { Double($0) * 254.8 })))
        #expect(try wide.image(at: 0) == [0, 127, 255, 64])
    }

    @Test func labelsMayBeAnyWholeNumbers() throws {
        for labels in [
            Self.npy("|u1", [3], [1, 0, 1]), Self.npy("|i1", [3, 1], [1, 0, 1]),
            Self.npy("|b1", [3], [1, 0, 1]),
            Self.npy("<i4", [3], Self.bytes([1, 0, 1] as [Int32])),
            Self.npy("<u2", [3], Self.bytes([1, 0, 1] as [UInt16])),
            Self.npy("<u8", [3], Self.bytes([1, 0, 1] as [UInt64])),
        ] {
            #expect(try load(Self.images, labels).labels == [1, 0, 1])
        }
    }

    @Test func readsManyClasses() throws {
        let labels = Self.npy("<i4", [3], Self.bytes([0, 999, 300] as [Int32]))
        #expect(try load(Self.images, labels).labels == [0, 999, 300])
    }

    @Test func readsMasks() throws {
        let masks: [Int32] = [0, 1, 2, 0, 0, 0, 0, 0, 1, 1, 1, 1]
        for shape in [[3, 2, 2], [3, 2, 2, 1]] {
            let set = try load(Self.images, Self.npy("<i4", shape, Self.bytes(masks)))
            #expect(try set.hasMasks && set.mask(at: 0) == [0, 1, 2, 0])
        }
    }

    private static let dimensions =
        "count x height x width x 1 or 3, or count x height x width"

    static let bad: [(name: String, images: [UInt8], reason: DatasetError.Reason)] = [
        ("empty", [], .empty),
        ("text", Array("label,pixel,pixel\n".utf8), .notNPY),
        ("version 9", npy("|u1", [3, 2, 2], version: 9, pixels), .notNPY),
        ("no shape", npy("|u1", [3, 2, 2], pixels).map { $0 == UInt8(ascii: "p") ? 0x20 : $0 }, .notNPY),
        ("negative", npy("|u1", [-3, 2, 2], pixels), .notNPY),
        ("header cut off", Array(images.prefix(40)), .truncated(expected: 64, found: 30)),
        ("pixels cut off", Array(images.dropLast()), .truncated(expected: 12, found: 11)),
        ("more than promised", images + [0], .trailingBytes(expected: 12)),
        ("Fortran", npy("|u1", [3, 2, 2], fortran: true, pixels), .fortranOrder),
        (
            "long integers", npy("<i8", [3, 2, 2], bytes([Int64](repeating: 1, count: 12))),
            .arrayType("<i8", allowed: "uint8, float32 or float64")
        ),
        (
            "big-endian", npy(">f4", [3, 2, 2], pixels),
            .arrayType(">f4", allowed: "uint8, float32 or float64")
        ),
        ("objects", npy("|O", [3, 2, 2], pixels), .arrayType("|O", allowed: "uint8, float32 or float64")),
        ("a plane", npy("|u1", [3, 4], pixels), .dimensions([3, 4], allowed: dimensions)),
        ("labels", labels, .labelsInsteadOfImages),
        ("two channels", npy("|u1", [3, 1, 2, 2], pixels), .dimensions([3, 1, 2, 2], allowed: dimensions)),
        ("no images", npy("|u1", [0, 2, 2], []), .empty),
        (
            "giant", npy("|u1", [Int(Int32.max), 4096, 4096], pixels),
            .dimensions([Int(Int32.max), 4096, 4096], allowed: "no more than \(1 << 30) bytes")
        ),
        (
            "giant sides", npy("|u1", [1, Int.max, 2], pixels),
            .dimensions([1, Int.max, 2], allowed: "of 1 to 4096 pixels a side")
        ),
        (
            "NaN", npy("<f4", [3, 2, 2], bytes((0..<12).map { $0 == 6 ? Float.nan : 0 })),
            .notFinite(image: 1)
        ),
        (
            "infinite", npy("<f8", [3, 2, 2], bytes((0..<12).map { $0 == 11 ? Double.infinity : 0 })),
            .notFinite(image: 2)
        ),
        (
            "normalised", npy("<f4", [3, 2, 2], bytes((0..<12).map { Float($0) - 2 })), .pixelRange(-2, 9)
        ),
    ]

    @Test(arguments: bad.map(\.name))
    func refusesImages(name: String) throws {
        let bad = try #require(Self.bad.first { $0.name == name })
        #expect(try reason(bad.images) == bad.reason)
    }

    @Test func refusesLabels() throws {
        let floats = Self.npy("<f4", [3], Self.bytes([1, 0, 1] as [Float]))
        #expect(try reason(Self.images, floats) == .arrayType("<f4", allowed: "whole numbers"))
        let two = Self.npy("|u1", [2], [1, 0])
        #expect(
            try reason(Self.images, two)
                == .countsDiffer(images: 3, labels: 2, imagesFile: "\(folder.path)/images.npy"))
        let negative = Self.npy("|i1", [3], [0, 255, 1])
        #expect(
            try reason(Self.images, negative)
                == .labelOutOfRange(label: -1, image: 1, classes: Int(Int32.max) + 1))
        let huge = Self.npy("<i8", [3], Self.bytes([0, 1, 1_000_000_000] as [Int64]))
        #expect(
            try reason(Self.images, huge)
                == .labelOutOfRange(label: 1_000_000_000, image: 2, classes: 1 << 16))
        #expect(try reason(Self.images, Self.npy("|u1", [3], [4, 4, 4])) == .oneClass(label: 4))
        let oneHot = Self.npy("|u1", [3, 2], [0, 1, 1, 0, 0, 1])
        #expect(
            try reason(Self.images, oneHot)
                == .dimensions([3, 2], allowed: "one label for each image, or a mask of 2x2 for each"))
        let mask = Self.npy("<i4", [3, 2, 2], Self.bytes([Int32](repeating: 300, count: 12)))
        #expect(try reason(Self.images, mask) == .labelOutOfRange(label: 300, image: 0, classes: 256))
    }

    // MARK: NPZ

    private func writeArchive(_ members: [(String, [UInt8])]) throws -> DataFile {
        let path = try folder.place("arrays.npz")
        var status: Int32 = 0
        let archive = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &status))
        var kept: [UnsafeMutableBufferPointer<UInt8>] = []
        for (name, bytes) in members {
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = copy.initialize(fromContentsOf: bytes)
            kept.append(copy)
            let source = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(bytes.count), 0)
            #expect(zip_file_add(archive, name, source, 0) >= 0)
        }
        #expect(zip_close(archive) == 0)
        for copy in kept { copy.deallocate() }
        return DataFile(path, as: .whole)
    }

    @Test(arguments: [
        ["x_train", "y_train", "x_test", "y_test"],
        ["train_images", "train_labels", "val_images", "val_labels"],
        ["images", "labels"], ["arr_0", "arr_1"],
    ])
    func readsArchives(names: [String]) throws {
        let file = try writeArchive(
            names.enumerated().map { ("\($1).npy", $0 % 2 == 0 ? Self.images : Self.labels) })
        let splits = try DataSource.npz(file).splits
        #expect(try splits.pool.count == 3 && splits.pool.image(at: 2) == [160, 180, 200, 220])
        #expect(splits.test.count == (names.contains("x_test") ? 3 : 0))
        #expect(splits.validation?.count == (names.contains("val_images") ? 3 : nil))
    }

    @Test func namesMayBeGiven() throws {
        let file = try writeArchive([("pictures.npy", Self.images), ("kinds.npy", Self.labels)])
        #expect(try DataSource.npz(file, images: "pictures", labels: "kinds").splits.pool.count == 3)
        #expect(throws: DatasetError(.noArray(nil, found: ["pictures", "kinds"]), file: file)) {
            try DataSource.npz(file)
        }
        let error = #expect(throws: DatasetError.self) {
            try DataSource.npz(file, images: "a", labels: "kinds")
        }
        #expect(error?.message == "`\(file.path)` has no array `a`")
        #expect(error?.hint == "it has `pictures`, `kinds`: say which with `images=` and `labels=`")
    }

    @Test func refusesOtherArchives() throws {
        func reason(_ bytes: [UInt8]) throws -> DatasetError.Reason? {
            let file = DataFile(try folder.write("x.npz", bytes), as: .whole)
            return refusal { () throws(DatasetError) in _ = try DataSource.npz(file) }?.reason
        }
        #expect(try reason([]) == .empty)
        #expect(try reason(Array("no archive".utf8)) == .notZip)
        let file = try writeArchive([("x.npy", Self.images), ("y.npy", Self.labels)])
        let whole = try folder.bytes(of: file.path)
        #expect(try reason(whole) == nil)
        #expect(try reason(Array(whole.dropLast(30))) == .notZip)
        // Nothing may crash, wherever a byte is wrong.
        var noticed = 0
        for place in stride(from: 0, to: whole.count, by: 3) {
            var damaged = whole
            damaged[place] ^= 0x41
            if try reason(damaged) != nil { noticed += 1 }
        }
        #expect(noticed > whole.count / 6)
    }

    // MARK: CSV

    private func table(
        _ text: String, shape: Shape? = nil, labels: CSVLabelColumn = .first
    ) throws -> ImageSet {
        let file = DataFile(try folder.write("table.csv", Array(text.utf8)), as: .whole)
        return try DataSource.csv(file, imageShape: shape, labels: labels).splits.pool
    }

    @Test(arguments: [
        "1,0,10,20,30\n0,40,50,60,70\n", "label,pixel0,pixel1,pixel2,pixel3\n1,0,10,20,30\n0,40,50,60,70",
        "\"label\",\"a\",\"b\",\"c\",\"d\"\r\n1,0,10,20,30\r\n0,40,50,60,70\r\n",
        "1, 0, 10, 20, 30\n\n0,40,50,60,70\n\n",
        "1.0,0.0,10.0,20.0,30.00\n0,40.,50,60,70\n",
    ])
    func readsTables(text: String) throws {
        let set = try table(text)
        #expect(set.imageShape == [2, 2, 1] && set.labels == [1, 0])
        #expect(try set.image(at: 0) == [0, 10, 20, 30] && set.image(at: 1) == [40, 50, 60, 70])
    }

    @Test func readsOtherTables() throws {
        let last = try table("0,10,20,1\n40,50,60,0\n", shape: [1, 1, 3], labels: .last)
        #expect(try last.labels == [1, 0] && last.image(at: 0) == [0, 10, 20])
        let path = try folder.writeGzipped("table.csv.gz", Array("1,5\n0,6\n".utf8))
        #expect(try DataSource.csv(DataFile(path, as: .whole)).splits.pool.count == 2)
    }

    @Test(
        arguments: [
            ("", .empty), ("label,a,b\n", .empty), ("label,a,b", .empty),
            ("1,2,x\n", .cell("x", line: 1, column: 3, allowed: "a whole number")),
            ("l,a\n1,2\n0,-1\n", .cell("-1", line: 3, column: 2, allowed: "a whole number")),
            ("1,2\n0,\n", .cell("", line: 2, column: 2, allowed: "a whole number")),
            ("1,2.5\n", .cell("2.5", line: 1, column: 2, allowed: "a whole number")),
            ("1,nan\n", .cell("nan", line: 1, column: 2, allowed: "a whole number")),
            ("1,2\n0,256\n", .cell("256", line: 2, column: 2, allowed: "a pixel of 0 to 255")),
            (
                "1,2\n0,99999999999999999999\n",
                .cell("99999999999999999999", line: 2, column: 2, allowed: "a whole number")
            ),
            ("1,2,3\n0,2\n", .columns(line: 2, found: 2, needed: 3)),
            ("1\n0\n", .columns(line: 1, found: 1, needed: 2)),
            ("1,2,3\n0,2,3\n", .pixelCount(2, needed: nil)), ("1,2\n1,3\n", .oneClass(label: 1)),
            ("1,\0\n", .cell("?", line: 1, column: 2, allowed: "a whole number")),
        ] as [(String, DatasetError.Reason)])
    func refusesTables(text: String, reason: DatasetError.Reason) throws {
        let error = #expect(throws: DatasetError.self) { try table(text) }
        #expect(error?.reason == reason)
    }

    @Test func refusesTablesOfAnotherSize() throws {
        let error = #expect(throws: DatasetError.self) { try table("1,2\n0,3\n", shape: [2, 2, 1]) }
        #expect(error?.reason == .pixelCount(1, needed: [2, 2, 1]))
        #expect(throws: DatasetError.self) { try table("1,2\n0,3\n", shape: [1, 1, 2]) }
    }

    // MARK: CIFAR

    private func record(_ labels: [UInt8], _ colour: [UInt8]) -> [UInt8] {
        labels + colour.flatMap { [UInt8](repeating: $0, count: 1024) }
    }

    @Test func readsCIFAR10() throws {
        for batch in 1...5 {
            try folder.write(
                "data_batch_\(batch).bin",
                record([UInt8(batch)], [1, 2, UInt8(batch)]) + record([9], [7, 8, 9]))
        }
        try folder.write("test_batch.bin", record([3], [10, 20, 30]))
        let source = try DataSource.cifar10(folder: folder.path)
        #expect(source.classes.count == 10 && source.classes[3] == "cat")
        let pool = source.splits.pool
        #expect(pool.imageShape == [32, 32, 3] && pool.labels == [1, 9, 2, 9, 3, 9, 4, 9, 5, 9])
        #expect(try Array(pool.image(at: 8).prefix(6)) == [1, 2, 5, 1, 2, 5])
        #expect(try Array(source.splits.test.image(at: 0).suffix(3)) == [10, 20, 30])

        try folder.write("data_batch_3.bin", [0] + [UInt8](repeating: 0, count: 3000))
        #expect(refusedReason() == .recordSize(bytes: 3001, record: 3073))
        try folder.write("data_batch_3.bin", record([10], [0, 0, 0]))
        #expect(refusedReason() == .labelOutOfRange(label: 10, image: 4, classes: 10))
        try folder.write("data_batch_3.bin", [])
        #expect(refusedReason() == .empty)
    }

    private func refusedReason() -> DatasetError.Reason? {
        refusal { () throws(DatasetError) in _ = try DataSource.cifar10(folder: folder.path) }?.reason
    }

    @Test func readsCIFAR100() throws {
        try folder.write("train.bin", record([1, 42], [1, 2, 3]) + record([19, 7], [4, 5, 6]))
        try folder.write("test.bin", record([0, 99], [7, 8, 9]))
        let fine = try DataSource.cifar100(folder: folder.path)
        #expect(fine.splits.pool.labels == [42, 7] && fine.classes.count == 100 && fine.classes[42] == "42")
        try folder.write("coarse_label_names.txt", Array((0..<20).map { "group\($0)\n" }.joined().utf8))
        let coarse = try DataSource.cifar100(folder: folder.path, labels: .coarse)
        #expect(coarse.splits.pool.labels == [1, 19] && coarse.classes[19] == "group19")
    }
}
