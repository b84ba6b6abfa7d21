import ArgumentParser
import Datasets
import Foundation
import Tensors

/// Whether a folder of very many files starts at once and stays within its memory: it makes one in the temporary
/// folder, lists, splits and measures it, and goes through it once.
struct Large: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start with a folder of very many files, and read all of it within a limit of memory.")

    @Option(help: "Files, in 100 classes.") var count = 100_000
    @Option(help: "Rows and columns of the images they become.") var size = 64
    @Option(help: "MiB for decoded images.") var memory = 256
    @Option(help: "Threads that decode.") var threads = 2

    func validate() throws {
        guard (1000...1_000_000).contains(count), (1...1024).contains(size), memory >= 0,
            (1...64).contains(threads)
        else {
            throw ValidationError("needs 1000 to 1000000 files, 1 to 1024 pixels, 1 to 64 threads")
        }
    }

    func run() throws {
        let photographs = try Photographs(count: 200)
        let folder = photographs.folder.appending(path: "large")
        try link(photographs.folder.appending(path: "class0"), into: folder)

        var settings = FileSettings()
        (settings.imageShape, settings.mostCachedBytes) = ([size, size, 3], memory << 20)
        let clock = ContinuousClock()
        let start = clock.now
        let dataset = try Dataset(.folder(folder.path, settings), seed: 1)
        let listed = clock.now
        let normalization = Normalization(measuring: dataset.train, workers: Workers(threads: threads))
        let measured = clock.now
        let before = peakMebibytes()
        let loader = BatchLoader(
            dataset.train, normalization: normalization, order: .shuffled(RandomStream(key: 1)),
            batchSize: 64, threads: threads)
        while try loader.next() != nil {}
        let read = clock.now - measured
        print(
            """
            \(dataset.train.count + dataset.validation.count) files in \(dataset.classes.count) classes
            listed and split in \(seconds(listed - start)) s, normalisation measured in \(seconds(measured - listed)) s
            read once in \(seconds(read)) s: \(Int(Double(dataset.train.count) / (read / .seconds(1)))) images/s
            peak memory \(before) MiB before, \(peakMebibytes()) MiB after, of which \(memory) MiB for decoded images
            """)
    }

    /// Fills 100 folders with names for the same few files.
    private func link(_ originals: URL, into folder: URL) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: originals, includingPropertiesForKeys: nil)
        for label in 0..<100 {
            let place = folder.appending(path: "class\(label)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 0..<count / 100 {
                // A link each, so that every file is opened and decoded by itself.
                try FileManager.default.linkItem(
                    at: files[index % files.count], to: place.appending(path: "\(index).jpg"))
            }
        }
    }

    private func seconds(_ duration: Duration) -> String { String(format: "%.2f", duration / .seconds(1)) }
}
