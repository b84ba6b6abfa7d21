import CommandLanguage
import Datasets
import Tensors

/// The visible list of data sources: a new one is a file in `Datasets/Formats`, its word here, and one test case.
let dataWords: [Word<Dataset>] = [fashionMNIST, idx, shapes]

private let validation = Argument(
    "validation", .number(.above(0)), "images set aside from training: a count, or a share below 1",
    default: .number(0.1))

private let fashionMNIST = Word<Dataset>(
    Signature(
        "fashion-mnist", "Load Fashion-MNIST: 70 000 grey pictures of clothes, 28x28, 10 classes.",
        details: """
            Reads the four gzipped IDX files of the Debian package dataset-fashion-mnist. 5000 of the 60 000 training \
            images are set aside for validation, evenly over the classes. (Xiao, Rasul & Vollgraf, 2017)
            """,
        arguments: [
            Argument(
                "folder", .path(.read), "where the four files are",
                default: .text(Dataset.fashionMNISTFolder)),
            Argument(
                "validation", .number(.above(0)),
                "images set aside from training: a count, or a share below 1",
                default: .number(5000)),
            limit,
        ],
        examples: ["data fashion-mnist", "data fashion-mnist limit=2000 validation=20%"])
) { call, session in
    try Dataset.fashionMNIST(folder: call.text("folder"), validation: call.validation, seed: session.seed)
        .limited(by: call, seed: session.seed)
}

private let limit = Argument(
    "limit", .integer(1...100_000_000), "use only this many images of each file, evenly over the classes",
    isOptional: true)

private let idx = Word<Dataset>(
    Signature(
        "idx", "Load images and labels from IDX files, plain or gzipped: the format of MNIST.",
        details:
            "Images are bytes, count x height x width or count x height x width x channels; labels are one byte each.",
        arguments: [
            Argument("images", .path(.read), .positional, "file of images"),
            Argument("labels", .path(.read), .positional, "file of labels"),
            Argument("test-images", .path(.read), "file of test images", isOptional: true),
            Argument("test-labels", .path(.read), "file of test labels", isOptional: true),
            validation, limit,
        ],
        examples: [
            .init(
                """
                data idx "\(Dataset.fashionMNISTFolder)/t10k-images-idx3-ubyte.gz" \
                "\(Dataset.fashionMNISTFolder)/t10k-labels-idx1-ubyte.gz" limit=1000
                """)
        ])
) { call, session in
    let train = IDXPair(images: call.text("images"), labels: call.text("labels"))
    let test: IDXPair?
    switch (call.optionalText("test-images"), call.optionalText("test-labels")) {
    case (let images?, let labels?): test = IDXPair(images: images, labels: labels)
    case (nil, nil): test = nil
    default: throw Refusal.testFilesApart
    }
    return try Dataset.idx(
        name: "idx", train: train, test: test, validation: call.validation, seed: session.seed
    )
    .limited(by: call, seed: session.seed)
}

private let shapes = Word<Dataset>(
    Signature(
        "shapes", "Draw a set of coloured shapes: circles, squares, triangles, stars, ...",
        details: """
            Needs no files. Each class is a shape; place, size, turn and colour vary with `difficulty`. The same seed \
            draws the same images. A sixth of `count` is kept for testing.
            """,
        keywords: ["synthetic", "toy", "generate"],
        arguments: [
            Argument("count", .integer(20...200_000), "how many images in all", default: .number(6000)),
            Argument("size", .integer(8...256, unit: "pixels"), "height and width", default: .number(24)),
            Argument(
                "channels", .choice([.init("1", "grey"), .init("3", "colour")]), "colour planes",
                default: .text("3")),
            Argument("classes", .integer(2...10), "how many different shapes", default: .number(6)),
            Argument("noise", .number(.within(0...1)), "grain added to each pixel", default: .number(0.1)),
            Argument(
                "difficulty", .number(.within(0...1)), "how much place, size, turn and colour vary",
                default: .number(0.5)),
            validation,
        ],
        examples: ["data shapes", "data shapes size=16 channels=1 classes=4 noise=0.3 count=500"])
) { call, session in
    var settings = ShapeSettings()
    settings.testCount = call.integer("count") / 6
    settings.count = call.integer("count") - settings.testCount
    settings.size = call.integer("size")
    settings.channels = call.text("channels") == "1" ? 1 : 3
    settings.classes = call.integer("classes")
    settings.noise = Float(call.number("noise"))
    settings.difficulty = Float(call.number("difficulty"))
    return try Dataset.shapes(settings, validation: call.validation, seed: session.seed)
}

extension Call {
    /// `validation=5000` is a count, `validation=10%` a share.
    fileprivate var validation: SplitSize {
        let number = number("validation")
        return number < 1 ? .fraction(number) : .count(Int(number))
    }
}

extension Dataset {
    fileprivate func limited(by call: Call, seed: UInt64) throws -> Dataset {
        guard let limit = call.optionalInteger("limit") else { return self }
        return try limited(to: limit, validation: call.validation, seed: seed)
    }
}
