import Foundation
import Tensors
import TestSupport
import Testing

/// A folder that is gone when the test is over.
private final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "archive-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func write(_ bytes: [UInt8], _ name: String = "file.safetensors") throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }
}

struct TensorArchiveTests {
    private static let sample = TensorArchive(
        tensors: [
            ("conv1.weight", Tensor([2, 1, 3], [1, -2, 3.5, .infinity, 0, .leastNonzeroMagnitude])),
            ("empty", Tensor(zeros: [0, 4])),
            ("scalar", Tensor([], [7])),
            ("a \"quoted\" \\ name\n\u{1}, with \u{e9} and \u{1f600}", Tensor([1], [.nan])),
        ],
        metadata: ["format": "pt", "epoch": "3", "note": "tab\there \u{1f600}"])

    /// A file with this header and so many bytes of zeros.
    private static func file(_ header: String, data: Int = 0) -> [UInt8] {
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        return length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }

    @Test func readingGivesWhatWasWritten() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/weights.safetensors"
        try Self.sample.write(path)
        let read = try TensorArchive.read(path)
        #expect(read.metadata == Self.sample.metadata)
        #expect(read.tensors.map(\.name) == Self.sample.tensors.map(\.name))
        for (a, b) in zip(read.tensors, Self.sample.tensors) {
            #expect(a.tensor.shape == b.tensor.shape && a.tensor.bits == b.tensor.bits, "\(a.name)")
        }
        #expect(try folder.files == ["weights.safetensors"])
    }

    /// Byte by byte what Python's `safetensors` 0.5 writes for one tensor, with its header padded to 8 bytes.
    @Test func aFileOfPythonsIsRead() throws {
        let folder = try TemporaryFolder()
        let header =
            #"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   "#
        let path = try folder.write(Self.file(header) + [0, 0, 128, 63, 0, 0, 0, 192])
        let archive = try TensorArchive.read(path)
        #expect(archive.named["w"]?.scalars == [1, -2])
        #expect(archive.metadata == ["format": "pt"])
    }

    @Test func jsonMayBeWrittenDifferently() throws {
        let folder = try TemporaryFolder()
        let header = """
            { "\\u0061\\ud83d\\ude00\\/" :\t{ "data_offsets" : [ 4 , 8 ] , "shape":[1 ],
              "dtype":"F32"}, "b":{"dtype":"F32","shape":[],"data_offsets":[0,4]} }
            """
        let archive = try TensorArchive.read(try folder.write(Self.file(header, data: 8)))
        #expect(archive.tensors.map(\.name) == ["a\u{1f600}/", "b"])
    }

    /// Numbers of other types, little-endian, and what they are as 32-bit floats.
    private static let numbers: [(type: String, size: Int, bits: [UInt64], floats: [Float])] = [
        (
            "F16", 2, [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0xfc00],
            [1, -2, 65504, 0x1p-24, -0.0, -.infinity]
        ),
        ("BF16", 2, [0x3f80, 0xc000, 0x7f7f, 0x0001, 0xff80], [1, -2, 0x1.fep127, 0x1p-133, -.infinity]),
        (
            "F64", 8, [0x3ff0_0000_0000_0000, 0x3ff0_0000_1000_0001, 0x7fe0_0000_0000_0000],
            [1, 0x1.000002p0, .infinity]
        ),
    ]

    @Test(arguments: numbers.indices)
    func floatsOfOtherSizesBecome32Bits(_ index: Int) throws {
        let (type, size, bits, floats) = Self.numbers[index]
        let folder = try TemporaryFolder()
        let bytes = bits.flatMap { bits in (0..<size).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }
        // After one byte, so that nothing is where it would be in an array.
        let header = """
            {"b":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]},
            "x":{"dtype":"\(type)","shape":[\(bits.count)],"data_offsets":[1,\(bytes.count + 1)]}}
            """
        let archive = try TensorArchive.read(try folder.write(Self.file(header) + [1] + bytes))
        #expect(archive.named["x"]?.bits == floats.map(\.bitPattern))
        #expect(archive.skipped == ["b": "BOOL"])
    }

    /// Also one that is not known yet.
    @Test(arguments: ["I64", "F6_E2M3"])
    func numbersOfOtherKindsAreSkipped(type: String) throws {
        let folder = try TemporaryFolder()
        let header = """
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
            "n":{"dtype":"\(type)","shape":[],"data_offsets":[4,12]},
            "z":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}
            """
        let archive = try TensorArchive.read(try folder.write(Self.file(header, data: 16)))
        #expect(archive.tensors.map(\.name) == ["a", "z"] && archive.skipped == ["n": type])
    }

    // MARK: What is refused

    struct Refused: Sendable, CustomTestStringConvertible {
        let header: String
        let data: Int
        let reason: ArchiveError.Reason

        init(_ header: String, data: Int = 0, _ reason: ArchiveError.Reason) {
            (self.header, self.data, self.reason) = (header, data, reason)
        }

        var testDescription: String { header }
    }

    private static func entry(_ name: String, _ shape: String, _ begin: String, _ end: String) -> String {
        #""\#(name)":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(begin),\#(end)]}"#
    }

    @Test(arguments: [
        Refused("{\(entry("a", "2", "0", "8"))}", data: 4, .cutOff(bytes: 4, needed: 8)),
        Refused("{\(entry("a", "2", "0", "8"))}", data: 9, .trailing(bytes: 1)),
        Refused("{}", data: 1, .trailing(bytes: 1)),
        Refused("{\(entry("a", "2", "4", "12"))}", data: 12, .gap(name: "a", at: 4, expected: 0)),
        Refused(
            "{\(entry("a", "2", "0", "8")),\(entry("b", "2", "4", "12"))}", data: 12,
            .gap(name: "b", at: 4, expected: 8)),
        Refused("{\(entry("a", "3", "0", "8"))}", data: 8, .size(name: "a", shape: "3", bytes: 8)),
        Refused("{\(entry("a", "", "0", "8"))}", data: 8, .size(name: "a", shape: "", bytes: 8)),
        Refused(
            "{\(entry("a", "4294967296, 4294967296", "0", "0"))}",
            .size(name: "a", shape: "4294967296, 4294967296", bytes: 0)),
        // 2^62 scalars have 0 bytes, if one counts in 64 bits.
        Refused(
            "{\(entry("a", "4611686018427387904", "0", "0"))}",
            .size(name: "a", shape: "4611686018427387904", bytes: 0)
        ),
        Refused("{\(entry("a", "1", "4", "0"))}", data: 4, .gap(name: "a", at: 4, expected: 0)),
        Refused(
            "{\(entry("a", "1", "0", "4")),\(entry("b", "1", "4", "3"))}", data: 4,
            .size(name: "b", shape: "1", bytes: -1)),
        Refused(
            "{\(entry("a", "1099511627776", "0", "4398046511104"))}",
            .cutOff(bytes: 0, needed: 4_398_046_511_104)),
        Refused(
            "{\(entry("a", "1", "0", "4")),\(entry("a", "1", "4", "8"))}", data: 8, .duplicate(name: "a")),
        Refused(#"{"__metadata__":{},"__metadata__":{}}"#, .duplicate(name: "__metadata__")),
        Refused(#"{"__metadata__":{"a":"b","a":"b"}}"#, .duplicate(name: "__metadata__.a")),
        Refused(
            #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"#, data: 8,
            .size(name: "a", shape: "2", bytes: 8)),
        Refused(
            #"{"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}"#, data: 16,
            .gap(name: "n", at: 8, expected: 0)),
        Refused(
            #"{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#, data: 7, .cutOff(bytes: 7, needed: 8)),
        Refused(
            "{\(entry("a", "99999999999999999999", "0", "4"))}",
            .header("a number that is too large", offset: 47)),
        Refused("{\(entry("a", "-1", "0", "4"))}", .header("no whole number", offset: 29)),
        Refused("{\(entry("a", "1.0", "0", "4"))}", .header("no `]`", offset: 30)),
        Refused("{\(entry("a", "1e9", "0", "4"))}", .header("no `]`", offset: 30)),
        Refused(
            #"{"a":{"dtype":"F32","shape":[0]}}"#, .header("no type, shape or two offsets of `a`", offset: 32)
        ),
        Refused(
            #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0]}}"#,
            .header("no type, shape or two offsets of `a`", offset: 51)),
        Refused(#"{"a":{"dtype":"F32","dtype":"F32"}}"#, .header("an unexpected `dtype` of `a`", offset: 28)),
        Refused(#"{"a":{"device":"cpu"}}"#, .header("an unexpected `device` of `a`", offset: 15)),
        Refused(#"{"a":[]}"#, .header("no `{`", offset: 5)),
        Refused(#"{"__metadata__":{"a":1}}"#, .header("no `\"`", offset: 21)),
        Refused("[]", .header("no `{`", offset: 0)),
        Refused("{} {}", .header("something after its end", offset: 3)),
        Refused("{\"a", .header("an unfinished text", offset: 3)),
        Refused("{\"a\\", .header("an unfinished text", offset: 4)),
        Refused("{\"\\u12", .header("an unknown escape", offset: 6)),
        Refused(#"{"\ud83d"}"#, .header("half a character", offset: 8)),
        Refused(#"{"\ud83d\u0041"}"#, .header("half a character", offset: 14)),
        Refused("{\"a\nb\"}", .header("a control character in a text", offset: 4)),
        Refused(String(repeating: "{\"a\":", count: 10_000), .header("an unexpected `a` of `a`", offset: 10)),
    ])
    func hostileHeadersAreRefused(_ refused: Refused) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.file(refused.header, data: refused.data))
        #expect(throws: ArchiveError(path: path, reason: refused.reason)) { try TensorArchive.read(path) }
    }

    @Test(
        arguments: [
            ([], .cutOff(bytes: 0, needed: 8)),
            ([1, 2, 3], .cutOff(bytes: 3, needed: 8)),
            ([UInt8](repeating: 0, count: 8), .headerSize(0)),
            ([255, 255, 255, 255, 255, 255, 255, 255], .headerSize(.max)),
            ([255, 255, 255, 5, 0, 0, 0, 0], .headerSize(100_663_295)),
            ([200, 0, 0, 0, 0, 0, 0, 0, 123, 125], .cutOff(bytes: 10, needed: 208)),
            ([0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0], .zip),
            ([3, 0, 0, 0, 0, 0, 0, 0, 123, 34, 0xff], .header("an unfinished text", offset: 3)),
            ([4, 0, 0, 0, 0, 0, 0, 0, 123, 34, 0xff, 34], .header("a text that is no UTF-8", offset: 4)),
        ] as [([UInt8], ArchiveError.Reason)])
    func otherFilesAreRefused(bytes: [UInt8], reason: ArchiveError.Reason) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes)
        #expect(throws: ArchiveError(path: path, reason: reason)) { try TensorArchive.read(path) }
    }

    /// Every beginning of a good file, and the file with each bit of its header turned over: an error or some tensors,
    /// never a crash.
    @Test func damagedFilesNeverCrash() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/good.safetensors"
        try Self.sample.write(path)
        let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for length in good.indices {
            let cut = try folder.write(Array(good[..<length]), "cut")
            #expect(throws: ArchiveError.self) { try TensorArchive.read(cut) }
        }
        var random = RandomStream(key: 1)
        for _ in 0..<2000 {
            var damaged = good
            for _ in 0..<(1 + random.uniform(below: 3)) {
                damaged[random.uniform(below: good.count)] ^= 1 << UInt8(random.uniform(below: 8))
            }
            _ = try? TensorArchive.read(try folder.write(damaged, "damaged"))
        }
    }

    @Test func aHugeFileIsRefusedBeforeItIsRead() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.file("{\(Self.entry("a", "4398046511104", "0", "17592186044416"))}"))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        // A hole takes no room on the disk. Not every file system goes so far; then there is nothing to test.
        guard (try? handle.truncate(atOffset: 1 << 42)) != nil else { return }
        try handle.close()
        #expect(
            throws: ArchiveError(
                path: path, reason: .tooLarge(bytes: 1 << 42, limit: TensorArchive.largestFile))
        ) { try TensorArchive.read(path) }
    }

    @Test func missingFilesFoldersAndDevicesAreRefused() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/none"
        let error = #expect(throws: ArchiveError.self) { try TensorArchive.read(missing) }
        #expect(error?.description == "cannot read \(missing): no such file or directory")
        for path in [folder.path, "/dev/zero"] {
            let error = #expect(throws: ArchiveError.self) { try TensorArchive.read(path) }
            #expect(error?.description == "\(path) is not a file")
        }
    }

    @Test func errorSaysWhichFileAndWhy() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.file("{\(Self.entry("a", "2", "0", "8"))}", data: 4))
        let error = #expect(throws: ArchiveError.self) { try TensorArchive.read(path) }
        #expect(
            error?.description
                == "\(path) is no safetensors file that can be read: it is cut off: 4 bytes instead of 8")
        #expect(error?.hint == nil)
        // What `torch.save` writes.
        let zip = ArchiveError(path: "lenet.pt", reason: .zip)
        #expect(zip.description.contains("a zip file") && zip.hint?.contains("save_file") == true)
    }
}

