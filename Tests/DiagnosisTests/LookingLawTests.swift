import Datasets
import Diagnosis
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// What holds for pictures of a network, whatever its weights.
struct LookingLawTests {
    private func makeData(masks: Bool = false, classes: Int = 3) throws -> Dataset {
        var settings = ShapeSettings()
        (settings.count, settings.testCount, settings.size, settings.classes) = (60, 10, 8, classes)
        settings.hasMasks = masks
        return try Dataset.shapes(settings, validation: .count(20), seed: 1)
    }

    private func makeTrainer(
        _ layers: [any Layer], masks: Bool = false, classes: Int = 3, loss: any Loss = CrossEntropy(),
        options: TrainingOptions = TrainingOptions()
    ) throws -> Trainer {
        let data = try makeData(masks: masks, classes: classes)
        let network = try Network(
            name: "net", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        return try Trainer(
            network, loss: loss, optimizer: Adam(rate: 0.01), dataset: data, options: options, batchSize: 16,
            seed: 1, workers: Workers(threads: 2))
    }

    private static let convolutional: [any Layer] = [
        Conv2D(filters: 4, kernel: 3), BatchNorm(), ReLU(), MaxPool2D(kernel: 2), Dropout(probability: 0.3),
        Conv2D(filters: 5, kernel: 2), GlobalAvgPool(), Dense(units: 3),
    ]

    /// The gradient of a linear model's score is the class's row of weights, whatever the image.
    @Test(arguments: [0, 2])
    func saliencyOfALinearModelIsItsWeights(target: Int) throws {
        let trainer = try makeTrainer([Flatten(), Dense(units: 3)])
        let row = trainer.network.parameters[0].value.part(target)
        // `flatten` gives PyTorch's order: `[C, H, W]`.
        let channels = Tensor([3, 8, 8], row.scalars)
        let expected = Tensor(
            [8, 8], (0..<64).map { pixel in (0..<3).map { abs(channels.part($0).scalars[pixel]) }.max() ?? 0 }
        )
        for image in [0, 7] {
            let found = try #require(
                try Explanation(
                    of: trainer, image: image, of: trainer.dataset.validation, target: target, layer: nil))
            #expect(found.saliency.bits == expected.bits)
        }
    }

