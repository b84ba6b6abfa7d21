import CommandLanguage
import Datasets

/// The visible list of augmentations: a new one is a file in `Datasets/Augmentation`, its word here, one test case.
let augmentationWords: [Word<any Augmentation>] = simpleAugmentationWords + [choiceWord]

/// All but the one that holds others.
private let simpleAugmentationWords: [Word<any Augmentation>] = [
    flip, shift, crop, resizedCrop, rotate, zoom, shear, jitter, greyscale, noise, blur, erase, mixUp, cutMix,
]

/// A word with the argument that all augmentations have; its first example is the least that one types.
private func augmentation(
    _ name: String, _ summary: String, details: String, keywords: [String], arguments: [Argument] = [],
    probability: Double = 1, block: Signature.BlockRule? = nil, examples: String...,
    make: @escaping @Sendable (_ call: Call, _ probability: Float, Session) throws -> any Augmentation
) -> Word<any Augmentation> {
    let share = Argument(
        "probability", .number(.within(0...1)), "how often it happens", default: .number(probability))
    return Word(
        Signature(
            name, summary, details: details, topic: "Augmentations", keywords: keywords,
            arguments: arguments + [share], block: block,
            examples: examples.map { .init("augment { \($0) }", setup: smallDataSetup) })
    ) { call, session in try make(call, call.float("probability"), session) }
}

// MARK: Moving pixels

private let flip = augmentation(
    "flip", "Mirror a random share of the images.",
    details:
        "Of no use where left and right matter, as in digits. As torchvision's RandomHorizontalFlip and RandomVerticalFlip.",
    keywords: ["mirror", "horizontal", "vertical"],
    arguments: [
        Argument(
            "axis",
            .choice([
                .init("horizontal", "left and right change places"),
                .init("vertical", "top and bottom change places"),
            ]),
            .positional, "which sides change places", default: .text("horizontal"))
    ],
    probability: 0.5, examples: "flip", "flip vertical probability=0.3"
) { call, probability, _ in
    Flip(call.text("axis") == "vertical" ? .vertical : .horizontal, probability: probability)
}

private let shift = augmentation(
    "shift", "Move each image by a random number of pixels.",
    details:
        "The same chance for each whole shift from −pixels to pixels, on both axes; the rim is filled with the mean colour.",
    keywords: ["translate", "move"],
    arguments: [
        Argument(
            "pixels", .integer(0...256, unit: "pixels"), .positional, "how far at most", default: .number(2))
    ],
    examples: "shift", "flip; shift 2"
) { call, probability, _ in Shift(pixels: call.integer("pixels"), probability: probability) }

private let crop = augmentation(
    "crop", "Put a rim around each image and cut out a random part as large as the image was.",
    details: """
        As torchvision's RandomCrop, but the rim has the mean colour. A size other than the images' is an error, \
        because validation and test images keep theirs: `resizedcrop` enlarges a smaller part.
        """,
    keywords: ["randomcrop", "padding", "translate"],
    arguments: [
        Argument(
            "size", .either([.integer(1...4096, unit: "pixels"), .size(2...2)]), .positional,
            "of what is cut out; the images' own unless given", isOptional: true),
        Argument(
            "padding", .integer(0...256, unit: "pixels"), "width of the rim on each side", default: .number(4)
        ),
    ],
    examples: "crop", "crop 12 padding=2"
) { call, probability, _ in
    Crop(size: call.extent("size"), padding: call.integer("padding"), probability: probability)
}

private let resizedCrop = augmentation(
    "resizedcrop", "Enlarge a random part of each image to the whole.",
    details: """
        The part has a random share of the area and a random width / height; ten tries, then the largest in the middle \
        that the ratio allows. As the first augmentation it takes the part from the whole source image, whatever its \
        size, antialiased where it gets smaller; later from the image as it is by then. As torchvision's \
        RandomResizedCrop, whose ratio ends at 4/3. (Szegedy et al., 2015)
        """,
    keywords: ["randomresizedcrop", "scale", "imagenet"],
    arguments: [
        Argument(
            "scale", .range(.within(0...1)), "share of the image's area", default: .range(0.08, 1)),
        Argument("ratio", .range(.above(0)), "width / height of the part", default: .range(0.75, 1.333)),
    ],
    examples: "resizedcrop", "resizedcrop scale=0.5..1; flip"
) { call, probability, _ in
    ResizedCrop(scale: call.range("scale"), ratio: call.range("ratio"), probability: probability)
}

