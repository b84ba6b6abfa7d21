import Datasets
import Tensors
import Testing

struct AugmentationTests {
    /// The image after some augmentations.
    private func apply(_ stages: [any Augmentation], to pixels: [Float], _ shape: Shape, key: UInt64 = 1)
        -> [Float]
    {
        var (pixels, scratch) = (pixels, [Float](repeating: .nan, count: pixels.count))
        pixels.withUnsafeMutableBufferPointer { pixels in
            scratch.withUnsafeMutableBufferPointer { scratch in
                AugmentationPipeline(stages).apply(
                    to: AugmentedImage(
                        height: shape[0], width: shape[1], channels: shape[2], pixels: pixels,
                        scratch: scratch),
                    random: RandomStream(key: key))
            }
        }
        return pixels
    }

    @Test func flipMirrors() {
        #expect(
            apply([Flip(.horizontal, probability: 1)], to: [1, 2, 3, 4, 5, 6], [2, 3, 1]) == [
                3, 2, 1, 6, 5, 4,
            ])
        #expect(
            apply([Flip(.vertical, probability: 1)], to: [1, 2, 3, 4, 5, 6], [3, 2, 1]) == [5, 6, 3, 4, 1, 2])
        // Pixels move whole: their channels stay in order.
        #expect(apply([Flip(.horizontal, probability: 1)], to: [1, 2, 3, 4], [1, 2, 2]) == [3, 4, 1, 2])
    }

    @Test(arguments: [(Float(0), 0...0), (0.25, 190...310), (0.5, 430...570), (1, 1000...1000)])
    func flipHappensAsOftenAsItSays(probability: Float, expected: ClosedRange<Int>) {
        let count = (0..<1000 as Range<UInt64>).count { key in
            apply([Flip(probability: probability)], to: [1, 2], [1, 2, 1], key: key) == [2, 1]
        }
        #expect(expected.contains(count), "\(count) of 1000")
    }

    /// Draws each of the (2n+1)² shifts, and nothing else; zeros move in.
    @Test(arguments: [0, 1, 2, 5])
    func shiftMoves(distance: Int) {
        let (height, width, channels) = (3, 2, 2)
        let image = (1...12).map(Float.init)
        var expected: Set<[Float]> = []
        for down in -distance...distance {
            for right in -distance...distance {
                var moved = [Float](repeating: 0, count: 12)
                for y in 0..<height where (0..<height).contains(y - down) {
                    for x in 0..<width where (0..<width).contains(x - right) {
                        for channel in 0..<channels {
                            moved[(y * width + x) * channels + channel] =
                                image[((y - down) * width + x - right) * channels + channel]
                        }
                    }
                }
                expected.insert(moved)
            }
        }
        let found = Set((0..<2000).map { apply([Shift(pixels: distance)], to: image, [3, 2, 2], key: $0) })
        #expect(found == expected)
    }

    @Test func oneOfAnotherKindChangesNoChanceOfTheOthers() {
        for key in 0..<50 as Range<UInt64> {
            let alone = apply([Flip()], to: [1, 2], [1, 2, 1], key: key)
            // A shift by nothing draws, but changes nothing itself.
            #expect(apply([Shift(pixels: 0), Flip()], to: [1, 2], [1, 2, 1], key: key) == alone)
        }
    }

    @Test func twoOfAKindDrawSeparately() {
        let outcomes = Set((0..<100).map { apply([Flip(), Flip()], to: [1, 2], [1, 2, 1], key: $0) })
        #expect(outcomes.count == 2)
    }

    @Test func areListedAndPrinted() {
        #expect(allAugmentations.map { $0.kind } == ["flip", "shift"])
        #expect("\(Flip(.vertical, probability: 0.25))" == "flip vertical probability=0.25")
        #expect("\(Shift(pixels: 3))" == "shift 3")
    }
}