    /// Before a global mean and a dense layer Grad-CAM's weights are the dense layer's over the number of pixels: class
    /// activation maps (Zhou et al., 2016).
    @Test func gradCAMGeneralizesClassActivationMaps() throws {
        let trainer = try makeTrainer(Self.convolutional)
        let layer = try #require(trainer.network.layers.firstIndex { $0.name == "conv2" })
        let found = try #require(
            try Explanation(of: trainer, image: 3, of: trainer.dataset.test, target: 1, layer: layer))
        let attention = try #require(found.attention)
        let row = try #require(trainer.network.parameters.first { $0.name == "dense1.weight" }).value.part(1)
        let (height, width) = (attention.map.shape[0], attention.map.shape[1])
        let expected = Tensor([5], row.scalars.map { $0 / Float(height * width) })
        #expect(relativeDifference(Tensor([5], attention.weights), expected) < 1e-6)
    }

    /// One output stands for two classes, whose scores are opposite.
    @Test func bothClassesOfOneOutputCanBeExplained() throws {
        let trainer = try makeTrainer([Flatten(), Dense(units: 1)], classes: 2, loss: BinaryCrossEntropy())
        let scores = try [0, 1].map { target in
            try #require(
                try Explanation(of: trainer, image: 0, of: trainer.dataset.test, target: target, layer: nil))
        }
        #expect(scores[0].score == -scores[1].score && scores[0].saliency.bits == scores[1].saliency.bits)
        let answer = scores[0].answer
        #expect(answer.probabilities.count == 2 && answer.predictions == [scores[1].score > 0 ? 1 : 0])
    }

    /// What is counted one by one is what evaluation counts.
    @Test(arguments: [false, true])
    func mistakesAreThoseOfEvaluation(masks: Bool) throws {
        let layers: [any Layer] = masks ? [Conv2D(filters: 4, kernel: 3, padding: .same)] : Self.convolutional
        let trainer = try makeTrainer(layers, masks: masks)
        trainer.train(epochs: 1)
        let set = trainer.dataset.validation
        let all = try #require(try Mistakes(of: trainer, in: set, most: 1000))
        let evaluation = try #require(try trainer.evaluate(set))
        #expect(all.images == 20 && all.worst.count == all.count)
        let wrong = all.worst.reduce(0) { $0 + $1.wrongCount }
        #expect(wrong == evaluation.count - evaluation.correct && wrong > 0)
        #expect(zip(all.worst, all.worst.dropFirst()).allSatisfy { $0.loss >= $1.loss })
        let three = try #require(try Mistakes(of: trainer, in: set, most: 3))
        #expect(three.worst == Array(all.worst.prefix(3)) && three.count == all.count)
        // The mean over all images is the set's loss.
        let losses = try set.labels.indices.map { try #require(try trainer.answer(to: $0, of: set)).loss }
        #expect(abs(losses.reduce(0, +) / 20 - evaluation.loss) < 1e-5)
    }

    /// Each mistake is of one label and one prediction.
    @Test(arguments: [false, true])
    func mistakesAreOfPairs(masks: Bool) throws {
        let layers: [any Layer] = masks ? [Conv2D(filters: 4, kernel: 3, padding: .same)] : Self.convolutional
        let trainer = try makeTrainer(layers, masks: masks)
        trainer.train(epochs: 1)
        let set = trainer.dataset.validation
        let all = try #require(try Mistakes(of: trainer, in: set, most: 1000))
        let classes = Array(trainer.dataset.classes.indices)
        for label in classes.map(Optional.some) + [nil] {
            for prediction in classes.map(Optional.some) + [nil] {
                let found = try #require(
                    try Mistakes(of: trainer, in: set, label: label, prediction: prediction, most: 1000))
                let expected = all.worst.filter { answer in
                    zip(answer.labels, answer.predictions).contains { truth, taken in
                        truth != taken && (label == nil || Int(truth) == label)
                            && (prediction == nil || Int(taken) == prediction)
                    }
                }
                #expect(found.worst == expected && found.count == expected.count)
                #expect(label == nil ? found.images == 20 : found.images >= found.count)
            }
        }
        #expect(all.count > 0)
    }

    @Test func theScoreOfPixelsIsThatOfThoseTakenForTheClass() throws {
        let trainer = try makeTrainer([Conv2D(filters: 4, kernel: 1)], masks: true)
        let found = try #require(
            try Explanation(of: trainer, image: 0, of: trainer.dataset.test, target: 2, layer: 0))
        // A pixel's own weights where it is taken for the class, 0 elsewhere.
        let isTaken = found.answer.predictions.map { $0 == 2 }
        let largest = found.saliency.largestFiniteMagnitude
        #expect(
            found.saliency.scalars.map { $0 > 0 }
                == (isTaken.contains(true) ? isTaken : isTaken.map { _ in true }))
        #expect(found.saliency.scalars.allSatisfy { $0 == 0 || $0 == largest })
    }

    /// Of every part of a step, and with averaged weights whose statistics are still to be measured.
    @Test(arguments: Trainer.StepPart.allCases, [nil, Averaging.ema(decay: 0.9), .swa(start: 0)])
    func lookingChangesNothing(part: Trainer.StepPart, averaging: Averaging?) throws {
        var options = TrainingOptions()
        options.averaging = averaging
        func run(looking: Bool) throws -> [[UInt32]] {
            let trainer = try makeTrainer(Self.convolutional, options: options)
            trainer.train(epochs: 1)
            _ = try trainer.finishStep(upTo: part, keepingValues: true)
            let phase = trainer.phase
            func numbers() -> [[UInt32]] {
                trainer.network.parameters.flatMap { [$0.value.bits, $0.gradient.bits] }
                    + trainer.network.buffers.map(\.value.bits)
                    + trainer.network.layers.indices.map { trainer.executor.activation(of: $0).bits }
            }
            let before = numbers()
            if looking {
                let set = trainer.dataset.validation
                _ = try Mistakes(of: trainer, in: set, most: 3)
                _ = try Explanation(of: trainer, image: 1, of: set, layer: 5)
                _ = try ActivationMaps(of: trainer, layer: 2, image: 1, of: set)
                _ = try DeadUnits.count(in: trainer)
                _ = try OptimizerStatistics(of: trainer)
            }
            #expect(trainer.phase == phase && trainer.holdsStep)
            #expect(numbers() == before)
            trainer.train(epochs: 1)
            return trainer.state.tensors.map(\.exported.bits)
        }
        #expect(try run(looking: true) == run(looking: false))
    }

    /// In the middle of a step the network already has moved statistics; whoever looks does not see them.
    @Test func aStepInHandIsNotSeen() throws {
        let trainer = try makeTrainer(Self.convolutional)
        trainer.train(epochs: 1)
        let set = trainer.dataset.validation
        let before = try #require(try trainer.answer(to: 0, of: set))
        _ = try trainer.finishStep(upTo: .backward)
        #expect(try trainer.answer(to: 0, of: set) == before)
    }

    @Test func averagedWeightsAreWhatIsLookedAt() throws {
        var options = TrainingOptions()
        options.averaging = .swa(start: 0)
        let trainer = try makeTrainer(Self.convolutional, options: options)
        trainer.train(epochs: 3)
        let set = trainer.dataset.validation
        let evaluation = try #require(try trainer.evaluate(set))
        let losses = try set.labels.indices.map { try #require(try trainer.answer(to: $0, of: set)).loss }
        #expect(abs(losses.reduce(0, +) / 20 - evaluation.loss) < 1e-5)
    }

    @Test func deadUnitsAreCountedAgainOnlyWhenSomethingHasChanged() throws {
        let trainer = try makeTrainer(Self.convolutional)
        let cache = ActivityCache()
        var questions = 0
        func look() throws -> DeadUnits? {
            questions = 0
            let statistics = try Statistics(of: .activations, in: trainer, activity: cache) {
                questions += 1
                return false
            }
            return try #require(statistics).rows[2].dead
        }
        #expect(try look() == DeadUnits(units: 0, all: 4, images: 40) && questions > 0)
        #expect(try look()?.units == 0 && questions == 0)
        // A shift far below anything.
        trainer.network.parameters[3].value = Tensor([4], [-100, 0, -100, 0])
        #expect(try look()?.units == 2 && questions > 0)
        try trainer.change(dataset: try makeData())
        #expect(try look()?.units == 2 && questions > 0)
    }

    @Test func ctrlCEndsIt() throws {
        let trainer = try makeTrainer(Self.convolutional)
        #expect(try Mistakes(of: trainer, in: trainer.dataset.train, most: 3) { true } == nil)
        #expect(try DeadUnits.count(in: trainer) { true } == nil)
    }

    @Test func filtersAreInTorchsOrder() throws {
        let trainer = try makeTrainer(Self.convolutional)
        let filters = try #require(Filters(of: trainer.network.layers[5]))
        #expect(filters.count == 5 && filters.channels == 4 && filters.weight.shape == [5, 4, 2, 2])
        let squares = (0..<4).map { channel in
            filters.weight.part(1).part(channel).scalars.map { $0 * $0 }
        }
        let energy = (0..<4).map { place in squares.reduce(0) { $0 + $1[place] }.squareRoot() }
        #expect(relativeDifference(filters.energy(of: 1), Tensor([2, 2], energy)) < 1e-6)
        #expect(
            Filters(of: trainer.network.layers[2]) == nil && Filters(of: trainer.network.layers[7]) == nil)
    }
}