private let affineDetails =
    "Interpolated (bilinear), once for all of rotate, zoom and shear that stand next to each other."

private let rotate = augmentation(
    "rotate", "Turn each image by a random angle.",
    details: "Evenly from −degrees to degrees. \(affineDetails) As torchvision's RandomRotation.",
    keywords: ["turn", "angle", "affine"],
    arguments: [
        Argument(
            "degrees", .number(.within(0...180)), .positional, "how far at most, to either side",
            default: .number(10))
    ],
    examples: "rotate", "rotate 15; zoom 0.8..1.2"
) { call, probability, _ in Rotate(degrees: call.float("degrees"), probability: probability) }

private let zoom = augmentation(
    "zoom", "Make what each image shows larger or smaller by a random factor.",
    details: "Evenly between the factors. \(affineDetails) As the scale of torchvision's RandomAffine.",
    keywords: ["scale", "enlarge", "affine"],
    arguments: [
        Argument(
            "factors", .range(.above(0)), .positional, "how many times as large", default: .range(0.9, 1.1))
    ],
    examples: "zoom", "zoom 0.7..1.3 probability=0.5"
) { call, probability, _ in Zoom(factors: call.floatRange("factors"), probability: probability) }

private let shear = augmentation(
    "shear", "Lean each image to the left or right by a random angle.",
    details: "Evenly from −degrees to degrees. \(affineDetails) As the shear of torchvision's RandomAffine.",
    keywords: ["slant", "affine"],
    arguments: [
        Argument(
            "degrees", .number(.within(0..<90)), .positional, "how far at most, to either side",
            default: .number(10))
    ],
    examples: "shear", "shear 20"
) { call, probability, _ in Shear(degrees: call.float("degrees"), probability: probability) }

private let erase = augmentation(
    "erase", "Cover a random rectangle of each image.",
    details: """
        Ten tries to find one that is smaller than the image; else nothing is covered. Masks stay. As torchvision's \
        RandomErasing; `scale=0.1..0.1 ratio=1..1` is cutout. (Zhong et al., 2020; DeVries & Taylor, 2017)
        """,
    keywords: ["cutout", "erasing", "occlusion"],
    arguments: [
        Argument(
            "scale", .range(.within(0...1)), "share of the image's area", default: .range(0.02, 0.33)),
        Argument("ratio", .range(.above(0)), "height / width", default: .range(0.3, 3.3)),
        Argument(
            "value", .either([.choice([.init("random", "a normal number in each pixel")]), .number(.any)]),
            "what covers it, after normalisation: 0 is the mean colour", default: .number(0)),
    ],
    probability: 0.5, examples: "erase",
    "erase scale=0.1..0.1 ratio=1..1 value=random probability=1"
) { call, probability, _ in
    var value = Erase.Value.random
    if case .number(let number) = call.value("value") { value = .number(Float(number)) }
    return Erase(
        scale: call.range("scale"), ratio: call.range("ratio"), value: value, probability: probability)
}

// MARK: Changing colours

private func amount(_ name: String, _ summary: String, default usual: Double) -> Argument {
    Argument(name, .number(.atLeast(0)), summary, default: .number(usual))
}

private let jitter = augmentation(
    "jitter", "Change brightness, contrast, saturation and hue at random.",
    details: """
        In random order, each by a factor from 1 − amount (but not below 0) to 1 + amount; the hue by a part of the \
        circle. Grey images have no saturation or hue: those two leave them as they are. As torchvision's ColorJitter, \
        whose amounts are 0 unless given.
        """,
    keywords: ["color", "colour", "brightness", "contrast", "saturation", "hue", "colorjitter"],
    arguments: [
        amount("brightness", "how much darker or brighter", default: 0.2),
        amount("contrast", "how much nearer to or farther from the mean grey", default: 0.2),
        amount("saturation", "how much greyer or more colourful", default: 0.2),
        Argument(
            "hue", .number(.within(0...0.5)), "part of the colour circle, to either side",
            default: .number(0.05)),
    ],
    examples: "jitter", "jitter brightness=0.4 contrast=0.4 saturation=0 hue=0"
) { call, probability, _ in
    Jitter(
        brightness: call.float("brightness"), contrast: call.float("contrast"),
        saturation: call.float("saturation"), hue: call.float("hue"), probability: probability)
}

