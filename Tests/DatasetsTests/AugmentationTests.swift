import Datasets
import Tensors
import Testing

/// Laws of augmentations; TorchvisionTests compares their pixels.
struct AugmentationTests {
    static let shapes: [Shape] = [[1, 1, 1], [1, 1, 3], [1, 5, 3], [6, 1, 2], [7, 9, 3], [8, 8, 1]]

    /// Every kind with settings that change much.
    static let strong: [any ImageAugmentation] = [
        Flip(.horizontal, probability: 1), Flip(.vertical, probability: 1), Shift(pixels: 5),
        Crop(padding: 6),
        ResizedCrop(), Rotate(degrees: 180), Zoom(factors: 0.1...10), Shear(degrees: 89),
        Jitter(brightness: 3, contrast: 3, saturation: 3, hue: 0.5), Greyscale(probability: 1),
        Noise(sigma: 3),
        Blur(kernel: 9, sigma: 0.01...9), Erase(probability: 1), Erase(value: .random, probability: 1),
        ImageChoice([Rotate(degrees: 90), Noise(sigma: 1)]),
    ]

    /// Every kind with settings that leave an image as it is.
    static let identical: [any ImageAugmentation] = [
        Flip(.horizontal, probability: 0), Shift(pixels: 0), Crop(padding: 0),
        ResizedCrop(scale: 1...1, ratio: 1...1), Rotate(degrees: 0), Zoom(factors: 1...1), Shear(degrees: 0),
        Jitter(brightness: 0, contrast: 0, saturation: 0, hue: 0), Greyscale(probability: 0), Noise(sigma: 0),
        Blur(kernel: 1, sigma: 1...1), Blur(kernel: 3, sigma: 1e-30...1e-30),
        Erase(scale: 0...0, probability: 1),
        ImageChoice([Shift(pixels: 0), Zoom(factors: 1...1)]),
    ]

    @Test(arguments: identical.indices)
    func identityChangesNothing(index: Int) {
        // A part that is the whole has the whole's ratio.
        let shapes: [Shape] = Self.identical[index] is ResizedCrop ? [[8, 8, 3], [1, 1, 1]] : Self.shapes
        for shape in shapes {
            let image = Canvas(random: shape)
            for key in 0..<20 as Range<UInt64> {
                #expect(image.augmented([Self.identical[index]], key: key) == image, "\(shape)")
            }
        }
    }

    @Test(arguments: strong.indices)
    func everythingStaysFinite(index: Int) {
        for shape in Self.shapes {
            let image = Canvas(random: shape)
            for key in 0..<50 as Range<UInt64> {
                let result = image.augmented([Self.strong[index]], key: key)
                #expect(result.pixels.allSatisfy { $0.isFinite }, "\(shape)")
                #expect(result.mask?.allSatisfy { $0 < 5 } == true, "\(shape)")
                if Self.strong[index].needsUnitPixels {
                    #expect(result.pixels.allSatisfy { (-1e-6...1.000001).contains($0) }, "\(shape)")
                }
            }
        }
    }

    @Test(arguments: strong.indices)
    func theSameChancesGiveTheSameBits(index: Int) {
        let image = Canvas(random: [7, 9, 3])
        let results = (0..<40).map { image.augmented([Self.strong[index]], key: $0) }
        #expect(results == (0..<40).map { image.augmented([Self.strong[index]], key: $0) })
        // And others others, except for those that have no choice.
        let isFixed = Self.strong[index] is Flip || Self.strong[index] is Greyscale
        let isVaried = results.contains { $0 != results[0] }
        #expect(isVaried != isFixed)
    }

