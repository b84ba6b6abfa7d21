import CommandLanguage
import Datasets

/// The visible list of augmentations: a new one is a file in `Datasets/Augmentation`, its word here, one test case.
let augmentationWords: [Word<any Augmentation>] = [flip, shift]

private let setup = smallDataSetup

private let flip = Word<any Augmentation>(
    Signature(
        "flip", "Mirror a random share of the images.",
        details:
            "Of no use where left and right matter, as in digits. As torchvision's RandomHorizontalFlip.",
        topic: "Augmentations", keywords: ["mirror", "horizontal", "vertical"],
        arguments: [
            Argument(
                "axis",
                .choice([
                    .init("horizontal", "left and right change places"),
                    .init("vertical", "top and bottom change places"),
                ]),
                .positional, "which sides change places", default: .text("horizontal")),
            Argument("probability", .number(.within(0...1)), "the share of images", default: .number(0.5)),
        ],
        examples: [
            .init("augment { flip }", setup: setup),
            .init("augment { flip vertical probability=0.3 }", setup: setup),
        ])
) { call, _ in
    Flip(call.text("axis") == "vertical" ? .vertical : .horizontal, probability: call.float("probability"))
}

private let shift = Word<any Augmentation>(
    Signature(
        "shift", "Move each image by a random number of pixels.",
        details:
            "The same chance for each whole shift from −pixels to pixels, on both axes; the rim is filled with the mean colour.",
        topic: "Augmentations", keywords: ["translate", "move", "jitter"],
        arguments: [
            Argument(
                "pixels", .integer(0...256, unit: "pixels"), .positional, "how far at most",
                default: .number(2))
        ],
        examples: [.init("augment { flip; shift 2 }", setup: setup)])
) { call, _ in Shift(pixels: call.integer("pixels")) }
