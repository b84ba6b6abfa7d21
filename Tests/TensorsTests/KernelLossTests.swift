import CKernels
import CKernels.Reference
import CKernels.Sets
import Testing

@Suite("Loss kernels")
struct KernelLossTests {
    private struct Loss {
        var sum: Double
        var correct: Int64 = 0
        var gradient: [Float]
    }

    /// Rows of outputs with a label each, and where the gradient goes.
    private struct Batch {
        let outputs: Int
        let logits: [Float]
        let labels: [Int32]
        var scale: Float = 0.5
        /// What is there before, and is added to; nil to replace it.
        var start: [Float]?

        init(_ logits: [Float], _ labels: [Int32], scale: Float = 0.5) {
            outputs = logits.count / labels.count
            (self.logits, self.labels, self.scale) = (logits, labels, scale)
        }

        init(rows: Int, outputs: Int, magnitude: Float = 1) {
            var data = TestData(seed: outputs * rows)
            self.outputs = outputs
            logits = data.reals(rows * outputs).map { $0 * magnitude }
            labels = (0..<rows).map { _ in Int32(data.next() % max(outputs, 2)) }
        }

        func run(_ kernel: (UnsafePointer<cairn_loss_rows>, inout Int64) -> Double) -> Loss {
            let x = Floats(logits, misalignment: 1)
            let gradient = start.map { Floats($0, misalignment: 1) } ?? Floats(poisoned: logits.count)
            var correct: Int64 = 0
            let sum = labels.withUnsafeBufferPointer { labels in
                var rows = cairn_loss_rows(
                    rows: self.labels.count, outputs: outputs, output: x.pointer, labels: labels.baseAddress,
                    gradient_scale: scale, gradient: gradient.pointer, adds_gradient: start != nil)
                return kernel(&rows, &correct)
            }
            #expect(gradient.isGuardIntact)
            return Loss(sum: sum, correct: correct, gradient: gradient.scalars)
        }
    }

    private func crossEntropy(_ batch: Batch, by set: KernelSet) -> Loss {
        batch.run { set.kernels.cross_entropy($0, nil, 0, &$1) }
    }

    /// A softmax in floats is off by the roundings of an exponential, a sum and a division: a few times 2^-24.
    @Test(
        "cross-entropy, its gradient and count equal the reference", arguments: KernelSet.all,
        [1, 2, 3, 10, 17, 33, 100])
    func equalsReference(set: KernelSet, classes: Int) {
        var data = TestData(seed: classes)
        let weights = data.reals(classes).map { abs($0) + 0.1 }
        for (rows, magnitude) in [(1, 1), (2, 30), (33, 0.01), (33, 1), (33, 1000)] as [(Int, Float)] {
            for (weights, smoothing) in [(nil, 0), (weights, 0), (nil, 0.1), (weights, 0.3)]
                as [([Float]?, Float)]
            {
                var batch = Batch(rows: rows, outputs: classes, magnitude: magnitude)
                if classes == 1 { batch = Batch(batch.logits, batch.labels.map { _ in 0 }) }
                let actual = batch.run { set.kernels.cross_entropy($0, weights, smoothing, &$1) }
                let expected = batch.run { cairn_reference_cross_entropy($0, weights, smoothing, &$1) }
                #expect(abs(actual.sum - expected.sum) <= 2e-6 * max(Double(rows), expected.sum))
                #expect(actual.correct == expected.correct)
                #expect(zip(actual.gradient, expected.gradient).allSatisfy { abs($0 - $1) <= 1e-6 })
            }
        }
    }

    private typealias Kernel = (UnsafePointer<cairn_loss_rows>) -> Double