    /// Interpolated or not, before normalisation or after: a straight line through the numbers does not matter.
    @Test(arguments: strong.indices)
    func normalizingBeforeOrAfterIsTheSame(index: Int) {
        guard !Self.strong[index].needsUnitPixels else { return }
        let normalization = Normalization(mean: [0.3, 0.5, 0.6], deviation: [0.2, 0.3, 0.25])
        func normalized(_ image: Canvas) -> Canvas {
            var result = image
            for place in result.pixels.indices {
                let channel = place % 3
                result.pixels[place] -= normalization.mean[channel]
                result.pixels[place] /= normalization.deviation[channel]
            }
            return result
        }
        let image = Canvas(random: [7, 9, 3])
        for key in 0..<20 as Range<UInt64> {
            let after = normalized(image.augmented([Self.strong[index]], key: key, pending: normalization))
            let before = normalized(image).augmented([Self.strong[index]], key: key)
            #expect(after.difference(from: before) < 1e-4)
            #expect(after.mask == before.mask)
        }
    }

    @Test func flipMirrors() {
        func flipped(_ axis: Flip.Axis, _ pixels: [Float], _ shape: Shape) -> [Float] {
            Canvas(shape, pixels).augmented([Flip(axis, probability: 1)]).pixels
        }
        #expect(flipped(.horizontal, [1, 2, 3, 4, 5, 6], [2, 3, 1]) == [3, 2, 1, 6, 5, 4])
        #expect(flipped(.vertical, [1, 2, 3, 4, 5, 6], [3, 2, 1]) == [5, 6, 3, 4, 1, 2])
        // Pixels move whole: their channels stay in order.
        #expect(flipped(.horizontal, [1, 2, 3, 4], [1, 2, 2]) == [3, 4, 1, 2])
    }

    @Test(arguments: [(Float(0), 0...0), (0.25, 190...310), (0.5, 430...570), (1, 1000...1000)])
    func happensAsOftenAsItSays(probability: Float, expected: ClosedRange<Int>) {
        let image = Canvas([1, 2, 1], [0.25, 0.5])
        let stages: [any ImageAugmentation] = [
            Flip(probability: probability), Rotate(degrees: 30, probability: probability),
            Noise(probability: probability), ImageChoice([Noise(), Noise()], probability: probability),
        ]
        for stage in stages {
            let count = (0..<1000 as Range<UInt64>).count { image.augmented([stage], key: $0) != image }
            #expect(expected.contains(count), "\(stage): \(count) of 1000")
        }
    }

    /// Draws each of the (2n+1)² shifts, and nothing else; the mean, here 0, moves in, and class 0. A crop of the
    /// images' own size is the same.
    @Test(arguments: [0, 1, 2, 5])
    func shiftAndCropMove(distance: Int) {
        let (height, width, channels) = (3, 2, 2)
        let image = Canvas([3, 2, 2], (1...12).map(Float.init), mask: [1, 2, 3, 4, 5, 6])
        var expected: Set<[Float]> = []
        for down in -distance...distance {
            for right in -distance...distance {
                var moved = [Float](repeating: 0, count: 18)
                for y in 0..<height where (0..<height).contains(y - down) {
                    for x in 0..<width where (0..<width).contains(x - right) {
                        let (place, source) = (y * width + x, (y - down) * width + x - right)
                        for channel in 0..<channels {
                            moved[place * channels + channel] = image.pixels[source * channels + channel]
                        }
                        moved[12 + place] = Float(source + 1)
                    }
                }
                expected.insert(moved)
            }
        }
        for stage in [Shift(pixels: distance), Crop(padding: distance)] as [any ImageAugmentation] {
            let found = Set(
                (0..<2000 as Range<UInt64>).map { key in
                    let moved = image.augmented([stage], key: key)
                    return moved.pixels + (moved.mask ?? []).map(Float.init)
                })
            #expect(found == expected, "\(stage)")
        }
    }

    @Test func whatMovesInIsTheMean() {
        let normalization = Normalization(mean: [0.25, 0.75], deviation: [0.5, 0.125])
        let image = Canvas([2, 2, 2], [Float](repeating: 0.1, count: 8))
        let moved = image.changed(pending: normalization) { $0.move(down: 1, right: 0) }
        #expect(moved.pixels == [0.25, 0.75, 0.25, 0.75, 0.1, 0.1, 0.1, 0.1])
        let turned = image.changed(pending: normalization) { $0.warp(.zoom(1e-3)) }
        #expect(turned.pixels == [0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75])
        let erased = image.augmented(
            [Erase(scale: 0.25...0.25, ratio: 1...1, value: .number(-2), probability: 1)],
            pending: normalization)
        #expect(erased.pixels.count { $0 == -0.75 } == 1 && erased.pixels.count { $0 == 0.5 } == 1)
    }

