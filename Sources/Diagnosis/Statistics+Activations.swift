import Datasets
import Networks
import Tensors
import Training

extension Statistics {
    /// Of what each layer gave in the trainer's last forward pass; dead units are counted over more images.
    ///
    /// Nil if `shouldStop` said so.
    ///
    /// - Precondition: the trainer holds a step.
    /// - Throws: `DatasetError` if an image cannot be read.
    package init?(
        activationsOf trainer: Trainer, shouldStop: () -> Bool = { false }
    ) throws(DatasetError) {
        precondition(trainer.holdsStep, "a forward pass comes first")
        guard let activity = try UnitActivity(of: trainer, shouldStop: shouldStop) else { return nil }
        subject = .activations
        rows = trainer.network.layers.enumerated().map { index, layer in
            let activation = trainer.executor.activation(of: index)
            var findings: [Finding] = []
            if let units = activity.units[index] {
                let dead = units.count { !$0 }
                if Double(dead) >= HealthyRange.deadShare * Double(units.count), dead > 0 {
                    findings.append(.dead(units: dead, of: units.count, images: activity.images))
                }
            }
            if let flat = Self.flatParts[type(of: layer.layer).kind] {
                let share = activation.share(outside: flat.low, flat.high)
                if share > HealthyRange.saturatedShare { findings.append(.saturated(share)) }
            }
            return Row(
                name: layer.name, shape: activation.shape, values: activation, activation.summary,
                findings: findings)
        }
    }

    /// Outputs beyond which a bounded activation hardly changes: inputs beyond 5 of a sigmoid, beyond 2.5 of tanh
    /// (DeepDiagnosis, ICSE 2022).
    private static let flatParts: [String: (low: Float, high: Float)] = [
        "sigmoid": (0.0067, 0.9933), "tanh": (-0.9866, 0.9866),
    ]
}

/// Which units gave a positive number for at least one image: a unit is a channel, or an output of a dense layer.
struct UnitActivity {
    /// How many images were looked at.
    let images: Int
    /// For each rectifying layer, by its index.
    private(set) var units: [Int: [Bool]] = [:]

    /// Looks at `HealthyRange.deadImages` training images, as in evaluation, with a plan of its own: the step in hand
    /// stays. Nil if `shouldStop` said so.
    init?(of trainer: Trainer, shouldStop: () -> Bool) throws(DatasetError) {
        let network = trainer.network
        let rectifying = network.layers.indices.filter { network.layers[$0].layer is ReLU }
        for index in rectifying {
            let shape = network.layers[index].output
            units[index] = [Bool](repeating: false, count: shape[shape.rank - 1])
        }
        let set = trainer.dataset.train
        let wanted = rectifying.isEmpty ? 0 : min(set.count, HealthyRange.deadImages)
        images = wanted
        guard wanted > 0 else { return }
        // Spread evenly, because a set may be sorted by class.
        let chosen = set.subset((0..<wanted).map { $0 * set.count / wanted })
        let executor = Executor(
            network, loss: trainer.loss, batchSize: min(trainer.batchSize, wanted),
            convolution: trainer.convolution, workers: trainer.workers)
        let loader = BatchLoader(
            chosen, normalization: trainer.normalization, order: .sequential, batchSize: executor.batchSize)
        while let batch = try loader.next() {
            executor.forward(batch.images, count: batch.count, mode: .evaluation)
            for index in rectifying {
                guard var flags = units[index] else { continue }
                executor.activation(of: index).markPositiveChannels(&flags)
                units[index] = flags
            }
            if shouldStop() { return nil }
        }
    }
}
