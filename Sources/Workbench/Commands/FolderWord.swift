import CommandLanguage
import Datasets
import Tensors

private let usual = FileSettings()

let folder = Word<DataSource>(
    Signature(
        "folder", "Load PNG and JPEG files from a folder for each class.",
        details: """
            Classes are the folders' names, sorted. A folder with `train` and `val` (or `valid`, `validation`) or \
            `test` in it is split so; each part has the folders of the classes. Links are followed, hidden files are \
            not looked at.

            Files are decoded on background threads when they are needed, and kept in memory up to `memory`. Images \
            of other sizes are scaled bilinearly, anti-aliased; large JPEG files are decoded at a half, a quarter or an \
            eighth first. As in torchvision, EXIF orientation is ignored, and transparency is dropped. 16 bits, \
            palettes and CMYK become bytes of the wanted channels. A `resizedcrop` that begins `augment` cuts its part \
            out of the whole file, which is then decoded each time.

            For segmentation, `images` and `masks` lie side by side, or `masks=` says where the masks are: grey or \
            palette PNG files of the same names, the class of each pixel as its value.
            """,
        keywords: ["jpeg", "png", "photos", "imagefolder", "own images", "segmentation", "masks"],
        arguments: [
            Argument("folder", .path(.read), .positional, "where the images are"),
            Argument(
                "size", .size(1...2), "height and width of the images",
                default: .size([usual.imageShape[0], usual.imageShape[1]])),
            Argument(
                "channels", .choice([.init("1", "grey"), .init("3", "colour")]), "colour planes",
                default: .text("\(usual.imageShape[2])")),
            Argument(
                "fit",
                .choice([
                    .init("crop", "the largest part in the middle"), .init("stretch", "each axis by itself"),
                    .init("pad", "all of it, between black bars"),
                ]), "what becomes of images of another shape", default: .text(usual.fit.rawValue)),
            Argument(
                "bad",
                .choice([
                    .init("error", "stop and name it"),
                    .init("skip", "the next image of its class takes its place; tell how many"),
                ]), "what to do with a file that cannot be decoded", default: .text(usual.unreadable.rawValue)
            ),
            Argument(
                "memory", .integer(0...1_000_000, unit: "MiB"), "how much decoded images may take",
                default: .number(Double(usual.mostCachedBytes >> 20))),
            Argument("masks", .path(.read), "folder of masks, for segmentation", isOptional: true),
            Argument(
                "classes", .either([.integer(2...256), .list(of: .text)]),
                "of masks: how many, or their names; unless given all masks are read to count them",
                isOptional: true),
        ],
        examples: [
            "data folder pets size=16x16", "data folder pets size=16 channels=1 fit=pad bad=skip",
            "data folder scenes size=16 classes=[sky, sea]",
        ])
) { call, session in
    let size = call.size("size")
    var settings = FileSettings()
    settings.imageShape = [
        size[0], size.count == 2 ? size[1] : size[0], call.text("channels") == "1" ? 1 : 3,
    ]
    settings.fit = ImageFit(rawValue: call.text("fit")) ?? usual.fit
    settings.unreadable = UnreadablePolicy(rawValue: call.text("bad")) ?? usual.unreadable
    settings.mostCachedBytes = call.integer("memory") << 20
    let path = session.expand(call.text("folder"))
    let masks = call.optionalText("masks").map(session.expand)
    guard try masks != nil || DataSource.hasMasks(path) else {
        guard !call.has("classes") else { throw Refusal.classesWithoutMasks }
        return try DataSource.folder(path, settings)
    }
    return try DataSource.masks(
        path, masks: masks, classes: call.maskClasses, settings, workers: session.workers,
        shouldStop: session.shouldStop)
}

extension Call {
    /// The names that were given, or numbers up to how many.
    fileprivate var maskClasses: [String]? {
        guard has("classes") else { return nil }
        if case .list(let names) = value("classes") {
            return names.compactMap { if case .text(let name) = $0 { name } else { nil } }
        }
        return (0..<integer("classes")).map(String.init)
    }
}
