import Datasets
import Glibc
import Tensors
import Testing

struct IDXTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let pixels: [UInt8] = Array(0..<12)
    private static let images = idx([3, 2, 2], pixels)
    private static let labels = idx([3], [1, 0, 1])

    private func load(
        _ images: String, _ labels: String, classes: [String]? = nil
    ) throws(DatasetError) -> Dataset {
        try .idx(
            name: "tiny", train: .train(images, labels), classes: classes, validation: .count(0), seed: 1)
    }

    private func reason(_ images: String, _ labels: String, classes: [String]? = nil) -> DatasetError.Reason?
    {
        do throws(DatasetError) {
            _ = try load(images, labels, classes: classes)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [false, true])
    func readsPlainAndGzipped(isGzipped: Bool) throws {
        let write = isGzipped ? folder.writeGzipped : folder.write
        let data = try load(try write("images", Self.images), try write("labels", Self.labels))
        #expect(data.imageShape == [2, 2, 1])
        #expect(data.classes == ["0", "1"])
        #expect(try (0..<3).flatMap(data.train.image) == Self.pixels)
        #expect(data.train.labels == [1, 0, 1])
        #expect(data.test.isEmpty)
    }

    @Test func readsColour() throws {
        let images = try folder.write("images", idx([2, 1, 2, 3], Array(0..<12)))
        let data = try load(images, try folder.write("labels", idx([2], [0, 1])))
        #expect(data.imageShape == [1, 2, 3])
        #expect(try data.train.image(at: 1) == [6, 7, 8, 9, 10, 11])
    }

    @Test func readsGzipMembersOneAfterTheOther() throws {
        let first = try folder.bytes(of: try folder.writeGzipped("a", Array(Self.images.prefix(9))))
        let second = try folder.bytes(of: try folder.writeGzipped("b", Array(Self.images.dropFirst(9))))
        let images = try folder.write("images", first + second)
        let data = try load(images, try folder.write("labels", Self.labels))
        #expect(try (0..<3).flatMap(data.train.image) == Self.pixels)
    }

    @Test func keepsTestImagesApart() throws {
        let pair = IDXPair.train(
            try folder.write("images", Self.images), try folder.write("labels", Self.labels))
        let test = IDXPair.test(
            try folder.write("test-images", idx([1, 2, 2], [9, 9, 9, 9])),
            try folder.write("test-labels", idx([1], [0])))
        let data = try Dataset.idx(name: "tiny", train: pair, test: test, validation: .count(1), seed: 1)
        #expect([data.train.count, data.validation.count, data.test.count] == [2, 1, 1])
        #expect(try data.test.image(at: 0) == [9, 9, 9, 9])
    }

    /// What a file that should hold images holds instead, and what is said about it.
    static let badImages: [(name: String, bytes: [UInt8], reason: DatasetError.Reason)] = [
        ("empty", [], .empty),
        ("two bytes", [0, 0], .truncated(expected: 4, found: 2)),
        ("text", Array("label,pixel1\n".utf8), .notIDX),
        ("rank 0", [0, 0, 8, 0], .notIDX),
        ("rank 200", [0, 0, 8, 200], .notIDX),
        ("floats", idx(type: 0x0d, [3, 2, 2], pixels), .elementType(0x0d)),
        ("header cut off", Array(images.prefix(9)), .truncated(expected: 12, found: 5)),
        ("pixels cut off", Array(images.dropLast()), .truncated(expected: 12, found: 11)),
        ("one byte too many", images + [0], .trailingBytes(expected: 12)),
        ("labels", labels, .labelsInsteadOfImages),
        ("no images", idx([0, 2, 2], []), .empty),
        ("no pixels", idx([3, 0, 2], []), .dimensions([3, 0, 2], allowed: "of 1 to 4096 pixels a side")),
        (
            "a plane", idx([3, 4], pixels),
            .dimensions(
                [3, 4], allowed: "count x height x width, or with 1 or 3 channels after them")
        ),
        (
            "two channels", idx([3, 1, 2, 2], pixels),
            .dimensions(
                [3, 1, 2, 2], allowed: "count x height x width, or with 1 or 3 channels after them")
        ),
        (
            "giant sides", idx([.max, .max, .max], pixels),
            .dimensions([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], allowed: "of 1 to 4096 pixels a side")
        ),
        (
            "giant count", idx([.max, 4096, 4096], pixels),
            .dimensions([0xffff_ffff, 4096, 4096], allowed: "no more than \(1 << 30) bytes")
        ),
        ("a promise", idx([1 << 18, 64, 64], pixels), .truncated(expected: 1 << 30, found: 28)),
    ]

    @Test(arguments: badImages.map(\.name))
    func refusesImages(_ name: String) throws {
        let bad = try #require(Self.badImages.first { $0.name == name })
        let images = try folder.write("images", bad.bytes)
        let labels = try folder.write("labels", Self.labels)
        #expect(reason(images, labels) == bad.reason)
    }

    /// The same, packed. What the header promises is then held against what gzip could have packed at best.
    @Test(arguments: badImages.filter { !["empty", "a promise"].contains($0.name) }.map(\.name))
    func refusesGzippedImages(_ name: String) throws {
        let bad = try #require(Self.badImages.first { $0.name == name })
        let images = try folder.writeGzipped("images", bad.bytes)
        let labels = try folder.write("labels", Self.labels)
        #expect(reason(images, labels) == bad.reason)
    }

    @Test func refusesAPromiseThatGzipCannotKeep() throws {
        let images = try folder.writeGzipped("images", idx([1 << 18, 64, 64], Self.pixels))
        let size = try folder.bytes(of: images).count
        let labels = try folder.write("labels", Self.labels)
        #expect(reason(images, labels) == .truncated(expected: 1 << 30, found: size * 1032))
    }

    /// 64 MiB of zeros in 64 KiB: read no further than the header says.
    @Test func refusesAGzipBomb() throws {
        let images = try folder.writeGzipped("images", Self.images + [UInt8](repeating: 0, count: 1 << 26))
        let labels = try folder.write("labels", Self.labels)
        #expect(reason(images, labels) == .trailingBytes(expected: 12))
    }

    @Test(arguments: ["cut off", "changed byte", "trailing garbage"])
    func refusesDamagedGzip(_ damage: String) throws {
        var bytes = try folder.bytes(of: try folder.writeGzipped("whole", Self.images))
        switch damage {
        case "cut off": bytes.removeLast(9)
        case "changed byte": bytes[bytes.count - 6] ^= 0x10
        default: bytes += Array("garbage".utf8)
        }
        let images = try folder.write("images", bytes)
        let labels = try folder.write("labels", Self.labels)
        #expect(reason(images, labels) == .damagedCompression)
    }

    @Test func refusesWhatIsNoFile() throws {
        let labels = try folder.write("labels", Self.labels)
        #expect(reason("\(folder.path)/nothing", labels) == .missing(package: nil))
        #expect(reason(folder.path, labels) == .notAFile)
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(reason(pipe, labels) == .notAFile)
        #expect(reason("/dev/zero", labels) == .notAFile)
    }

    @Test func refusesPairsThatDoNotFit() throws {
        let images = try folder.write("images", Self.images)
        let two = try folder.write("two", idx([2], [0, 1]))
        #expect(reason(images, two) == .countsDiffer(images: 3, labels: 2, imagesFile: images))
        #expect(reason(images, images) == .imagesInsteadOfLabels)
        let high = try folder.write("high", idx([3], [0, 2, 1]))
        #expect(
            reason(images, high, classes: ["a", "b"]) == .labelOutOfRange(label: 2, image: 1, classes: 2))
        #expect(
            reason(images, high, classes: [])
                == .setting("classes", found: "0 names", allowed: "1 to 256 names"))
    }

    @Test func refusesTestImagesThatDoNotFit() throws {
        let pair = IDXPair.train(
            try folder.write("images", Self.images), try folder.write("labels", Self.labels))
        func reason(_ test: IDXPair) -> DatasetError? {
            do throws(DatasetError) {
                _ = try Dataset.idx(name: "tiny", train: pair, test: test, validation: .count(0), seed: 1)
                return nil
            } catch {
                return error
            }
        }
        let wide = IDXPair.test(
            try folder.write("wide", idx([3, 1, 4], Self.pixels)), pair.labels.path)
        #expect(
            reason(wide) == DatasetError(.imageShapesDiffer(train: "2x2x1", test: "1x4x1"), file: wide.images)
        )
        let unknown = IDXPair.test(
            pair.images.path, try folder.write("unknown", idx([3], [0, 1, 9])))
        #expect(
            reason(unknown)
                == DatasetError(.labelOutOfRange(label: 9, image: 2, classes: 2), file: unknown.labels))
    }

    @Test func namesTheFileAndTheReason() throws {
        let labels = try folder.write("labels", Self.labels)
        let error = #expect(throws: DatasetError.self) { try load(labels, labels) }
        #expect(error?.message == "`\(labels)` holds labels where images are expected")
        #expect(error?.hint == "give the images first, then the labels")
        let missing = DataFile("/no/such/train-images-idx3-ubyte.gz", as: .inFolder)
        #expect(throws: DatasetError(.missing(package: nil), file: missing)) {
            try Dataset.fashionMNIST(folder: "/no/such", seed: 1)
        }
    }

    /// Also when one file is given twice.
    @Test(arguments: DataFile.Role.allCases.filter { $0 != .inFolder })
    func saysWhichOfTheFilesIsAtFault(role: DataFile.Role) throws {
        let images = try folder.write("images", Self.images)
        let labels = try folder.write("labels", Self.labels)
        func pick(_ of: DataFile.Role, _ path: String, _ other: String) -> DataFile {
            DataFile(of == role ? other : path, as: of)
        }
        let train = IDXPair(images: pick(.images, images, labels), labels: pick(.labels, labels, images))
        let test = IDXPair(
            images: pick(.testImages, images, labels), labels: pick(.testLabels, labels, images))
        let error = #expect(throws: DatasetError.self) {
            try Dataset.idx(name: "tiny", train: train, test: test, validation: .count(0), seed: 1)
        }
        #expect(error?.file?.role == role)
    }

    @Test func oneClassIsNothingToLearn() throws {
        let images = try folder.write("images", Self.images)
        let labels = try folder.write("labels", idx([3], [5, 5, 5]))
        #expect(reason(images, labels) == .oneClass(label: 5))
        let error = #expect(throws: DatasetError.self) { try load(images, labels) }
        #expect(error?.message == "`\(labels)` has only the label 5: there is nothing to tell apart")
        // Gaps between labels are classes without images.
        let data = try load(images, try folder.write("gaps", idx([3], [0, 3, 3])))
        #expect(data.classes.count == 4 && data.emptyClasses == ["1", "2"])
    }
}

extension IDXPair {
    fileprivate static func train(_ images: String, _ labels: String) -> IDXPair {
        IDXPair(images: DataFile(images, as: .images), labels: DataFile(labels, as: .labels))
    }

    fileprivate static func test(_ images: String, _ labels: String) -> IDXPair {
        IDXPair(images: DataFile(images, as: .testImages), labels: DataFile(labels, as: .testLabels))
    }
}
