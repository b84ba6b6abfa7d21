import CommandLanguage
import Datasets
import Tensors

/// The visible list of data sources: a new one is a file in `Datasets/Formats`, its word here, and one test case.
let dataWords: [Word<DataSource>] = [fashionMNIST, folder, cifar10, cifar100, idx, npy, npz, csv, shapes]

private let fashionMNIST = Word<DataSource>(
    Signature(
        "fashion-mnist", "Load Fashion-MNIST: 70 000 grey pictures of clothes, 28x28, 10 classes.",
        details: """
            Reads the four gzipped IDX files of the Debian package dataset-fashion-mnist. 5000 of the 60 000 training \
            images are set aside for validation unless told otherwise. (Xiao, Rasul & Vollgraf, 2017)
            """,
        arguments: [
            Argument(
                "folder", .path(.read), "where the four files are",
                default: .text(DataSource.fashionMNISTFolder))
        ],
        examples: [
            "data fashion-mnist", "data fashion-mnist limit=2000 validation=20%",
            "data fashion-mnist limit=3000 imbalance=10 label-noise=20%",
        ])
) { call, session in try DataSource.fashionMNIST(folder: session.expand(call.text("folder"))) }

private let idx = Word<DataSource>(
    Signature(
        "idx", "Load images and labels from IDX files, plain or gzipped: the format of MNIST.",
        details:
            "Images are bytes, count x height x width or count x height x width x channels; labels are one byte each.",
        arguments: pairArguments,
        examples: [
            .init(
                """
                data idx "\(DataSource.fashionMNISTFolder)/t10k-images-idx3-ubyte.gz" \
                "\(DataSource.fashionMNISTFolder)/t10k-labels-idx1-ubyte.gz" limit=1000
                """)
        ])
) { call, session in
    try DataSource.idx(
        name: "idx", train: session.trainFiles(call), test: try session.testFiles(call))
}

/// Of a source that has images in one file and labels in another.
let pairArguments = [
    Argument("images", .path(.read), .positional, "file of images"),
    Argument("labels", .path(.read), .positional, "file of labels"),
    Argument("test-images", .path(.read), "file of test images", isOptional: true),
    Argument("test-labels", .path(.read), "file of test labels", isOptional: true),
]

extension Session {
    func trainFiles(_ call: Call) -> FilePair {
        FilePair(
            images: DataFile(expand(call.text("images")), as: .images),
            labels: DataFile(expand(call.text("labels")), as: .labels))
    }

    func testFiles(_ call: Call) throws(Refusal) -> FilePair? {
        guard call.has("test-images") == call.has("test-labels") else { throw .testFilesApart }
        guard call.has("test-images") else { return nil }
        return FilePair(
            images: DataFile(expand(call.text("test-images")), as: .testImages),
            labels: DataFile(expand(call.text("test-labels")), as: .testLabels))
    }
}

private let usual = ShapeSettings()

private let shapes = Word<DataSource>(
    Signature(
        "shapes", "Draw a set of coloured shapes: circles, squares, triangles, stars, ...",
        details: """
            Needs no files. Each class is a shape; place, size, turn and colour vary with `difficulty`. The same seed \
            draws the same images. A sixth of `count` is kept for testing. With `masks=true` the class of each pixel \
            is to be learned: 0 is the background.
            """,
        keywords: ["synthetic", "toy", "generate", "segmentation"],
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
            Argument(
                "masks", .boolean, "whether each pixel has a class, for segmentation",
                default: .boolean(false)),
        ],
        examples: [
            "data shapes", "data shapes size=16 channels=1 classes=4 noise=0.3 count=500",
            "data shapes masks=true count=500",
        ])
) { call, session in
    var settings = ShapeSettings()
    settings.total = call.integer("count")
    settings.size = call.integer("size")
    settings.channels = call.text("channels") == "1" ? 1 : 3
    settings.classes = call.integer("classes")
    settings.noise = call.number("noise")
    settings.difficulty = call.number("difficulty")
    settings.hasMasks = call.boolean("masks")
    return try DataSource.shapes(
        settings, seed: session.settings.seed, workers: session.workers, shouldStop: session.shouldStop)
}
