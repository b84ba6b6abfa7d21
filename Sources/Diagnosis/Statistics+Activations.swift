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
    init?(
        activationsOf trainer: Trainer, _ cache: ActivityCache, _ shouldStop: () -> Bool
    ) throws(DatasetError) {
        precondition(trainer.holdsStep, "a forward pass comes first")
        guard let activity = try cache.activity(of: trainer, shouldStop: shouldStop) else { return nil }
        subject = .activations
        let layers = trainer.network.layers
        rows = layers.enumerated().map { index, layer in
            let activation = trainer.executor.activation(of: index)
            let saturation = Self.flatParts[type(of: layer.layer).kind].map {
                activation.share(outside: $0.low, $0.high)
            }
            let summary = activation.summary
            var findings: [Finding] = []
            if let dead = activity[index], dead.units > 0, dead.share >= HealthyRange.deadShare {
                findings.append(.dead(dead))
            } else if summary.isAllZero {
                findings.append(.allZero)
            }
            // The network's own output may well be sure of itself.
            if let saturation, saturation > HealthyRange.saturatedShare, index < layers.count - 1 {
                findings.append(.saturated(saturation))
            }
            return Row(
                name: layer.name, shape: activation.shape, values: activation, summary,
                dead: activity[index], saturation: saturation, findings: findings)
        }
    }

    /// Outputs beyond which a bounded activation hardly changes: inputs beyond 5 of a sigmoid, beyond 2.5 of tanh
    /// (DeepDiagnosis, ICSE 2022).
    private static let flatParts: [String: (low: Float, high: Float)] = [
        "sigmoid": (0.0067, 0.9933), "tanh": (-0.9866, 0.9866),
    ]
}