    /// Turned and turned back in one go is not interpolated at all.
    @Test func affineChangesInARowAreOne() {
        let image = Canvas(random: [9, 9, 3])
        let twice = image.augmented([Zoom(factors: 2...2), Zoom(factors: 0.5...0.5)])
        #expect(twice == image)
        let apart = image.augmented([Zoom(factors: 2...2), Shift(pixels: 0), Zoom(factors: 0.5...0.5)])
        #expect(apart.difference(from: image) > 0.1)
    }

    @Test func aPartOfTheImageHasTheAreaAndTheRatioThatItShould() {
        let crop = ResizedCrop(scale: 0.2...0.5, ratio: 0.5...2)
        var random = RandomStream(key: 3)
        var areas: [Double] = []
        for _ in 0..<2000 {
            let region = crop.region(height: 300, width: 400, random: &random)
            #expect(region.top >= 0 && region.left >= 0)
            #expect(region.top + region.height <= 300 && region.left + region.width <= 400)
            let ratio = Double(region.width) / Double(region.height)
            #expect((0.49...2.02).contains(ratio))
            areas.append(Double(region.height * region.width) / 120_000)
        }
        #expect(areas.allSatisfy { (0.197...0.503).contains($0) })
        #expect(abs(areas.reduce(0, +) / 2000 - 0.35) < 0.01)
    }

    /// As torchvision: what no try fits is the largest part in the middle that the ratio allows.
    @Test func aPartThatCannotBeIsTheMiddle() {
        var random = RandomStream(key: 3)
        let wide = ResizedCrop(scale: 1...1, ratio: 2...3).region(height: 100, width: 120, random: &random)
        #expect(wide == PixelRegion(top: 20, left: 0, height: 60, width: 120))
        let tall = ResizedCrop(scale: 1...1, ratio: 0.25...0.5).region(
            height: 100, width: 120, random: &random)
        #expect(tall == PixelRegion(top: 0, left: 35, height: 100, width: 50))
        let extreme = ResizedCrop(scale: 1...1, ratio: 1e30...1e30)
            .region(height: 3, width: 3, random: &random)
        #expect(extreme == PixelRegion(top: 1, left: 0, height: 1, width: 3))
    }

    @Test func aRectangleIsErasedAndTheMaskStays() {
        let image = Canvas(
            [20, 30, 1], [Float](repeating: 1, count: 600), mask: [UInt8](repeating: 3, count: 600))
        for key in 0..<100 as Range<UInt64> {
            let erased = image.augmented([Erase(scale: 0.1...0.2, ratio: 0.5...2, probability: 1)], key: key)
            let places = erased.pixels.indices.filter { erased.pixels[$0] == 0 }
            let (rows, columns) = (Set(places.map { $0 / 30 }), Set(places.map { $0 % 30 }))
            #expect(places.count == rows.count * columns.count)
            #expect((50...130).contains(places.count), "\(rows.count)x\(columns.count)")
            #expect(erased.mask == image.mask)
        }
    }

    @Test func greyImagesHaveNoColourToChange() {
        let image = Canvas(random: [5, 6, 1])
        let stages: [any Augmentation] = [
            Jitter(brightness: 0, contrast: 0, saturation: 3, hue: 0.5), Greyscale(probability: 1),
        ]
        #expect(image.augmented(stages) == image)
    }

    @Test func oneOfAnotherKindChangesNoChanceOfTheOthers() {
        let image = Canvas(random: [5, 6, 3])
        for key in 0..<50 as Range<UInt64> {
            let alone = image.augmented([Flip(), Noise()], key: key)
            for index in Self.identical.indices {
                let kind = type(of: Self.identical[index]).kind
                guard kind != "flip", kind != "noise", kind != "resizedcrop" else { continue }
                #expect(image.augmented([Self.identical[index], Flip(), Noise()], key: key) == alone)
            }
        }
    }

