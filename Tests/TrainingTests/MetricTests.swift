import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Metrics against scikit-learn.
@Suite struct MetricTests {
    private func evaluation(
        _ logits: Tensor, _ labels: [Int32], reading: OutputReading = .softmax, mask: Shape? = nil,
        batches: Int = 1
    ) -> Evaluation {
        let (rows, outputs) = (labels.count, logits.count / labels.count)
        var tally = Tally(
            images: rows, targets: Targets(classes: max(outputs, 2), mask: mask), reading: reading)
        for batch in 0..<batches {
            let part = rows * batch / batches..<rows * (batch + 1) / batches
            tally.add(
                BatchResult(lossSum: 1, lossWeight: 2, correct: 0, rows: part.count, count: part.count),
                output: Tensor(
                    [part.count, outputs],
                    Array(logits.scalars[part.lowerBound * outputs..<part.upperBound * outputs])),
                labels: Array(labels[part]))
        }
        return tally.evaluation
    }

    @Test(arguments: ["many", "few", "absent", "ties", "confident"], [1, 4])
    func matchScikitLearn(name: String, batches: Int) throws {
        let fixture = try Fixture("metrics")
        func values(_ key: String) throws -> [Double] {
            try fixture["\(name).\(key)"].scalars.map { Double($0) }
        }
        func differ(_ found: [Double?], _ key: String) throws -> Double {
            let expected = try values(key)
            guard found.count == expected.count else { return .infinity }
            return zip(found, expected).reduce(0) { largest, pair in
                guard let found = pair.0 else { return pair.1.isNaN ? largest : .infinity }
                return pair.1.isNaN ? .infinity : max(largest, abs(found - pair.1))
            }
        }
        let (logits, labels) = (try fixture["\(name).logits"], try values("labels").map { Int32($0) })
        let images = evaluation(logits, labels, batches: batches)
        let pixels = evaluation(logits, labels, mask: [1, 1], batches: batches)
        #expect(images.confusion.joined().map(Double.init) == (try values("confusion")))
        #expect(try differ(images.classPrecisions, "precision") < 1e-6)
        #expect(try differ(images.classAccuracies, "recall") < 1e-6)
        #expect(try differ(images.classF1s, "class-f1") < 1e-6)
        #expect(try differ(images.classAUCs, "class-auc") < 1e-6)
        #expect(try differ(images.classIoUs, "class-iou") < 1e-6)
        for metric in ["accuracy", "balanced", "f1", "auc", "ece"] {
            #expect(try differ([images.metrics[metric]], metric) < 1e-6, "\(metric)")
        }
        for metric in ["iou", "dice"] {
            #expect(try differ([pixels.metrics[metric]], metric) < 1e-6, "\(metric)")
        }
        #expect(abs(images.topAccuracy(3) - (try values("top3")[0])) < 1e-6)
        #expect(images.topAccuracy(images.confusion.count) == 1 && images.topAccuracy(1) == images.accuracy)
        let top5 = images.metrics["top5"]
        #expect(
            images.confusion.count > 5 ? top5.map(Float.init) == Float(try values("top5")[0]) : top5 == nil)
        #expect(images.loss == 0.5)
    }

    @Test func areWhatTheLabelsAndTheLossAllow() {
        let (logits, labels) = (
            Tensor([4, 3], [3, 1, 2, 0, 1, 2, 2, 1, 0, 1, 3, 2]), [0, 1, 2, 1] as [Int32]
        )
        func names(_ evaluation: Evaluation) -> [String] {
            allMetrics.map(\.name).filter { evaluation.metrics[$0] != nil }
        }
        #expect(
            names(evaluation(logits, labels))
                == ["loss", "accuracy", "balanced", "f1", "auc", "ece"])
        #expect(
            names(evaluation(logits, labels, reading: .scores))
                == ["loss", "accuracy", "balanced", "f1", "auc"])
        #expect(
            names(evaluation(logits, labels, mask: [2, 2]))
                == ["loss", "accuracy", "balanced", "ece", "iou", "dice"])
        for metric in allMetrics {
            let isMeasured = evaluation(logits, labels, reading: .scores).metrics[metric.name] != nil
            #expect(
                metric.need.isMet(by: Targets(classes: 3), MeanSquaredError()) == isMeasured, "\(metric.name)"
            )
        }
    }

    @Test func oneOutputStandsForTwoClasses() {
        let found = evaluation(Tensor([5, 1], [-2, 1, 3, -1, 0]), [0, 1, 0, 1, 0], reading: .sigmoid)
        #expect(found.confusion == [[2, 1], [1, 1]] && found.ranks == [3, 2])
        // Of the pairs of one image of each class, (1, -2), (1, 0) and (-1, -2) are the right way round.
        #expect(found.classAUCs == [0.5, 0.5])
        let two = evaluation(Tensor([5, 2], [0, -2, 0, 1, 0, 3, 0, -1, 0, 0]), [0, 1, 0, 1, 0])
        #expect(two.confusion == found.confusion && two.classAUCs == found.classAUCs)
        #expect(abs((two.metrics["ece"] ?? 1) - (found.metrics["ece"] ?? 2)) < 1e-6)
    }

    /// All labels equal, and one image: no class can be told from another one.
    @Test(arguments: [1, 6])
    func labelsThatAreAllEqual(count: Int) {
        let logits = Tensor([count, 3], (0..<count * 3).map { Float($0 % 4) })
        let metrics = evaluation(logits, [Int32](repeating: 1, count: count)).metrics
        #expect(metrics["auc"] == nil && metrics["accuracy"] == metrics["balanced"])
    }

    @Test func outputsThatAreNaN() {
        let found = evaluation(Tensor([2, 3], [.nan, 1, 2, 0, 5, 1]), [2, 1])
        #expect(found.accuracy == 0.5 && found.metrics["auc"] == nil)
        #expect(evaluation(Tensor([2, 3], repeating: .nan), [2, 1]).metrics["ece"] == nil)
    }

    @Test func knowWhichDirectionIsBetter() {
        #expect(Set(allMetrics.map(\.name)).count == allMetrics.count)
        let better = allMetrics.filter { $0.isBetter(0.1, than: 0.2) }.map(\.name)
        #expect(better == ["loss", "ece"])
        for metric in allMetrics {
            #expect(!metric.isBetter(.nan, than: 0.5) && !metric.isBetter(0.5, than: 0.5))
        }
    }

    @Test func accuracyOfTheClassesThatThereAre() {
        let evaluation = Evaluation(loss: 1, confusion: [[3, 1, 0], [0, 0, 0], [0, 0, 0]])
        #expect(evaluation.classAccuracies == [0.75, nil, nil])
        #expect(evaluation.classPrecisions == [1, 0, nil])
        #expect(evaluation.classIoUs == [0.75, 0, nil])
        #expect(evaluation.classF1s == [6.0 / 7, 0, nil])
        #expect(evaluation.metrics["balanced"] == 0.75)
        #expect(([nil, nil] as [Double?]).meanOfDefined == nil)
    }
}