private let greyscale = augmentation(
    "greyscale", "Take the colour from a random share of the images.",
    details: """
        They keep three equal channels: 0.2989 red + 0.587 green + 0.114 blue. Images that are grey stay as they are. \
        As torchvision's RandomGrayscale.
        """,
    keywords: ["grayscale", "grey", "color", "colour"], probability: 0.1,
    examples: "greyscale", "greyscale probability=0.2"
) { _, probability, _ in Greyscale(probability: probability) }

private let noise = augmentation(
    "noise", "Add normal noise to each pixel.",
    details: "Pixels, in 0..1, stay there. As torchvision's GaussianNoise.",
    keywords: ["gaussian", "normal"],
    arguments: [
        Argument(
            "sigma", .number(.atLeast(0)), .positional, "standard deviation; from black to white is 1",
            default: .number(0.1))
    ],
    examples: "noise", "noise 0.05 probability=0.5"
) { call, probability, _ in Noise(sigma: call.float("sigma"), probability: probability) }

private let blur = augmentation(
    "blur", "Blur each image by a random amount.",
    details: """
        Each pixel becomes the mean of those around it, weighted by a bell curve with a random standard deviation; at \
        its edges the image is mirrored. As torchvision's GaussianBlur.
        """,
    keywords: ["gaussian", "smooth", "sharpness"],
    arguments: [
        Argument(
            "kernel", .integer(1...255, unit: "pixels"), .positional,
            "how far the mean reaches across: an odd number", default: .number(5)),
        Argument(
            "sigma", .range(.above(0)), "standard deviation in pixels", default: .range(0.1, 2)),
    ],
    examples: "blur", "blur 3 sigma=0.5..1"
) { call, probability, _ in
    Blur(kernel: call.integer("kernel"), sigma: call.floatRange("sigma"), probability: probability)
}

// MARK: Mixing images

private let alpha = Argument(
    "alpha", .number(.above(0)),
    "shape of the beta distribution: near 0 hardly mixed, 1 evenly, above 1 by half",
    default: .number(1))

private let mixDetails = """
    A batch is mixed after all other augmentations, once; `choice { mixup; cutmix }` does one of them at a time. \
    Accuracy in training counts an image's own label and so looks low.
    """

private let mixUp = augmentation(
    "mixup", "Blend each image of a batch with the one before it, and their labels too.",
    details: """
        x = share·x + (1 − share)·x', and so the loss; the share is drawn for each batch. \(mixDetails) As \
        torchvision's MixUp. (Zhang et al., 2018)
        """,
    keywords: ["blend", "beta", "regularisation", "labels"], arguments: [alpha],
    examples: "mixup", "flip; mixup alpha=0.2"
) { call, probability, _ in MixUp(alpha: call.number("alpha"), probability: probability) }

private let cutMix = augmentation(
    "cutmix", "Put a rectangle of the image before over each image of a batch, and mix their labels by area.",
    details: """
        The rectangle is drawn for each batch; in segmentation the pixels keep their own labels. \(mixDetails) As \
        torchvision's CutMix. (Yun et al., 2019)
        """,
    keywords: ["cutout", "beta", "regularisation", "labels"], arguments: [alpha],
    examples: "cutmix", "cutmix probability=0.5"
) { call, probability, _ in CutMix(alpha: call.number("alpha"), probability: probability) }

private let choiceWord = augmentation(
    "choice", "Do one of several augmentations, each as often.",
    details: "Its probability counts first, then that of the chosen one. As torchvision's RandomChoice.",
    keywords: ["randomchoice", "oneof", "either", "pick"],
    block: .init(noun: "augmentation", vocabulary: simpleAugmentationWords.signatures()),
    examples: "choice { rotate 10; shear; zoom }", "choice probability=0.5 { mixup; cutmix }"
) { call, probability, session in
    try choice(
        of: (call.block ?? []).map { try simpleAugmentationWords.make($0, session) }, probability: probability
    )
}

extension Call {
    fileprivate func floatRange(_ name: String) -> ClosedRange<Float> {
        Float(range(name).lowerBound)...Float(range(name).upperBound)
    }
}
