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
                "images set aside from training: a count, or a share below 1; a twelfth unless given",
                isOptional: true),
            limit,
        ],
        examples: ["data fashion-mnist", "data fashion-mnist limit=2000 validation=20%"])
) { call, session in
    let folder = session.expand(call.text("folder"))
    let limit = call.optionalInteger("limit")
    guard call.has("validation") else {
        return try Dataset.fashionMNIST(folder: folder, limit: limit, seed: session.seed)
    }
    return try Dataset.fashionMNIST(
        folder: folder, limit: limit, validation: call.validation, seed: session.seed)
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
    func file(_ argument: String, _ role: DataFile.Role) -> DataFile {
        DataFile(session.expand(call.text(argument)), as: role)
    }
    guard call.has("test-images") == call.has("test-labels") else { throw Refusal.testFilesApart }
    let train = IDXPair(images: file("images", .images), labels: file("labels", .labels))
    let test =
        call.has("test-images")
        ? IDXPair(images: file("test-images", .testImages), labels: file("test-labels", .testLabels)) : nil
    return try Dataset.idx(
        name: "idx", train: train, test: test, limit: call.optionalInteger("limit"),
        validation: call.validation, seed: session.seed)
}

private let usual = ShapeSettings()

private let shapes = Word<Dataset>(
    Signature(
        "shapes", "Draw a set of coloured shapes: circles, squares, triangles, stars, ...",
        details: """
            Needs no files. Each class is a shape; place, size, turn and colour vary with `difficulty`. The same seed \
            draws the same images. A sixth of `count` is kept for testing.
            """,
        keywords: ["synthetic", "toy", "generate"],
        arguments: [
            Argument(
                "count", .integer(ShapeSettings.totals), "how many images in all",
                default: .number(Double(usual.total))),
            Argument(
                "size", .integer(ShapeSettings.sizes, unit: "pixels"), "height and width",
                default: .number(Double(usual.size))),
            Argument(
                "channels", .choice([.init("1", "grey"), .init("3", "colour")]), "colour planes",
                default: .text("\(usual.channels)")),
            Argument(
                "classes", .integer(ShapeSettings.classCounts), "how many different shapes",
                default: .number(Double(usual.classes))),
            Argument(
                "noise", .number(.within(0...1)), "grain added to each pixel", default: .number(usual.noise)),
            Argument(
                "difficulty", .number(.within(0...1)), "how much place, size, turn and colour vary",
                default: .number(usual.difficulty)),
            validation,
        ],
        examples: ["data shapes", "data shapes size=16 channels=1 classes=4 noise=0.3 count=500"])
) { call, session in
    var settings = ShapeSettings()
    settings.total = call.integer("count")
    settings.size = call.integer("size")
    settings.channels = call.text("channels") == "1" ? 1 : 3
    settings.classes = call.integer("classes")
    settings.noise = call.number("noise")
    settings.difficulty = call.number("difficulty")
    do {
        return try Dataset.shapes(
            settings, validation: call.validation, seed: session.seed, workers: session.workers,
            shouldStop: session.shouldStop)
    } catch let error as DatasetError where error.reason == .interrupted {
        throw CommandInterruption()
    }
}

extension Call {
    /// `validation=5000` is a count, `validation=10%` a share.
    fileprivate var validation: SplitSize {
        get throws { try SplitSize(number("validation")) }
    }
}
