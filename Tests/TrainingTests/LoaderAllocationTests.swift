import AllocationCounter
import Datasets
import Tensors
import Testing

/// In its stride the loader takes nothing from the heap, whatever it does to the images.
@Suite(.enabled(if: allocation_counter_works(), "a sanitizer has the heap"))
struct LoaderAllocationTests {
    /// Images in memory; whoever reads one is watched from then on.
    private struct WatchingStore: ImageStore {
        let imageShape: Shape = [12, 12, 3]
        let count = 32
        let hasMasks = true
        let isInMemory = true
        let unreadable = UnreadableFiles(.error)

        func read(_ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom) {
            allocation_counter_watch(true)
            room.pixels.update(repeating: UInt8(index))
            room.mask?.update(repeating: 1)
        }
    }

    @Test(
        arguments: [
            [],
            [
                Flip(), Shift(), Crop(), Rotate(), Zoom(), Shear(), Erase(),
                Erase(value: .random, probability: 1),
            ],
            [Jitter(), Greyscale(), Noise(), Blur(), ImageChoice([Flip(), Rotate()])], [MixUp()],
        ] as [[any Augmentation]])
    func aBatchTakesNothingFromTheHeap(stages: [any Augmentation]) throws {
        let set = ImageSet(store: WatchingStore(), labels: [Int32](repeating: 0, count: 32))
        let loader = BatchLoader(
            set.subset((0..<32 * 40).map { $0 % 32 }),
            normalization: Normalization(mean: [0, 0.5, 1], deviation: [1, 1, 0.5]),
            augmentations: AugmentationPipeline(stages), order: .sequential, batchSize: 8, threads: 2)
        // A thread makes room for itself with its first image, and each batch's memory with the first batch in it.
        for _ in 0..<20 { _ = try loader.next() }
        var counts: [Int] = []
        for _ in 0..<20 {
            let before = allocation_counter_total()
            for _ in 0..<5 { _ = try loader.next() }
            counts.append(allocation_counter_total() - before)
        }
        #expect(counts.count { $0 == 0 } >= 15, "\(stages): \(counts)")
        #expect(allocation_counter_total() > 0, "nobody was watched")
    }
}
