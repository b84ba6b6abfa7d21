/// Decoded images that are kept in memory, up to so many bytes. The first that come stay: an epoch asks for each image
/// once, so that to throw out one for another would gain nothing. Several threads may use it at once.
final class DecodedCache: Sendable {
    private let kept: Monitor<Kept>
    private let mostBytes: Int

    init(count: Int, mostBytes: Int) {
        self.mostBytes = mostBytes
        kept = Monitor(Kept(images: [[UInt8]](repeating: [], count: count), bytesLeft: mostBytes))
    }

    var heldBytes: Int { kept.withLock { mostBytes - $0.bytesLeft } }

    /// Image `index` with its mask after it, if it is kept.
    subscript(_ index: Int) -> [UInt8]? {
        kept.withLock { $0.images[index].isEmpty ? nil : $0.images[index] }
    }

    /// Keeps an image if there is room; `bytes` makes the copy.
    func keep(_ index: Int, count: Int, _ bytes: () -> [UInt8]) {
        let hasRoom = kept.withLock { kept in
            guard kept.images[index].isEmpty, kept.bytesLeft >= count else { return false }
            kept.bytesLeft -= count
            return true
        }
        guard hasRoom else { return }
        let bytes = bytes()
        kept.withLock { kept in
            // Another thread may have been here meanwhile.
            if kept.images[index].isEmpty { kept.images[index] = bytes } else { kept.bytesLeft += count }
        }
    }

    private struct Kept {
        /// Empty where nothing is kept.
        var images: [[UInt8]]
        var bytesLeft: Int
    }
}
