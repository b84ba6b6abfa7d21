import CKernels

/// Keeps no mask: backward draws the same one again.
final class DropoutOperation: Operation {
    /// What is zeroed or kept as one.
    enum Unit { case value, channel }

    private let unit: Unit
    /// Units of an image, each of so many values.
    private let units: Int
    private let unitSize: Int
    private var mask: DropoutMask

    init(_ layer: PlacedLayer, probability: Float, unit: Unit) {
        self.unit = unit
        unitSize = unit == .value ? 1 : layer.input[0] * layer.input[1]
        units = layer.input.count / unitSize
        mask = DropoutMask(layer, probability: probability)
    }

    var worksInPlace: Bool { true }

    func forward(_ pass: Pass) {
        guard pass.mode.isTraining else {
            pass.forEachShard(self) { _, shard in
                shard.output.update(from: shard.input, count: shard.outputCount)
            }
            return
        }
        mask.draw(pass.mode)
        pass.forEachShard(self) { layer, shard in layer.drop(shard, from: shard.input, to: shard.output) }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            guard let inputGradient = gradients.input else { return }
            layer.drop(shard, from: gradients.output, to: inputGradient)
        }
    }

    private func drop(
        _ shard: Shard, from source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>
    ) {
        let first = UInt64(shard.images.lowerBound * units)
        switch unit {
        case .value:
            cairn_dropout(shard.outputCount, source, mask.probability, mask.key, first, destination)
        case .channel:
            cairn_spatial_dropout(
                shard.count, unitSize, units, source, mask.probability, mask.key, first, destination)
        }
    }
}
