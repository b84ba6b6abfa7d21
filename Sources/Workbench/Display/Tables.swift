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

    /// A row for each layer: what it is, what comes out, what it costs, and how it learns if layers differ in that.
    ///
    /// Memory is that of a layer's output for a batch, of its weights with their gradients and what the optimizer keeps
    /// of them, in so many slots, and of running statistics.
    func table(_ rates: LayerRates, batchSize: Int, slots: Int) -> Table {
        func memory(_ placed: PlacedLayer) -> Int {
            let statistics = placed.buffers.reduce(0) { $0 + $1.value.count }
            return (placed.output.count * batchSize + placed.parameterCount * (2 + slots) + statistics)
                * MemoryLayout<Float>.size
        }
        var rows = layers.map { placed -> [StyledText] in
            [
                StyledText(placed.name), StyledText(placed.declaration, .code),
                StyledText("\(placed.output)"),
                .groupedUnlessZero(placed.parameterCount),
                placed.multiplyAdds == 0 ? .zero : .short(placed.multiplyAdds),
                .bytes(memory(placed)),
            ]
        }
        var columns: [Table.Column] = [
            .init("layer"), .init("declared as"), .init("output"), .init("parameters", .right),
            .init("mult-adds", .right), .init("memory", .right),
        ]
        if !rates.isEmpty {
            columns.append(.init("rate"))
            for (index, placed) in layers.enumerated() {
                rows[index].append(
                    StyledText(placed.parameters.isEmpty ? "" : rates.rate(of: placed.name).words))
            }
        }
        return Table(
            title:
                "\(name): \(Figures.count(parameterCount, "parameter")), \(Figures.short(multiplyAdds)) multiply-adds an image, "
                + "\(Figures.bytes(layers.reduce(0) { $0 + memory($1) })) for batches of \(batchSize)",
            columns: columns, rows: rows)
    }
}

extension LayerRate {
    fileprivate var words: String {
        switch self {
        case .common: ""
        case .own(let rate): Figures.setting(rate)
        case .frozen: "frozen"
        }
    }
}

extension Dataset {
    /// `train 55 000, validation 5 000, test 10 000 images of 28x28x1, 10 classes, balanced`
    var summaryLine: StyledText {
        let parts = [("train", train), ("validation", validation), ("test", test)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0) \(Figures.grouped($0.1.count))" }
        let kind = isSegmentation ? " of pixels" : isBalanced ? ", balanced" : ", not balanced"
        return
            "\(parts.joined(separator: ", ")) images of \(imageShape), \(classes.count) classes\(kind)"
    }

    /// What was done to the training labels, for teaching; nil if nothing was.
    var noiseLine: StyledText? {
        let wrong = train.wrongLabelCount
        guard wrong > 0 else { return nil }
        return StyledText("\(Figures.grouped(wrong)) of the training labels are wrong", .warning)
    }

    /// A row for each class: how many images each split has of it, or which share of the training pixels it has.
    func table() throws(DatasetError) -> Table {
        if isSegmentation { return try pixelTable() }
        let counts = [train, validation, test].map { $0.classCounts(classes: classes.count) }
        var rows = classes.enumerated().map { label, name -> [StyledText] in
            [StyledText("\(label)"), StyledText(name)] + counts.map { .grouped($0[label]) }
        }
        rows.append(
            ["", StyledText("all", .strong)]
                + counts.map { .grouped($0.reduce(0, +), .strong) })
        return Table(
            title: name,
            columns: [
                .init("label", .right), .init("class"), .init("train", .right), .init("validation", .right),
                .init("test", .right),
            ], rows: rows)
    }

    private func pixelTable() throws(DatasetError) -> Table {
        let counts = try train.maskCounts(classes: classes.count, inAtMost: 200)
        let pixels = max(counts.reduce(0, +), 1)
        return Table(
            title: name,
            columns: [.init("label", .right), .init("class"), .init("share of pixels", .right)],
            rows: classes.enumerated().map { label, name in
                [
                    StyledText("\(label)"), StyledText(name),
                    .decimal(Double(counts[label]) / Double(pixels)),
                ]
            })
    }

    /// The first `count` images of a set, taken from the classes in turn.
    func samples(_ count: Int, of set: ImageSet) -> [Int] {
        var next = [Int: Int]()
        let labels = set.labels
        var chosen: [Int] = []
        while chosen.count < min(count, set.count) {
            for label in classes.indices where chosen.count < count {
                let start = next[label, default: 0]
                guard let index = labels[start...].firstIndex(of: Int32(label)) else { continue }
                next[label] = index + 1
                chosen.append(index)
            }
        }
        return chosen
    }

    /// Images of a set with their classes, and with their true ones if the labels are wrong.
    func grid(_ indices: [Int], of set: ImageSet) throws(DatasetError) -> ImageGrid {
        ImageGrid(
            try indices.map { (index) throws(DatasetError) in
                image(try set.image(at: index)[...], caption: className(of: index, in: set))
            })
    }

    func image(_ bytes: ArraySlice<UInt8>, caption: String) -> ImageGrid.Image {
        ImageGrid.Image(
            caption: caption, height: imageShape[0], width: imageShape[1], channels: imageShape[2],
            bytes: Array(bytes))
    }
}

extension Dataset {
    /// An image's class, and its true one if the label is wrong.
    func className(of index: Int, in set: ImageSet) -> String {
        let label = classes[set.label(at: index)]
        guard let truth = set.trueLabels.map({ classes[Int($0[index])] }), truth != label else {
            return label
        }
        return "\(label)? \(truth)"
    }
}

extension PlacedLayer {
    /// The line that declares it; a block's own row says only what it joins, since its layers have rows.
    var declaration: String {
        switch layer {
        case is Residual: "sum of both branches"
        case let concat as Concat where !concat.branches.isEmpty:
            (["concat"] + concat.marks).joined(separator: " ")
                + " of \(Figures.count(concat.branches.count, "branch", "branches"))"
        default: "\(layer)\(initializer.map { " init=\($0)" } ?? "")"
        }
    }
}

extension [String] {
    /// The first few, and how many more there are.
    var shortList: String {
        let names = prefix(6).map { "`\($0)`" }.joined(separator: ", ")
        return count > 6 ? "\(names) and \(count - 6) more" : names
    }
}

extension [DatasetError] {
    /// `skipped 2 files that cannot be decoded: ...; others of the same class took the place`
    var skippedFilesLine: StyledText {
        StyledText(
            "skipped \(Figures.count(count, "file")) that cannot be decoded: "
                + "\(compactMap(\.file?.path).shortList); others of the same class took the place",
            .warning)
    }
}
