import Datasets
import Foundation
import Tensors
import Testing

struct FolderTests {
    private let folder: TemporaryFolder
    private let picture: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        picture = try Pictures.bytes("grey.png")
    }

    private static let settings: FileSettings = {
        var settings = FileSettings()
        settings.imageShape = [4, 4, 1]
        return settings
    }()

    private func add(_ names: String...) throws { for name in names { try folder.write(name, picture) } }

    private func load() throws(DatasetError) -> DataSource { try .folder(folder.path, Self.settings) }

    private func reason() -> DatasetError.Reason? {
        refusal { () throws(DatasetError) in _ = try load() }?.reason
    }

    @Test func aFolderIsAClass() throws {
        // Sorted by bytes, as Python does; any case of the suffix; folders in folders belong to the class.
        try add("dog/1.PNG", "dog/deep/er/2.jpeg", "Cat/1.png", "Cat/10.png", "Cat/2.png", "ant/x.JPG")
        let source = try load()
        #expect(source.classes == ["Cat", "ant", "dog"])
        #expect(source.splits.pool.labels == [0, 0, 0, 1, 2, 2])
        #expect(source.splits.validation == nil && source.splits.test.isEmpty && source.remarks.isEmpty)
        #expect(try source.splits.pool.image(at: 5).count == 16)
    }

    @Test func whatIsHiddenOrNoImageIsLeftOut() throws {
        try add("a/1.png", "a/.2.png", ".git/3.png", "b/1.png", "b/notes.txt", "b/png", "readme.md")
        let source = try load()
        #expect(source.classes == ["a", "b"] && source.splits.pool.count == 2)
        #expect(source.remarks == ["files that are no PNG or JPEG, left out: 3"])
    }

    @Test func linksAreFollowed() throws {
        try add("elsewhere/1.png", "data/b/1.png")
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: "\(folder.path)/data/a", withDestinationPath: "\(folder.path)/elsewhere")
        try manager.createSymbolicLink(
            atPath: "\(folder.path)/data/b/2.png", withDestinationPath: "\(folder.path)/elsewhere/1.png")
        try manager.createSymbolicLink(
            atPath: "\(folder.path)/data/b/3.png", withDestinationPath: "/nowhere.png")
        let set = try DataSource.folder("\(folder.path)/data", Self.settings).splits.pool
        #expect(set.labels == [0, 1, 1, 1])
        #expect(try set.image(at: 0) == set.image(at: 2))
        // A link to nothing is a file that cannot be read, when its turn comes.
        let error = refusal { () throws(DatasetError) in _ = try set.image(at: 3) }
        #expect(error?.reason == .missing(package: nil))
    }

    @Test func aLinkThatLeadsBackUpEnds() throws {
        try add("a/1.png", "b/1.png")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/a/up", withDestinationPath: folder.path)
        #expect(reason() == .tooDeep(16))
    }

    @Test(arguments: ["val", "valid", "validation"])
    func splitsAreRecognised(name: String) throws {
        try add(
            "train/a/1.png", "train/a/2.png", "train/b/1.png", "\(name)/b/1.png", "test/a/1.png",
            "test/b/1.png",
            "papers/1.png")
        let source = try load()
        let splits = source.splits
        #expect(source.classes == ["a", "b"])
        #expect(splits.pool.labels == [0, 0, 1] && splits.test.labels == [0, 1])
        #expect(splits.validation?.labels == [1])
        #expect(source.remarks == ["folder beside the splits, left out: `papers`"])
        let data = try Dataset(source, seed: 1)
        let counts: [Int] = [data.train.count, data.validation.count, data.test.count]
        #expect(counts == [3, 1, 2])
        var selection = DataSelection(validation: .count(1))
        #expect(throws: DatasetError(.ownValidation(setting: "validation"))) {
            try Dataset(source, selection: selection, seed: 1)
        }
        (selection.validation, selection.fold) = (nil, try Fold("1/2"))
        #expect(throws: DatasetError(.ownValidation(setting: "fold"))) {
            try Dataset(source, selection: selection, seed: 1)
        }
    }

    @Test func aClassMayBeCalledTrain() throws {
        try add("train/1.png", "bus/1.png")
        #expect(try load().classes == ["bus", "train"])
    }

    @Test func trainAloneIsASplit() throws {
        try add("train/a/1.png", "train/b/1.png")
        #expect(try load().classes == ["a", "b"])
    }

    @Test func splitsMayLackClassesButNotHaveMore() throws {
        try add("train/a/1.png", "train/b/1.png", "test/a/1.png")
        #expect(try load().splits.test.labels == [0])
        try add("test/c/1.png")
        let error = refusal { () throws(DatasetError) in _ = try load() }
        #expect(error?.reason == .unknownClass("c", known: ["a", "b"]))
        #expect(error?.hint == "the training images have `a`, `b`")
    }

    @Test func anEmptyFolderIsAClassWithoutImages() throws {
        try add("a/1.png", "b/1.png", "none/readme.txt")
        let data = try Dataset(load(), selection: DataSelection(validation: .count(0)), seed: 1)
        #expect(data.classes == ["a", "b", "none"] && data.emptyClasses == ["none"])
    }

    @Test func refusesWhatIsNoSuchFolder() throws {
        #expect(reason() == .noImages)
        try add("1.png", "2.png")
        #expect(reason() == .noClassFolders(images: 2))
        try add("a/1.png")
        #expect(reason() == .oneClassFolder("a"))
        func reasonOf(_ path: String) -> DatasetError.Reason? {
            refusal { () throws(DatasetError) in _ = try DataSource.folder(path, Self.settings) }?.reason
        }
        #expect(reasonOf("\(folder.path)/1.png") == .notAFolder)
        #expect(reasonOf("\(folder.path)/nothing") == .missing(package: nil))
        try add("train/a/1.png", "val/a/1.png", "valid/a/1.png")
        #expect(reasonOf(folder.path) == .twoFolders("val", "valid"))
    }

    @Test func refusesEmptySplits() throws {
        try add("train/a/1.png", "train/b/1.png", "test/a/readme.txt")
        #expect(reason() == .noImages)
    }

    @Test func refusesSettings() throws {
        try add("a/1.png", "b/1.png")
        func setting(_ change: (inout FileSettings) -> Void) -> DatasetError.Reason? {
            var settings = Self.settings
            change(&settings)
            return refusal { () throws(DatasetError) in _ = try DataSource.folder(folder.path, settings) }?
                .reason
        }
        #expect(setting { $0.imageShape = [0, 4, 3] } != nil)
        #expect(setting { $0.imageShape = [4, 100_000, 3] } != nil)
        #expect(setting { $0.imageShape = [4, 4, 2] } != nil)
        #expect(setting { $0.mostCachedBytes = -1 } != nil)
    }

    // MARK: Files that cannot be read

    private func badSet(_ policy: UnreadablePolicy) throws -> ImageSet {
        try add("a/1.png", "a/3.png", "b/1.png", "b/2.png")
        try folder.write("a/2.png", Array(try Pictures.bytes("colour.png").prefix(90)))
        var settings = Self.settings
        settings.unreadable = policy
        return try DataSource.folder(folder.path, settings).splits.pool
    }

    @Test func aBadFileIsAnError() throws {
        let set = try badSet(.error)
        let error = refusal { () throws(DatasetError) in _ = try set.image(at: 1) }
        #expect(error?.file?.path == "\(folder.path)/a/2.png")
        let loader = BatchLoader(set, normalization: .off(channels: 1), order: .sequential, batchSize: 1)
        #expect(try loader.next()?.count == 1)
        #expect(throws: DatasetError.self) { while try loader.next() != nil {} }
    }

    @Test func aBadFileIsReplacedByOneOfItsClass() throws {
        let colour = try Pictures.bytes("colour.png")
        let set = try badSet(.skip)
        try folder.write("a/3.png", colour)
        #expect(try set.image(at: 1) == set.image(at: 2))
        #expect(try set.image(at: 1) != set.image(at: 0))
        #expect(set.unreadable.found.map(\.file?.path) == ["\(folder.path)/a/2.png"])
        let loader = BatchLoader(set, normalization: .off(channels: 1), order: .sequential, batchSize: 2)
        var count = 0
        while let batch = try loader.next() { count += batch.count }
        #expect(count == 5)
        // Nothing is left to take its place.
        let alone = set.subset([1, 3])
        #expect(throws: DatasetError.self) { try alone.image(at: 0) }
    }

    /// A decoder that failed must not spoil the next file.
    @Test(arguments: [20, 300, 500])
    func damageDoesNotSpread(length: Int) throws {
        let whole = try Pictures.bytes("colour.jpg")
        try folder.write("a/1.jpg", whole)
        try folder.write("a/2.jpg", Array(whole.prefix(length)))
        try folder.write("b/1.jpg", whole)
        let set = try load().splits.pool
        #expect(throws: DatasetError.self) { try set.image(at: 1) }
        #expect(try set.image(at: 2) == set.image(at: 0))
        #expect(set.unreadable.found.count == 1)
    }

    @Test func normalisationLeavesBadFilesOut() throws {
        let set = try badSet(.error)
        #expect(Normalization(measuring: set) == Normalization(measuring: set.subset([0, 2, 3, 4])))
    }

    // MARK: Memory

    /// What is kept is read from the file once; what is not kept is seen to change.
    @Test func decodedImagesAreKeptUpToTheLimit() throws {
        try add("a/1.png", "a/2.png", "b/1.png")
        var settings = Self.settings
        settings.mostCachedBytes = 2 * 16
        let set = try DataSource.folder(folder.path, settings).splits.pool
        let before = try (0..<3).map(set.image)
        try folder.write("a/1.png", try Pictures.bytes("palette.png"))
        try folder.write("a/2.png", try Pictures.bytes("palette.png"))
        try folder.write("b/1.png", try Pictures.bytes("palette.png"))
        let after = try (0..<3).map(set.image)
        #expect(after[..<2] == before[..<2] && after[2] != before[2])
    }

    @Test func threadsReadAtOnce() throws {
        for index in 0..<20 { try add("a/\(index).png", "b/\(index).png") }
        let set = try load().splits.pool
        let expected = try set.image(at: 0)
        Workers(threads: 4).forEach(200) { item, _ in #expect((try? set.image(at: item % 40)) == expected) }
    }

    /// Listing is all that happens at the start.
    @Test func manyFilesAreListedWithoutBeingOpened() throws {
        for label in ["a", "b"] {
            _ = try folder.place("\(label)/x")
            for index in 0..<1000 {
                #expect(symlink("/nowhere/\(index).jpg", "\(folder.path)/\(label)/\(index).jpg") == 0)
            }
        }
        let data = try Dataset(load(), selection: DataSelection(validation: .fraction(0.1)), seed: 1)
        #expect(data.train.classCounts(classes: 2) == [900, 900] && data.validation.count == 200)
    }
}
