import CommandLanguage
import Training

// What a measurement says, as values that scripts read and tables that people read.

extension Evaluation {
    /// `test: accuracy 0.912 (9 120 of 10 000), loss 0.251`, and a line of all other metrics.
    func lines(named name: String, top: Int?) -> StyledText {
        let what = isSegmentation ? " pixels" : ""
        let others = allMetrics.dropFirst(2).compactMap { metric in
            metric.value(of: self).map { "\(metric.name) \(Figures.decimal($0))" }
        }
        return StyledText(name, .strong)
            + ": accuracy \(Figures.decimal(accuracy)) (\(Figures.grouped(correct)) of \(Figures.grouped(count))\(what)), "
            + "loss \(Figures.decimal(loss))"
            + StyledText(top.map { ", among the largest \($0): \(Figures.decimal(topAccuracy($0)))" } ?? "")
            + StyledText("\n  " + others.joined(separator: ", "), .faint)
    }

    func result(top: Int?) -> Value {
        var record = Record()
        for metric in allMetrics { record[metric.name] = metric.value(of: self).map(Value.number) }
        record["top"] = top.map { .number(topAccuracy($0)) }
        record["correct"] = .number(Double(correct))
        record["count"] = .number(Double(count))
        record["classes"] = .list(classAccuracies.map { $0.map(Value.number) ?? .nothing })
        return .record(record)
    }

    /// A row for each class, and one for their means.
    func classTable(named name: String, classes: [String]) -> Table {
        var columns = [("precision", classPrecisions), ("recall", classAccuracies), ("f1", classF1s)]
        if isSegmentation { columns.append(("iou", classIoUs)) }
        if !classAUCs.isEmpty { columns.append(("auc", classAUCs)) }
        func cell(_ number: Double?) -> StyledText { number.map { .decimal($0) } ?? "" }
        let rows = classes.indices.map { label in
            ["\(label)", StyledText(classes[label]), .grouped(classCounts[label])]
                + columns.map { cell($0.1[label]) }
        }
        let means =
            ["", StyledText("mean", .strong), .grouped(count, .strong)]
            + columns.map { cell($0.1.meanOfDefined) }
        return Table(
            title: "\(name): accuracy \(Figures.decimal(accuracy))",
            columns: [
                .init("label", .right), .init("class"), .init(isSegmentation ? "pixels" : "images", .right),
            ]
                + columns.map { .init($0.0, .right) }, rows: rows + [means])
    }

    /// The matrix, the pairs of classes that are mixed up most, and what to type for more.
    func confusionDisplay(named name: String, classes: [String]) -> [Displayable] {
        let matrix = HeatMap(
            title: "\(name): true classes down, answers across", xLabel: "answer", yLabel: "class",
            columns: classes.indices.map(String.init),
            rows: classes.enumerated().map { "\($0) \($1)" },
            values: classes.indices.map { label in
                classes.indices.map { Double(confusion[label][$0]) }
            })
        let pairs = worstPairs
        return [.heatMap(matrix), .table(table(of: pairs, named: name, classes: classes))]
            + (pairs.first.map { [.text(more(about: $0, named: name, classes: classes))] } ?? [])
    }

    /// By how often they are mixed up; among equal counts, in the order of the classes.
    private var worstPairs: [(label: Int, prediction: Int)] {
        let classes = confusion.indices
        let pairs = classes.flatMap { label in
            classes.filter { $0 != label && confusion[label][$0] > 0 }.map { (label: label, prediction: $0) }
        }
        return pairs.sorted {
            (-confusion[$0.label][$0.prediction], $0.label, $0.prediction)
                < (-confusion[$1.label][$1.prediction], $1.label, $1.prediction)
        }
    }

    private func more(
        about pair: (label: Int, prediction: Int), named name: String, classes: [String]
    ) -> StyledText {
        let (label, prediction) = (Value.text(classes[pair.label]), Value.text(classes[pair.prediction]))
        let (set, of) = name == "validation" ? ("", "") : (" \(name)", " of=\(name)")
        return StyledText(
            "`show classes\(set)` has precision and recall; "
                + "`show mistakes label=\(label.literal) predicted=\(prediction.literal)\(of)` the worst pair's images",
            .faint)
    }

    private func table(
        of worst: [(label: Int, prediction: Int)], named name: String, classes: [String]
    ) -> Table {
        let rows = worst.prefix(10).map { label, answer in
            [
                StyledText(classes[label]), StyledText(classes[answer]),
                .grouped(confusion[label][answer]),
                .decimal(Double(confusion[label][answer]) / Double(classCounts[label])),
            ]
        }
        return Table(
            title: rows.isEmpty ? "\(name): no mistakes" : "\(name): worst pairs",
            columns: [
                .init("class"), .init("taken for"), .init(isSegmentation ? "pixels" : "images", .right),
                .init("of the class", .right),
            ], rows: rows)
    }
}
