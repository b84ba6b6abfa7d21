import Datasets
import Foundation
import Tensors
import Testing

/// Image files that Pillow wrote, and what Pillow reads in them: `scripts/reference/images.py`.
enum Pictures {
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

    private static var folder: String {
        Bundle.module.path(forResource: "Fixtures", ofType: nil).map { $0 + "/pictures" } ?? ""
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }

    /// What Pillow made, as bytes, and its shape.
    static func expected(_ name: String) throws -> (shape: Shape, bytes: [UInt8]) {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/images", ofType: "safetensors"))
        let tensor = try #require(try TensorArchive.read(path).named[name], "\(name)")
        return (tensor.shape, tensor.scalars.map { UInt8($0) })
    }
}

/// A folder of two classes, `a` and `b`, whose first image is the one in question.
func pictureSet(
    _ folder: TemporaryFolder, _ name: String, _ bytes: [UInt8],
    _ change: (inout FileSettings) -> Void = { _ in }
) throws -> ImageSet {
    try folder.write("a/\(name)", bytes)
    try folder.write("a/zz.png", try Pictures.bytes("colour.png"))
    try folder.write("b/\(name)", try Pictures.bytes("grey.png"))
    var settings = FileSettings()
    settings.imageShape = [10, 13, 3]
    settings.fit = .stretch
    change(&settings)
    return try DataSource.folder(folder.path, settings).splits.pool
}

/// The largest difference of two images.
func largestDifference(_ found: [UInt8], _ expected: [UInt8]) -> Int {
    guard found.count == expected.count else { return .max }
    return zip(found, expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
