import CommandLanguage
import Networks
import Tensors

let models = Command<Session>(
    Signature(
        "models", "List the models that have a name, or show how one is declared.",
        details: """
            `model NAME` builds one, adapted to the size of the images and the number of classes. What is shown is what \
            is built: copy it, change it, and declare it under a name of your own. Sizes are for your data, or before \
            there is any for 32x32x3 and 10 classes.
            """,
        topic: "Model", keywords: ["zoo", "architecture", "resnet", "vgg", "lenet", "list", "paper"],
        arguments: [
            Argument(
                "name", .choice(namedModelChoices), .positional, "the one to show", isOptional: true),
            Argument("classes", .integer(1...65_536), "for so many classes", isOptional: true),
            Argument("image", .size(3...3), "for images of this size", isOptional: true),
        ],
        examples: ["models", "models resnet18 classes=1000 image=224x224x3"])
) { call, session in
    let dataset = try? session.requireData()
    let classes = call.optionalInteger("classes") ?? dataset?.classes.count ?? 10
    let image = call.has("image") ? Shape(call.size("image")) : dataset?.imageShape ?? [32, 32, 3]
    if let name = call.optionalText("name"), let model = NamedModel.named(name) {
        session.show(StyledText(model.source(classes: classes, image: image), .code))
    } else {
        session.show(try table(classes: classes, image: image, session))
    }
    return .nothing
}

/// A row for each model: what it is, how much it learns, who thought of it.
private func table(classes: Int, image: Shape, _ session: Session) throws -> Table {
    let rows = try allNamedModels.map { model -> [StyledText] in
        let layers = try model.layers(classes: classes, image: image, session)
        let count = try? Network.parameterCount(of: layers, for: image)
        return [
            StyledText(model.name, .code), StyledText(model.summary),
            count.map { .short($0) } ?? StyledText("does not fit", .faint),
            StyledText(model.paper, .faint),
        ]
    }
    return Table(
        title: "models for images of \(image), \(classes) classes",
        columns: [.init("name"), .init("what it is"), .init("parameters", .right), .init("paper")], rows: rows
    )
}