    @Test func twoOfAKindDrawSeparately() {
        let image = Canvas([1, 2, 1], [1, 2])
        #expect(Set((0..<100).map { image.augmented([Flip(), Flip()], key: $0).pixels }).count == 2)
    }

    @Test func aChoiceDoesEachAsOften() {
        let image = Canvas([1, 2, 1], [1, 2])
        let choice = ImageChoice([Flip(probability: 1), Zoom(factors: 1...1), Greyscale()])
        let flipped = (0..<3000 as Range<UInt64>).count {
            image.augmented([choice], key: $0).pixels == [2, 1]
        }
        #expect((900...1100).contains(flipped))
    }

    @Test(arguments: [0.001, 0.2, 1, 4, 1e30, 1e-30])
    func betaIsSymmetricAndAsWideAsItShould(alpha: Double) {
        var random = RandomStream(key: 8)
        let shares = (0..<4000).map { _ in Double(random.beta(alpha)) }
        #expect(shares.allSatisfy { (0...1).contains($0) })
        let mean = shares.reduce(0, +) / 4000
        let variance = shares.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / 4000
        #expect(abs(mean - 0.5) < 0.04)
        #expect(abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.012)
    }

    @Test func areListedAndPrintedAsTheyAreDeclared() {
        let kinds = (Self.strong + []).map { type(of: $0).kind } + [MixUp.kind, CutMix.kind]
        #expect(Set(allAugmentations.map { $0.kind }) == Set(kinds))
        let lines: [(any Augmentation, String)] = [
            (Flip(.vertical, probability: 0.25), "flip vertical probability=0.25"),
            (Flip(.vertical, probability: 1), "flip vertical probability=1"),
            (Shift(pixels: 3), "shift 3"),
            (Rotate(degrees: 5, probability: 0.5), "rotate 5 probability=0.5"),
            (Crop(padding: 2), "crop padding=2"), (Crop(size: 28), "crop 28 padding=4"),
            (Erase(value: .random), "erase scale=0.02..0.33 ratio=0.3..3.3 value=random probability=0.5"),
            (ImageChoice([Flip(), Noise()]), "choice { flip horizontal probability=0.5; noise 0.1 }"),
            (BatchChoice([MixUp(), CutMix(alpha: 2)]), "choice { mixup alpha=1; cutmix alpha=2 }"),
        ]
        for (augmentation, line) in lines { #expect("\(augmentation)" == line) }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        func problem(_ stages: [any Augmentation]) -> AugmentationError? {
            do throws(AugmentationError) {
                try AugmentationPipeline(stages).check([24, 28, 3])
                return nil
            } catch {
                return error
            }
        }
        let (crop, image) = (Size(28), Size(height: 24, width: 28))
        #expect(
            problem([Flip(), Crop(size: crop, padding: 1)])
                == AugmentationError(.smallerThanCrop(crop: crop, image: image, padding: 1), stage: 1))
        #expect(
            problem([Crop(size: crop, padding: 2)])
                == AugmentationError(.otherThanCrop(crop: crop, image: image), stage: 0))
        #expect(problem([Crop(), Crop(size: image)]) == nil)
        #expect(problem([Blur(kernel: 4)]) == AugmentationError(.evenKernel(4), stage: 0))
        #expect(
            problem([ImageChoice([Flip(), Blur(kernel: 4)])]) == AugmentationError(.evenKernel(4), stage: 0))
        #expect(problem([MixUp(), Flip(), CutMix()]) == AugmentationError(.secondMix, stage: 2))
        #expect(throws: AugmentationError.Reason.mixedChoice) { try choice(of: [Flip(), MixUp()]) }
        #expect(throws: AugmentationError.Reason.emptyChoice) { try choice(of: []) }
        #expect(try choice(of: [MixUp(), CutMix()]) is BatchChoice)
        #expect(try choice(of: [Flip(), Noise()]) is ImageChoice)
    }
}