    /// Of each kind: a set's kernel, and the reference.
    private func others(_ set: KernelSet) -> [(
        name: String, takesOne: Bool, kernel: Kernel, reference: Kernel
    )] {
        let kernels = set.kernels
        return [
            ("squared", true, { kernels.squared_error($0) }, { cairn_reference_squared_error($0) }),
            ("absolute", true, { kernels.absolute_error($0) }, { cairn_reference_absolute_error($0) }),
            ("huber", true, { kernels.huber($0, 0.7) }, { cairn_reference_huber($0, 0.7) }),
            (
                "binary", true, { kernels.binary_cross_entropy($0) },
                { cairn_reference_binary_cross_entropy($0) }
            ),
            ("focal", true, { kernels.focal($0, 0.25, 2) }, { cairn_reference_focal($0, 0.25, 2) }),
            ("focal 0", true, { kernels.focal($0, -1, 0.5) }, { cairn_reference_focal($0, -1, 0.5) }),
            ("hinge", false, { kernels.hinge($0, 1, 1) }, { cairn_reference_hinge($0, 1, 1) }),
            ("hinge 2", false, { kernels.hinge($0, 0.5, 2) }, { cairn_reference_hinge($0, 0.5, 2) }),
            (
                "dice", false,
                { rows in
                    let classes = rows.pointee.outputs
                    var totals = [Double](repeating: 0, count: kernels.dice_totals_count(classes))
                    kernels.dice_add(rows, 1, &totals)
                    _ = kernels.dice_finish(classes, 0.5, &totals)
                    return kernels.dice(rows, totals)
                }, { cairn_reference_dice($0, 0.5) }
            ),
        ]
    }

    @Test("the other losses equal their references", arguments: KernelSet.all, [1, 2, 3, 17])
    func othersEqualReference(set: KernelSet, outputs: Int) {
        for pair in others(set) where outputs > 1 || pair.takesOne {
            for (rows, magnitude) in [(1, 1), (2, 0.1), (15, 1), (15, 3)] as [(Int, Float)] {
                let batch = Batch(rows: rows, outputs: outputs, magnitude: magnitude)
                let actual = batch.run { rows, _ in pair.kernel(rows) }
                let expected = batch.run { rows, _ in pair.reference(rows) }
                #expect(abs(actual.sum - expected.sum) <= 1e-9 * max(1, abs(expected.sum)), "\(pair.name)")
                let distance = zip(actual.gradient, expected.gradient).reduce(0) { max($0, abs($1.0 - $1.1)) }
                #expect(distance <= 1e-5, "\(pair.name) \(rows)x\(outputs): \(distance)")
            }
        }
    }