/// The old file stays until the new one is complete.
struct AtomicFileTests {
    private let archive = TensorArchive(tensors: [("a", Tensor([1], [1]))])

    @Test func aFailureLeavesTheOldFileAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], "file")
        let full = FileError(path: path, kind: .system(action: "write", code: ENOSPC))
        #expect(throws: full) {
            try AtomicFile.write(to: path) { file throws(FileError) in
                let bytes = Buffer<UInt8>([9, 9])
                try file.append(UnsafeRawBufferPointer(bytes.elements))
                throw full
            }
        }
        #expect(full.description == "cannot write \(path): no space left on device")
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == [1, 2, 3])
        #expect(try folder.files == ["file"])
    }

    @Test func aFolderThatIsNotThereOrCannotBeWrittenIsAnError() throws {
        let folder = try TemporaryFolder()
        let inside = folder.path + "/none/file"
        #expect(throws: ArchiveError.self) { try archive.write(inside) }
        #expect(throws: ArchiveError.self) { try archive.write(folder.path) }
        // Nobody may make files there, not even the superuser.
        #expect(throws: ArchiveError.self) { try archive.write("/proc/file") }
        #expect(try folder.files.isEmpty)
    }

    @Test func permissionsAndLinksStay() throws {
        let folder = try TemporaryFolder()
        let target = try folder.write([1], "target")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        try archive.write(link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        #expect(try TensorArchive.read(target).named["a"]?.scalars == [1])
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try folder.files == ["link", "target"])
    }

    @Test func aRelativePathIsOfTheCurrentFolder() throws {
        let name = "archive-\(UUID().uuidString).safetensors"
        try archive.write(name)
        defer { try? FileManager.default.removeItem(atPath: name) }
        #expect(try TensorArchive.read(name).named["a"]?.scalars == [1])
    }
}
