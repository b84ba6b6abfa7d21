import Tensors

/// Computes a loss and its gradient for a batch, on memory taken once; the same bits for any number of threads.
final class LossPass {
    let loss: any Loss
    /// Rows of an image: 1, or the pixels of an output of `[H, W, outputs]`.
    let rowsPerImage: Int
    private let outputs: Int
    private let labels: Buffer<Int32>
    /// What the images are mixed with, and how much their own labels count.
    private let mixedLabels: Buffer<Int32>
    private let shares: Buffer<Float>
    private var isMixed = false
    /// The sums over the batch that the loss needs beforehand, of each shard and of all.
    private let totalCount: Int
    private let shardTotals: Buffer<Double>
    private let totals: Buffer<Double>
    private var gradientScale: Float = 0
    private var givesGradient = false
    private let shardLosses: Buffer<Double>
    private let shardCorrect: Buffer<Int>

    init(_ loss: any Loss, output: Shape, batchSize: Int) {
        self.loss = loss
        outputs = output[output.rank - 1]
        rowsPerImage = output.count / max(outputs, 1)
        labels = Buffer(zeros: batchSize * rowsPerImage)
        mixedLabels = Buffer(zeros: batchSize * rowsPerImage)
        shares = Buffer(zeros: batchSize)
        totalCount = loss.totalCount(outputs: outputs)
        shardTotals = Buffer(zeros: totalCount * Workers.shardCount)
        totals = Buffer(zeros: totalCount)
        shardLosses = Buffer(zeros: Workers.shardCount)
        shardCorrect = Buffer(zeros: Workers.shardCount)
    }

    /// `pass` goes from the network's output to the loss's gradient.
    func run(_ pass: Pass, labels: [Int32], mix: Mix?) -> BatchResult {
        let rows = pass.count * rowsPerImage
        take(labels, rows, into: self.labels)
        isMixed = mix != nil
        if let mix {
            take(mix.labels, rows, into: mixedLabels)
            precondition(
                mix.shares.count >= pass.count, "\(mix.shares.count) shares for \(pass.count) images")
            for image in 0..<pass.count { shares.pointer[image] = mix.shares[image] }
        }
        if totalCount > 0 { sumTotals(pass) }
        let weight = loss.weight(ofRows: rows, totals: totals.pointer)
        gradientScale = weight > 0 ? Float(1 / weight) : 0
        givesGradient = pass.mode.goesBack
        pass.forEachShard(self) { lossPass, shard in lossPass.evaluate(shard) }
        var (lossSum, correct) = (0.0, 0)
        for shard in 0..<Workers.shardCount where !Workers.shard(shard, of: pass.count).isEmpty {
            lossSum += shardLosses.pointer[shard]
            correct += shardCorrect.pointer[shard]
        }
        return BatchResult(
            lossSum: lossSum, lossWeight: weight, correct: correct, rows: rows, count: pass.count)
    }

    private func take(_ labels: [Int32], _ rows: Int, into buffer: Buffer<Int32>) {
        precondition(labels.count >= rows, "\(labels.count) labels for \(rows) rows")
        let classes = max(outputs, 2)
        for row in 0..<rows {
            precondition((0..<classes).contains(Int(labels[row])), "label \(labels[row]) of \(classes)")
            buffer.pointer[row] = labels[row]
        }
    }

    private func sumTotals(_ pass: Pass) {
        shardTotals.elements.update(repeating: 0)
        totals.elements.update(repeating: 0)
        pass.forEachShard(self) { lossPass, shard in lossPass.addTotals(of: shard) }
        for index in 0..<shardTotals.count {
            totals.pointer[index % totalCount] += shardTotals.pointer[index]
        }
        loss.finishTotals(totals.pointer, outputs: outputs)
    }

    private func addTotals(of shard: Shard) {
        let totals = shardTotals.pointer + shard.index * totalCount
        guard isMixed else { return loss.addTotals(of: rows(of: shard), to: totals) }
        for image in 0..<shard.count {
            let part = shard.part(image..<image + 1)
            let share = shares.pointer[part.images.lowerBound]
            loss.addTotals(of: rows(of: part, share: share), to: totals)
            loss.addTotals(of: rows(of: part, mixedLabels, share: 1 - share), to: totals)
        }
    }

    private func evaluate(_ shard: Shard) {
        var (sum, correct) = (0.0, 0)
        if isMixed {
            for image in 0..<shard.count {
                let part = shard.part(image..<image + 1)
                let share = shares.pointer[part.images.lowerBound]
                let own = loss.evaluate(rows(of: part, share: share), totals: totals.pointer)
                sum += Double(share) * own.sum
                correct += share >= 0.5 ? own.correct : 0
                guard share < 1 else { continue }
                let other = loss.evaluate(
                    rows(of: part, mixedLabels, share: 1 - share, addsGradient: true),
                    totals: totals.pointer)
                sum += Double(1 - share) * other.sum
                correct += share >= 0.5 ? 0 : other.correct
            }
        } else {
            (sum, correct) = loss.evaluate(rows(of: shard), totals: totals.pointer)
        }
        shardLosses.pointer[shard.index] = sum
        shardCorrect.pointer[shard.index] = correct
    }

    private func rows(
        of shard: Shard, _ labels: Buffer<Int32>? = nil, share: Float = 1, addsGradient: Bool = false
    ) -> LossRows {
        LossRows(
            count: shard.count * rowsPerImage, outputs: outputs, output: shard.input,
            labels: (labels ?? self.labels).pointer + shard.images.lowerBound * rowsPerImage, share: share,
            gradientScale: gradientScale * share, gradient: givesGradient ? shard.output : nil,
            addsGradient: addsGradient)
    }
}