    @Test("a gradient can be added to another one", arguments: KernelSet.all)
    func addsGradient(set: KernelSet) {
        let kernels: [(String, Kernel)] =
            others(set).map { ($0.name, $0.kernel) } + [
                ("cross-entropy", { rows in set.kernels.cross_entropy(rows, nil, 0, nil) })
            ]
        for (name, kernel) in kernels {
            var batch = Batch(rows: 5, outputs: 19)
            let plain = batch.run { rows, _ in kernel(rows) }
            batch.start = (0..<95).map { Float($0) }
            let added = batch.run { rows, _ in kernel(rows) }
            #expect(added.sum == plain.sum, "\(name)")
            #expect(
                zip(added.gradient, plain.gradient).enumerated().allSatisfy { index, pair in
                    abs(pair.0 - (pair.1 + Float(index))) <= 1e-5
                }, "\(name)")
        }
    }

    @Test("the first of equal logits is the prediction, but NaN comes before all", arguments: KernelSet.all)
    func prediction(set: KernelSet) {
        for (logits, label, isRight) in [
            ([1, 1, 1], 0, true), ([1, 1, 1], 1, false), ([0, 2, 2], 1, true), ([0, 2, .nan], 1, false),
            ([0, .nan, 2], 1, true),
        ] as [([Float], Int32, Bool)] {
            #expect(crossEntropy(Batch(logits, [label]), by: set).correct == (isRight ? 1 : 0))
            let counted = Batch(logits, [label]).run { rows, correct in
                correct = set.kernels.count_correct(rows)
                return 0
            }
            #expect(counted.correct == (isRight ? 1 : 0))
        }
    }

    @Test(
        "a logit that is not finite makes the loss NaN or infinite, as in PyTorch",
        arguments: KernelSet.all,
        [
            ([.nan, 0, 1], Double.nan), ([0, 1, .nan], .nan), ([.infinity, 0, 1], .nan),
            ([-.infinity, 0, 0], .infinity), ([-.infinity, -.infinity, -.infinity], .nan),
        ] as [(logits: [Float], loss: Double)])
    func nonfinite(set: KernelSet, row: (logits: [Float], loss: Double)) {
        let (logits, loss) = row
        let actual = crossEntropy(Batch(logits, [0]), by: set).sum
        #expect(loss.isNaN ? actual.isNaN : actual == loss)
    }

    @Test(
        "neither gradient nor count is needed, and the gradient may replace the logits",
        arguments: KernelSet.all)
    func options(set: KernelSet) {
        var data = TestData(seed: 1)
        let logits = data.reals(51)
        let labels: [Int32] = [1, 16, 0]
        let expected = crossEntropy(Batch(logits, labels, scale: 2), by: set)
        let inPlace = Floats(logits)
        labels.withUnsafeBufferPointer { labels in
            var rows = cairn_loss_rows(
                rows: 3, outputs: 17, output: inPlace.pointer, labels: labels.baseAddress, gradient_scale: 2,
                gradient: nil, adds_gradient: false)
            #expect(set.kernels.cross_entropy(&rows, nil, 0, nil) == expected.sum)
            rows.gradient = inPlace.pointer
            #expect(set.kernels.cross_entropy(&rows, nil, 0, nil) == expected.sum && inPlace.isGuardIntact)
        }
        #expect(inPlace.scalars == expected.gradient)
    }

    @Test("labels are weighed", arguments: KernelSet.all)
    func labelWeight(set: KernelSet) {
        #expect(set.kernels.label_weight(4, [0, 2, 2, 1], [0.5, 4, 0.25]) == 5)
        #expect(cairn_reference_label_weight(4, [0, 2, 2, 1], [0.5, 4, 0.25]) == 5)
    }

    @Test("predictions and ranks are counted as the reference does", arguments: KernelSet.all, [1, 2, 5, 17])
    func tally(set: KernelSet, outputs: Int) {
        // Small whole numbers: many are equal. And some are NaN.
        var batch = Batch(rows: 60, outputs: outputs, magnitude: 2)
        let logits = batch.logits.enumerated().map { $0.offset % 23 == 7 ? Float.nan : $0.element.rounded() }
        batch = Batch(logits, batch.labels)
        let classes = max(outputs, 2)
        func counts(
            _ kernel: (UnsafePointer<cairn_loss_rows>, inout [Int64], inout [Int64]) -> Void
        ) -> [[Int64]] {
            var confusion = [Int64](repeating: 0, count: classes * classes)
            var ranks = [Int64](repeating: 0, count: classes)
            _ = batch.run { rows, _ in
                kernel(rows, &confusion, &ranks)
                return 0
            }
            return [confusion, ranks]
        }
        let expected = counts { cairn_reference_tally($0, &$1, &$2) }
        #expect(counts { set.kernels.tally($0, &$1, &$2) } == expected)
        #expect(expected[0].reduce(0, +) == 60 && expected[1].reduce(0, +) == 60)
    }

    @Test("probabilities equal the reference", arguments: KernelSet.all, [1, 2, 3, 16, 37])
    func probabilities(set: KernelSet, outputs: Int) {
        let batch = Batch(rows: 7, outputs: outputs, magnitude: 5)
        for sigmoid in [false, true] {
            let count = 7 * max(outputs, 2)
            let (actual, expected) = (Floats(poisoned: count), Floats(poisoned: count))
            set.kernels.probabilities(7, outputs, batch.logits, sigmoid, actual.pointer)
            cairn_reference_probabilities(7, outputs, batch.logits, sigmoid, expected.pointer)
            #expect(actual.isGuardIntact)
            #expect(zip(actual.scalars, expected.scalars).allSatisfy { abs($0 - $1) <= 3e-7 })
        }
    }
}
