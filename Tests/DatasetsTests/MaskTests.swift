import Datasets
import Foundation
import Tensors
import Testing

struct MaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let settings: FileSettings = {
        var settings = FileSettings()
        settings.imageShape = [10, 13, 3]
        settings.fit = .stretch
        return settings
    }()

    private func add(in prefix: String = "", mask: String = "classes-grey.png", _ stems: String...) throws {
        for stem in stems {
            try folder.write("\(prefix)images/\(stem).jpg", try Pictures.bytes("colour.jpg"))
            try folder.write("\(prefix)masks/\(stem).png", try Pictures.bytes(mask))
        }
    }

    private func load(
        _ masks: String? = nil, classes: [String]? = nil, _ settings: FileSettings = settings
    ) throws(DatasetError) -> DataSource {
        try .masks(
            masks == nil ? folder.path : "\(folder.path)/images", masks: masks, classes: classes, settings,
            workers: Workers(threads: 2))
    }

    @Test(arguments: ["classes-grey.png", "classes-palette.png"])
    func readsClasses(mask: String) throws {
        try add(mask: mask, "1", "deep/2")
        #expect(try DataSource.hasMasks(folder.path))
        let source = try load()
        #expect(source.classes == ["0", "1", "2", "3", "4"])
        let set = source.splits.pool
        #expect(set.count == 2 && set.hasMasks)
        #expect(try set.mask(at: 0) == Pictures.expected("classes").bytes)
        // From memory, too, and with the image.
        #expect(try set.mask(at: 0) == Pictures.expected("classes").bytes)
        #expect(largestDifference(try set.image(at: 0), try Pictures.expected("colour.jpg").bytes) <= 1)
        #expect(try set.maskCounts(classes: 5, inAtMost: 10).reduce(0, +) == 2 * 130)
    }

    private struct Part: RegionChooser {
        func region(height: Int, width: Int) -> PixelRegion {
            PixelRegion(top: 1, left: 2, height: 7, width: 9)
        }
    }

    @Test(arguments: ["10x13", "5x5", "3x6", "17x11", "1x1"])
    func masksAreScaledAsPillowsNearest(size: String) throws {
        let expected = try Pictures.expected("classes \(size)")
        try add("1", "2")
        var settings = Self.settings
        settings.imageShape = [expected.shape[0], expected.shape[1], 3]
        let set = try load(classes: (0..<5).map(String.init), settings).splits.pool
        var pixels = [UInt8](repeating: 0, count: set.imageShape.count)
        var mask = [UInt8](repeating: 9, count: expected.bytes.count)
        try pixels.withUnsafeMutableBufferPointer { pixels in
            try mask.withUnsafeMutableBufferPointer { mask in
                try set.read(0, choosing: Part(), into: ImageRoom(pixels: pixels, mask: mask))
            }
        }
        #expect(mask == expected.bytes)
    }

    @Test func barsAreBackground() throws {
        try add("1")
        var settings = Self.settings
        (settings.imageShape, settings.fit) = ([30, 13, 3], .pad)
        let mask = try load(classes: (0..<5).map(String.init), settings).splits.pool.mask(at: 0)
        #expect(mask[..<130].allSatisfy { $0 == 0 } && mask[260...].allSatisfy { $0 == 0 })
        #expect(try Array(mask[130..<260]) == Pictures.expected("classes").bytes)
    }

    @Test func splitsAndAnotherFolderOfMasks() throws {
        try add(in: "train/", "1", "2")
        try add(in: "test/", "1")
        let splits = try load().splits
        #expect(splits.pool.count == 2 && splits.validation == nil && splits.test.count == 1)
        try add("1")
        #expect(try load("\(folder.path)/masks").splits.pool.count == 1)
    }

    private func reason(classes: [String]? = nil, _ change: (inout FileSettings) -> Void = { _ in })
        -> DatasetError?
    {
        var settings = Self.settings
        change(&settings)
        return refusal { () throws(DatasetError) in
            let set = try load("\(folder.path)/masks", classes: classes, settings).splits.pool
            for index in 0..<set.count { _ = try set.mask(at: index) }
        }
    }

    @Test func refusesMasksThatDoNotFit() throws {
        try add("1", "2")
        #expect(reason(classes: ["a", "b"])?.reason == .maskClass(2, classes: 2))
        let mask = try folder.write("masks/2.png", try Pictures.bytes("colour.png"))
        #expect(reason()?.reason == .notAMask("an image in colour or with transparency"))
        #expect(reason()?.file == DataFile(mask, as: .masks))
        try folder.write("masks/2.png", try Pictures.bytes("grey-16-bits.png"))
        #expect(reason()?.reason == .notAMask("an image of 16 bits"))
        try folder.write("masks/2.png", try Pictures.bytes("grey.jpg"))
        #expect(reason()?.reason == .notAMask("a JPEG file, which would blur classes"))
        try folder.write("masks/2.png", try Pictures.bytes("classes-grey.png"))
        try folder.write("images/2.jpg", try Pictures.bytes("large.jpg"))
        #expect(reason()?.reason == .maskExtent(mask: [10, 13], image: [150, 203]))
        #expect(reason { $0.unreadable = .skip } == nil)
        try folder.write("images/3.jpg", try Pictures.bytes("colour.jpg"))
        #expect(reason()?.reason == .noMask(in: "\(folder.path)/masks"))
    }

    @Test func refusesMasksOfOneClass() throws {
        try add(mask: "grey-1-bits.png", "1")
        var black = try Pictures.bytes("grey-1-bits.png")
        black.removeAll()
        try folder.write("masks/1.png", black)
        #expect(reason()?.reason == .empty)
    }

    // MARK: Shapes

    @Test func shapesHaveExactMasks() throws {
        var settings = ShapeSettings.small
        (settings.hasMasks, settings.noise, settings.difficulty, settings.channels) = (true, 0, 0, 1)
        let data = try Dataset.shapes(settings, seed: 1)
        #expect(data.isSegmentation && data.classes.first == "background" && data.classes.count == 7)
        #expect(data.emptyClasses.isEmpty)
        for index in 0..<30 {
            let (image, mask) = (try data.train.image(at: index), try data.train.mask(at: index))
            let label = UInt8(data.train.label(at: index))
            #expect(Set(mask) == [0, label])
            // Without noise the shape is brighter than half between it and the background.
            let (least, most) = (try #require(image.min()), try #require(image.max()))
            for (pixel, value) in zip(mask, image) {
                let share = Double(value - least) / Double(most - least)
                #expect(pixel == label ? share > 0.49 : share < 0.51)
            }
        }
    }

    @Test func masksChangeNoImage() throws {
        var settings = ShapeSettings.small
        settings.difficulty = 1
        let plain = try Dataset.shapes(settings, seed: 1)
        settings.hasMasks = true
        let masked = try Dataset.shapes(settings, seed: 1)
        #expect(try plain.source.splits.pool.image(at: 7) == masked.source.splits.pool.image(at: 7))
    }
}
