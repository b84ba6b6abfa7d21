import Foundation

@testable import Lessons

/// A lesson's file in a folder of its own.
func temporary(_ text: String, name: String = "01-sums.md") throws -> Course.Entry {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cairn-lessons-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return Course.Entry(path: file.path)
}
