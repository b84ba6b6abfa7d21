import CommandLanguage
import Datasets
import Networks
import Training

extension Network {
    /// `lenet: 10 layers, 421 642 parameters, 28x28x1 -> 10`
    var summaryLine: StyledText {
        StyledText(name, .strong)
            + ": \(Figures.count(layers.count, "layer")), \(Figures.count(parameterCount, "parameter")), \(input) -> \(output)"
    }

    /// A row for each layer: what it is, what comes out, what it costs.
    var table: Table {
        let rows = layers.map { placed -> [StyledText] in
            [
                StyledText(placed.name), StyledText(placed.declaration, .code),
                StyledText("\(placed.output)"),
                StyledText(placed.parameterCount == 0 ? "" : Figures.grouped(placed.parameterCount)),
                StyledText(placed.multiplyAdds == 0 ? "" : Figures.short(placed.multiplyAdds)),
            ]
        }
        return Table(
            title: "\(name): \(Figures.grouped(parameterCount)) parameters",
            columns: [
                .init("layer"), .init("declared as"), .init("output"), .init("parameters", .right),
                .init("multiply-adds", .right),
            ], rows: rows)
    }
}

extension Dataset {
    /// `train 55 000, validation 5 000, test 10 000 images of 28x28x1, 10 classes, balanced`
    var summaryLine: StyledText {
        let parts = [("train", train), ("validation", validation), ("test", test)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0) \(Figures.grouped($0.1.count))" }
        return
            "\(parts.joined(separator: ", ")) images of \(imageShape), \(classes.count) classes, \(isBalanced ? "balanced" : "not balanced")"
    }

    /// A row for each class: how many images each split has of it.
    var table: Table {
        let counts = [train, validation, test].map { $0.classCounts(classes: classes.count) }
        var rows = classes.enumerated().map { label, name -> [StyledText] in
            [StyledText("\(label)"), StyledText(name)] + counts.map { StyledText(Figures.grouped($0[label])) }
        }
        rows.append(
            ["", StyledText("all", .strong)]
                + counts.map { StyledText(Figures.grouped($0.reduce(0, +)), .strong) })
        return Table(
            title: name,
            columns: [
                .init("label", .right), .init("class"), .init("train", .right), .init("validation", .right),
                .init("test", .right),
            ], rows: rows)
    }

    /// The first `count` training images, taken from the classes in turn.
    func samples(_ count: Int) throws(DatasetError) -> ImageGrid {
        var next = [Int: Int]()
        let labels = train.labels
        var chosen: [Int] = []
        while chosen.count < min(count, train.count) {
            for label in classes.indices where chosen.count < count {
                let start = next[label, default: 0]
                guard let index = labels[start...].firstIndex(of: Int32(label)) else { continue }
                next[label] = index + 1
                chosen.append(index)
            }
        }
        return ImageGrid(
            try chosen.map { (index) throws(DatasetError) in
                ImageGrid.Image(
                    caption: classes[Int(labels[index])], height: imageShape[0], width: imageShape[1],
                    channels: imageShape[2], bytes: try train.image(at: index))
            })
    }
}

extension PlacedLayer {
    /// The line that declares it; a block's own row says only what it adds, since its layers have rows.
    fileprivate var declaration: String { layer is Residual ? "sum of both branches" : "\(layer)" }
}
