import CommandLanguage
import Datasets
import Diagnosis

extension Dataset {
    /// The images, then a row for each, then in words how many there are.
    func show(
        _ mistakes: Mistakes, of name: String, summary all: String
    ) throws(DatasetError) -> [Displayable] {
        let set = images(named: name)
        let shown = mistakes.worst.count
        let summary = StyledText(
            shown == mistakes.count
                ? all
                : all
                    + (shown == 1
                        ? "; this has the largest loss" : "; these \(shown) have the largest losses"))
        guard shown > 0 else { return [.text(summary)] }
        if isSegmentation {
            let grids = try mistakes.worst.enumerated().map { (index, answer) throws(DatasetError) in
                Displayable.image(try maskTriple(answer, number: index + 1, of: set))
            }
            return grids + [.text(maskLegend), .table(pixelTable(mistakes)), .text(summary)]
        }
        let grid = ImageGrid(
            try mistakes.worst.enumerated().map { (index, answer) throws(DatasetError) in
                image(
                    try set.image(at: answer.image)[...],
                    caption: "\(index + 1): \(classes[Int(answer.predictions[0])])?\n"
                        + "is \(classes[Int(answer.labels[0])])")
            })
        return [.image(grid), .table(table(mistakes, set)), .text(summary)]
    }

    /// `image 3 of validation: coat, taken for shirt (0.710; coat 0.220)`
    func line(_ answer: Answer, _ image: ChosenImage) -> StyledText {
        StyledText(image.name, .strong) + ": \(verdict(on: answer)), loss \(Figures.decimal(answer.loss))"
    }

    private func verdict(on answer: Answer) -> String {
        guard answer.labels.count == 1 else {
            return "\(Figures.percent(answer.wrongShare)) of its pixels wrong"
        }
        let (label, prediction) = (classes[Int(answer.labels[0])], classes[Int(answer.predictions[0])])
        let (confidence, own) = (odds(answer.confidence), odds(answer.labelProbability))
        if answer.wrongCount == 0 {
            return "\(label), and taken for it" + (confidence.isEmpty ? "" : " (\(confidence))")
        }
        return "\(label), taken for \(prediction)" + (own.isEmpty ? "" : " (\(confidence); \(label) \(own))")
    }

    private func odds(_ probability: Float?) -> String {
        probability.map { Figures.decimal(Double($0)) } ?? ""
    }

    func original(_ image: ChosenImage) throws(DatasetError) -> ImageGrid {
        let caption = isSegmentation ? "image \(image.index)" : classes[image.set.label(at: image.index)]
        return ImageGrid([self.image(try image.set.image(at: image.index)[...], caption: caption)])
    }

    private func table(_ mistakes: Mistakes, _ set: ImageSet) -> Table {
        let hasOdds = mistakes.worst.contains { $0.confidence != nil }
        return Table(
            columns: [
                .init("mistake", .right), .init("image", .right), .init("class"), .init("taken for"),
            ] + (hasOdds ? [.init("probability", .right), .init("of the class", .right)] : [])
                + [.init("loss", .right)],
            rows: mistakes.worst.enumerated().map { index, answer in
                let odds = [answer.confidence, answer.labelProbability].map { probability -> StyledText in
                    probability.map { .decimal(Double($0)) } ?? ""
                }
                return [
                    .grouped(index + 1), .grouped(answer.image),
                    StyledText(className(of: answer.image, in: set)),
                    StyledText(classes[Int(answer.predictions[0])]),
                ] + (hasOdds ? odds : []) + [.decimal(answer.loss)]
            })
    }

    // MARK: Masks

    private func maskTriple(
        _ answer: Answer, number: Int, of set: ImageSet
    ) throws(DatasetError) -> ImageGrid {
        ImageGrid([
            image(try set.image(at: answer.image)[...], caption: "\(number): image \(answer.image)"),
            mask(answer.labels, caption: "true mask"),
            mask(answer.predictions, caption: "taken for"),
        ])
    }

    private func pixelTable(_ mistakes: Mistakes) -> Table {
        Table(
            columns: [
                .init("mistake", .right), .init("image", .right), .init("wrong pixels", .right),
                .init("share", .right), .init("mostly"), .init("loss", .right),
            ],
            rows: mistakes.worst.enumerated().map { index, answer in
                [
                    .grouped(index + 1), .grouped(answer.image), .grouped(answer.wrongCount),
                    .percent(answer.wrongShare), StyledText(mainConfusion(answer)), .decimal(answer.loss),
                ]
            })
    }

    /// `circle taken for square`
    private func mainConfusion(_ answer: Answer) -> String {
        guard let (label, prediction) = answer.mainConfusion else { return "" }
        return "\(classes[label]) taken for \(classes[prediction])"
    }
}
