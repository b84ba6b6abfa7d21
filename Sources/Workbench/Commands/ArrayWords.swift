import CommandLanguage
import Datasets
import Tensors

let cifar10 = Word<DataSource>(
    Signature(
        "cifar10", "Load CIFAR-10, binary version: 60 000 colour pictures of 32x32, 10 classes.",
        details: """
            Reads `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin` from the folder that \
            cifar-10-binary.tar.gz unpacks to. Nothing is downloaded. (Krizhevsky, 2009)
            """,
        arguments: [Argument("folder", .path(.read), .positional, "where the files are")],
        examples: ["data cifar10 cifar-10-batches-bin"])
) { call, session in try DataSource.cifar10(folder: session.expand(call.text("folder"))) }

let cifar100 = Word<DataSource>(
    Signature(
        "cifar100", "Load CIFAR-100, binary version: 60 000 colour pictures of 32x32, 100 classes.",
        details: """
            Reads `train.bin` and `test.bin`, and the classes' names, from the folder that cifar-100-binary.tar.gz \
            unpacks to. Nothing is downloaded. (Krizhevsky, 2009)
            """,
        arguments: [
            Argument("folder", .path(.read), .positional, "where the files are"),
            Argument(
                "labels", .choice([.init("fine", "100 classes"), .init("coarse", "20 groups of them")]),
                "what an image is called", default: .text("fine")),
        ],
        examples: ["data cifar100 cifar-100-binary labels=coarse"])
) { call, session in
    try DataSource.cifar100(
        folder: session.expand(call.text("folder")),
        labels: DataSource.CIFAR100Labels(rawValue: call.text("labels")) ?? .fine)
}

private let channelPlace = Argument(
    "channels",
    .choice([.init("last", "[N, H, W, C]"), .init("first", "[N, C, H, W], as PyTorch has it")]),
    "where a colour image has its channels", default: .text("last"))

private let arrayDetails = """
    Images are [N, H, W], or with 1 or 3 channels as `channels` says: uint8, or floats in 0...1 or in 0...255, which \
    are rounded to bytes. Labels are whole numbers, one for each image, or masks of [N, H, W], one class for each pixel.
    """

let npy = Word<DataSource>(
    Signature(
        "npy", "Load images and labels from NumPy's array files.", details: arrayDetails,
        keywords: ["numpy", "array", "segmentation"], arguments: pairArguments + [channelPlace],
        examples: ["data npy images.npy labels.npy"])
) { call, session in
    try DataSource.npy(
        session.trainFiles(call), test: try session.testFiles(call), channels: call.channelPlace)
}

let npz = Word<DataSource>(
    Signature(
        "npz", "Load images and labels from the arrays of one NumPy archive.",
        details: arrayDetails + """
             The arrays are `x_train`, `y_train` and the same with `_val` and `_test`, or `train_images`, \
            `train_labels` and the same with `val_` and `test_` (Keras and MedMNIST), or `images` and `labels`, \
            `images` and `masks`, `x` and `y`, `arr_0` and `arr_1`; or what you say.
            """,
        keywords: ["numpy", "array", "archive", "medmnist", "segmentation"],
        arguments: [
            Argument("file", .path(.read), .positional, "the archive"),
            Argument("images", .text, "the array of images", isOptional: true),
            Argument("labels", .text, "the array of labels or masks", isOptional: true), channelPlace,
        ],
        examples: ["data npz arrays.npz"])
) { call, session in
    guard call.has("images") == call.has("labels") else { throw Refusal.arraysApart }
    return try DataSource.npz(
        DataFile(session.expand(call.text("file")), as: .whole), images: call.optionalText("images"),
        labels: call.optionalText("labels"), channels: call.channelPlace)
}

let csv = Word<DataSource>(
    Signature(
        "csv", "Load images from lines of numbers: a label and the pixels.",
        details: """
            Numbers are separated by commas; a first line of names is left out. Labels are whole numbers from 0, \
            pixels whole numbers from 0 to 255: rows of pixels of channels. Plain or gzipped.
            """,
        keywords: ["kaggle", "table", "comma"],
        arguments: [
            Argument("file", .path(.read), .positional, "the table"),
            Argument("test", .path(.read), "table of test images", isOptional: true),
            Argument(
                "size", .size(2...3), "height, width and maybe channels; a grey square unless given",
                isOptional: true),
            Argument(
                "labels", .choice([.init("first", "as Kaggle has them"), .init("last", "at the end")]),
                "which column has the labels", default: .text("first")),
        ],
        examples: ["data csv digits.csv size=4x4"])
) { call, session in
    let size = call.has("size") ? call.size("size") : nil
    return try DataSource.csv(
        DataFile(session.expand(call.text("file")), as: .whole),
        test: call.optionalText("test").map { DataFile(session.expand($0), as: .testWhole) },
        imageShape: size.map { Shape($0.count == 2 ? $0 + [1] : $0) },
        labels: CSVLabelColumn(rawValue: call.text("labels")) ?? .first)
}

extension Call {
    fileprivate var channelPlace: ChannelPlace { text("channels") == "first" ? .first : .last }
}
