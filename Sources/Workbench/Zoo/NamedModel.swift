import CommandLanguage
import Networks
import Tensors

/// Every model that `model NAME` builds without a block, in the order of `models`.
let allNamedModels: [NamedModel] = [
    plainCNN, lenet5, smallAlexNet, vgg11, vgg16, resnet18, resnet20, resnet34, smallMobileNet, smallDenseNet,
    smallUNet,
]

/// Their names, as an argument takes them.
let namedModelChoices = allNamedModels.map { Argument.Choice($0.name, $0.summary) }

/// A model that needs no block: the text that declares it is what `models NAME` prints and what `model NAME` runs.
struct NamedModel: Sendable {
    let name: String
    /// In a few words, lower-case.
    let summary: String
    /// Authors and year.
    let paper: String
    /// `def`s and the `model` statement; reads `$classes` and, to adapt to the images, `$height`,
    /// `$width` or `$side`, the smaller of the two.
    let text: String

    static func named(_ name: String) -> NamedModel? { allNamedModels.first { $0.name == name } }

    /// The whole text for images of this shape.
    func source(classes: Int, image: Shape) -> String {
        let extents = [
            ("height", image[0], ""), ("width", image[1], ""),
            ("side", min(image[0], image[1]), "  # the smaller of the image's height and width"),
        ]
        let lines =
            ["# \(name): \(summary) (\(paper))", "let classes = \(classes)"]
            + extents.filter { text.contains("$\($0.0)") }.map { "let \($0.0) = \($0.1)\($0.2)" }
        return (lines + ["", text]).joined(separator: "\n")
    }

    /// - Throws: what a layer word throws.
    func layers(classes: Int, image: Shape, _ session: Session) throws -> [any Layer] {
        try block(classes: classes, image: image).map { try layerWords.make($0, session) }
    }

    /// The layers' declarations, as the block of a typed `model` gives them.
    private func block(classes: Int, image: Shape) -> [Call] {
        let draft = Draft()
        let language = Interpreter(
            commands: [
                Command(Draft.signature) { call, draft in
                    draft.block = call.block ?? []
                    return .nothing
                }
            ], context: draft)
        let source = Source(name: name, text: source(classes: classes, image: image))
        let outcome = language.execute(source, sink: draft)
        precondition(outcome == .succeeded, "the text of \(name): \(outcome)")
        return draft.block
    }

    /// What the text is run on: it keeps the block and shows nothing.
    private final class Draft: DisplaySink {
        var block: [Call] = []

        static let signature = Signature(
            "model", "Declare a network.", arguments: [Argument("name", .name, .positional, "its name")],
            block: .init(noun: "layer", vocabulary: layerWords.signatures()))

        func show(_ displayable: Displayable) {}
        func show(_ progress: Progress) {}
    }
}
