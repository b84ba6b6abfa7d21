import Tensors

/// An image in a file, and its mask in another.
package struct ImageFile: Hashable, Sendable {
    package let image: DataFile
    package let mask: DataFile?

    package init(image: DataFile, mask: DataFile? = nil) {
        self.image = image
        self.mask = mask
    }
}

/// How files become images of one shape.
package struct FileSettings: Hashable, Sendable {
    /// Of every image: `[H, W, C]`, of 1 or 3 channels.
    package var imageShape: Shape = [224, 224, 3]
    package var fit = ImageFit.crop
    package var unreadable = UnreadablePolicy.error
    /// Most memory for decoded images that are kept.
    package var mostCachedBytes = 1 << 30

    package init() {}
}

/// Images in files that are decoded when they are asked for, and kept in memory as far as that goes.
final class FileStore: ImageStore {
    let imageShape: Shape
    let hasMasks: Bool
    let unreadable: UnreadableFiles
    private let files: [ImageFile]
    private let fit: ImageFit
    private let classes: Int
    private let cache: DecodedCache
    private let decoders = Monitor<[Lent<ImageDecoder>]>([])

    /// Opens no file. `classes` is more than the largest class in a mask.
    ///
    /// - Precondition: a mask for each image, or for none.
    init(_ files: [ImageFile], classes: Int, _ settings: FileSettings) {
        imageShape = settings.imageShape
        let hasMasks = files.first?.mask != nil
        precondition(files.allSatisfy { ($0.mask != nil) == hasMasks }, "a mask for each image, or for none")
        self.hasMasks = hasMasks
        unreadable = UnreadableFiles(settings.unreadable)
        self.files = files
        fit = settings.fit
        self.classes = classes
        cache = DecodedCache(count: files.count, mostBytes: settings.mostCachedBytes)
    }

    var count: Int { files.count }
    var isInMemory: Bool { false }
    var heldBytes: Int { cache.heldBytes }

    func read(
        _ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom
    ) throws(DatasetError) {
        if unreadable.policy == .skip, let known = unreadable[index] { throw known }
        if chooser == nil, let kept = cache[index] {
            kept.withUnsafeBufferPointer { room.fill(from: $0) }
            return
        }
        do throws(DatasetError) {
            try decode(files[index], choosing: chooser, into: room)
        } catch {
            unreadable.add(error, of: index)
            throw error
        }
        if chooser == nil, (room.mask != nil) == hasMasks {
            cache.keep(index, count: room.count) { room.bytes }
        }
    }

    private func decode(
        _ file: ImageFile, choosing chooser: (any RegionChooser)?, into room: ImageRoom
    ) throws(DatasetError) {
        let decoder = decoders.withLock { $0.popLast() } ?? Lent(ImageDecoder())
        defer { decoders.withLock { $0.append(decoder) } }
        let (targetHeight, targetWidth) = (imageShape[0], imageShape[1])
        let source = try decoder.object.decode(
            file.image, channels: imageShape[2], targetWidth: targetWidth, into: room.pixels
        ) { height, width in
            guard let chooser else {
                return fit.placement(
                    height: height, width: width, targetHeight: targetHeight, targetWidth: targetWidth)
            }
            return (
                chooser.region(height: height, width: width),
                PixelRegion(height: targetHeight, width: targetWidth)
            )
        }
        guard let mask = room.mask, let file = file.mask else { return }
        try decoder.object.decodeClasses(
            file, below: classes, targetWidth: targetWidth, into: mask, of: source)
    }
}

/// An object that one thread at a time has, from one to the next.
private struct Lent<Object: AnyObject>: @unchecked Sendable {
    let object: Object

    init(_ object: Object) { self.object = object }
}

extension ImageRoom {
    fileprivate var count: Int { pixels.count + (mask?.count ?? 0) }

    /// The image, and its mask after it.
    fileprivate var bytes: [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(count)
        bytes.append(contentsOf: pixels)
        if let mask { bytes.append(contentsOf: mask) }
        return bytes
    }

    /// Takes over what `bytes` gave; without room for a mask the image alone.
    fileprivate func fill(from bytes: UnsafeBufferPointer<UInt8>) {
        _ = pixels.update(fromContentsOf: bytes[..<pixels.count])
        if let mask { _ = mask.update(fromContentsOf: bytes[pixels.count...]) }
    }
}
