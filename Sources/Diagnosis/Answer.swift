import Datasets
import Networks
import Tensors
import Training

/// What the network says about one image, in evaluation, beside what is true.
package struct Answer: Hashable, Sendable {
    /// The image's index in its set.
    package let image: Int
    /// As if the image were a batch of its own.
    package let loss: Double
    /// The image's class, or that of each of its pixels.
    package let labels: [Int32]
    /// What the network takes the image or its pixels for.
    package let predictions: [Int32]
    /// Of each class of the image; empty in segmentation, and if the loss reads no probabilities.
    package let probabilities: [Float]

    /// Labels that the network got wrong: images or pixels.
    package var wrongCount: Int { zip(labels, predictions).count { $0 != $1 } }

    /// 0...1.
    package var wrongShare: Double { Double(wrongCount) / Double(max(labels.count, 1)) }

    /// The class and what it was taken for of most of the wrong labels, the first of equals; nil if none is wrong.
    package var mainConfusion: (label: Int, prediction: Int)? {
        var counts: [SIMD2<Int32>: Int] = [:]
        for (label, prediction) in zip(labels, predictions) where label != prediction {
            counts[SIMD2(label, prediction), default: 0] += 1
        }
        let pair = counts.max { a, b in
            (a.value, -a.key[0], -a.key[1]) < (b.value, -b.key[0], -b.key[1])
        }?.key
        return pair.map { (Int($0[0]), Int($0[1])) }
    }

    /// Whether a label of this class, or of any if it is nil, was taken for another one, which is this if it is not nil.
    package func isWrong(label: Int?, prediction: Int?) -> Bool {
        zip(labels, predictions).contains {
            $0 != $1 && Int($0) == label ?? Int($0) && Int($1) == prediction ?? Int($1)
        }
    }

    /// Of what the network took the image for; nil if there are none.
    package var confidence: Float? { probabilities.isEmpty ? nil : probabilities[Int(predictions[0])] }
    /// Of the image's own class.
    package var labelProbability: Float? { probabilities.isEmpty ? nil : probabilities[Int(labels[0])] }
}

/// The images that the network gets wrong, those with the largest losses first.
package struct Mistakes: Sendable {
    /// At most as many as were asked for.
    package let worst: [Answer]
    /// How many images have such a wrong answer.
    package let count: Int
    /// How many could have one: all, or those with the label that was asked for.
    package let images: Int

    /// Looks at a whole set for labels of one class, or of any, that were taken for one other, or any; the trainer stays
    /// as it is, a step in hand too. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package init?(
        of trainer: Trainer, in set: ImageSet, label: Int? = nil, prediction: Int? = nil, most: Int,
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) {
        var worst: [Answer] = []
        var (count, images) = (0, 0)
        let isWhole = try trainer.forEachAnswer(in: set, shouldStop: shouldStop) { answer in
            if label.map({ answer.labels.contains(Int32($0)) }) ?? true { images += 1 }
            guard answer.isWrong(label: label, prediction: prediction) else { return }
            count += 1
            let place = worst.firstIndex { $0.severity < answer.severity } ?? worst.count
            guard place < most else { return }
            worst.insert(answer, at: place)
            if worst.count > most { worst.removeLast() }
        }
        guard isWhole else { return nil }
        (self.worst, self.count, self.images) = (worst, count, images)
    }
}

extension Answer {
    /// NaN is worst.
    fileprivate var severity: Double { loss.isNaN ? .infinity : loss }
}

extension Trainer {
    /// What the network says about one image of a set; the trainer stays as it is. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if the image cannot be read.
    package func answer(
        to image: Int, of set: ImageSet, shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> Answer? {
        var found: Answer?
        _ = try forEachAnswer(in: set.subset([image]), shouldStop: shouldStop) { answer in
            found = Answer(
                image: image, loss: answer.loss, labels: answer.labels, predictions: answer.predictions,
                probabilities: answer.probabilities)
        }
        return found
    }

    /// Whether it came to the end.
    fileprivate func forEachAnswer(
        in set: ImageSet, shouldStop: () -> Bool, _ body: (Answer) -> Void
    ) throws(DatasetError) -> Bool {
        guard !set.isEmpty else { return true }
        let isWhole: Bool? = try inspect(shouldStop: shouldStop) { () throws(DatasetError) in
            let executor = makeSpareExecutor(batchSize: min(self.executor.batchSize, set.count))
            let loader = BatchLoader(
                set, normalization: normalization, order: .sequential, batchSize: executor.batchSize)
            while let batch = try loader.next() {
                executor.forward(batch.images, count: batch.count, mode: .evaluation)
                for answer in executor.answers(to: batch, reading: loss.reading) { body(answer) }
                if batch.position + batch.count < set.count, shouldStop() { return nil }
            }
            return true
        }
        return isWhole ?? false
    }
}

extension Executor {
    /// One for each image of the last forward pass.
    fileprivate func answers(to batch: Batch, reading: OutputReading) -> [Answer] {
        let (output, rows) = (output, labelsPerImage)
        let predictions = output.answers(rows: batch.count * rows)
        let losses = imageLosses(labels: batch.labels)
        let probabilities = rows == 1 ? reading.probabilities(output, rows: batch.count) : nil
        return (0..<batch.count).map { index in
            Answer(
                image: batch.position + index, loss: losses[index],
                labels: Array(batch.labels[index * rows..<(index + 1) * rows]),
                predictions: Array(predictions[index * rows..<(index + 1) * rows]),
                probabilities: probabilities.map { $0.part(index).scalars } ?? [])
        }
    }
}
