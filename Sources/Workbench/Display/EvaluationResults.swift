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

    /// The matrix, and the pairs of classes that are mixed up most.
    func confusionDisplay(named name: String, classes: [String]) -> [Displayable] {
        let matrix = HeatMap(
            title: "\(name): true classes down, answers across", xLabel: "answer", yLabel: "class",
            columns: classes.indices.map(String.init),
            rows: classes.enumerated().map { "\($0) \($1)" },
            values: classes.indices.map { label in
                classes.indices.map { Double(confusion[label][$0]) }
            })
        return [.heatMap(matrix), .table(worstPairs(named: name, classes: classes))]
    }

    private func worstPairs(named name: String, classes: [String]) -> Table {
        let pairs = classes.indices.flatMap { label in
            classes.indices.filter { $0 != label && confusion[label][$0] > 0 }.map { (label, $0) }
        }
        // Among equal counts, in the order of the classes.
        let worst = pairs.sorted {
            (-confusion[$0.0][$0.1], $0.0, $0.1) < (-confusion[$1.0][$1.1], $1.0, $1.1)
        }
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
