import CZlib
import Datasets
import Foundation
import Testing

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/cairn-datasets-XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&template)))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file whose folder is made if it is missing.
    func place(_ name: String) throws -> String {
        let path = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        return path
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = try place(name)
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    func writeGzipped(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = try place(name)
        let file = try #require(gzopen(path, "wb"))
        defer { gzclose(file) }
        #expect(bytes.isEmpty || gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count)
        return path
    }

    func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}

/// The bytes of an IDX file.
func idx(type: UInt8 = 8, _ extents: [UInt32], _ elements: [UInt8]) -> [UInt8] {
    let sizes = extents.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } }
    return [0, 0, type, UInt8(extents.count)] + sizes + elements
}

/// What somebody refuses, if anything.
func refusal(_ body: () throws(DatasetError) -> Void) -> DatasetError? {
    do throws(DatasetError) {
        try body()
        return nil
    } catch {
        return error
    }
}
