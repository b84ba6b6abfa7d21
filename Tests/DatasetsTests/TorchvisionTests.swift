import Datasets
import Tensors
import TestSupport
import Testing

/// Each augmentation at fixed parameters gives torchvision's pixels; see scripts/reference/augmentations.py.
struct TorchvisionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let movesPixels: Bool
        let change: @Sendable (AugmentedImage) -> Void

        var testDescription: String { name }

        static func moving(_ name: String, _ change: @escaping @Sendable (AugmentedImage) -> Void) -> Case {
            Case(name: name, movesPixels: true, change: change)
        }

        static func coloring(_ name: String, _ change: @escaping @Sendable (AugmentedImage) -> Void) -> Case {
            Case(name: name, movesPixels: false, change: change)
        }
    }

    private static func apply(_ augmentation: any ImageAugmentation) -> @Sendable (AugmentedImage) -> Void {
        { image in
            var random = RandomStream(key: 1)
            augmentation.apply(to: image, random: &random)
        }
    }

    static let cases: [Case] = [
        .moving("flip horizontal", apply(Flip(.horizontal))),
        .moving("flip vertical", apply(Flip(.vertical))),
        .moving("rotate 23") { $0.warp(.rotation(degrees: 23)) },
        .moving("rotate -140") { $0.warp(.rotation(degrees: -140)) },
        .moving("zoom 1.3") { $0.warp(.zoom(1.3)) },
        .moving("zoom 0.7") { $0.warp(.zoom(0.7)) },
        .moving("shear 12") { $0.warp(.shear(degrees: 12)) },
        .moving("shear -30") { $0.warp(.shear(degrees: -30)) },
        .moving("crop 1 6") { $0.move(down: 4 - 1, right: 4 - 6) },
        .coloring("resizedcrop") { $0.enlarge(PixelRegion(top: 1, left: 2, height: 5, width: 6)) },
        .coloring("brightness 1.4") { $0.change(.brightness(1.4)) },
        .coloring("brightness 0.3") { $0.change(.brightness(0.3)) },
        .coloring("contrast 1.7") { $0.change(.contrast(1.7)) },
        .coloring("contrast 0.2") { $0.change(.contrast(0.2)) },
        .coloring("saturation 2.5") { $0.change(.saturation(2.5)) },
        .coloring("saturation 0.4") { $0.change(.saturation(0.4)) },
        .coloring("hue 0.31") { $0.change(.hue(0.31)) },
        .coloring("hue -0.47") { $0.change(.hue(-0.47)) },
        .coloring("greyscale", apply(Greyscale())),
        .coloring("blur 5", apply(Blur(kernel: 5, sigma: 1.3...1.3))),
        .coloring("blur 3", apply(Blur(kernel: 3, sigma: 0.4...0.4))),
    ]

    @Test(arguments: cases)
    func givesTheSamePixels(_ test: Case) throws {
        let fixture = try Fixture("augmentations")
        let mask = try fixture["mask.input"].scalars.map { UInt8($0) }
        for kind in ["color", "grey"] {
            // Only some differ for one channel.
            guard kind == "color" || fixture.tensors["grey.\(test.name)"] != nil else { continue }
            let input = try fixture["\(kind).input"]
            let result = Canvas(input.shape, input.scalars, mask: mask).changed(test.change)
            let difference = relativeDifference(
                Tensor(input.shape, result.pixels), try fixture["\(kind).\(test.name)"])
            #expect(difference < 1e-5, "\(kind)")
            if test.movesPixels {
                let expected = try fixture["mask.\(test.name)"].scalars.map { UInt8($0) }
                #expect(result.mask == expected)
            }
        }
    }

    @Test func everyCaseOfTheFixtureIsTested() throws {
        let names = try Fixture("augmentations").tensors.keys.filter { $0.hasPrefix("color.") }
        #expect(Set(names) == Set(Self.cases.map { "color.\($0.name)" } + ["color.input"]))
    }
}
