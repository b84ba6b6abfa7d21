import CKernels
import Tensors

/// The sum of values that operations of their own compute; also applies a `relu` that follows.
final class SumOperation: Operation {
    private var appliesReLU = false

    var worksInPlace: Bool { true }

    func absorb(_ next: PlacedLayer) -> Bool {
        guard next.layer is ReLU, !appliesReLU else { return false }
        appliesReLU = true
        return true
    }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            if layer.appliesReLU, shard.others.count == 1, let other = shard.other(0) {
                cairn_add_relu(shard.outputCount, shard.input, other, shard.output)
            } else {
                layer.add(shard)
                guard layer.appliesReLU else { return }
                cairn_relu_forward(shard.outputCount, shard.output, shard.output)
            }
        }
    }

    func writeActivation(ofAbsorbing index: Int, _ pass: Pass) {
        pass.forEachShard(self) { layer, shard in layer.add(shard) }
    }

    private func add(_ shard: Shard) {
        shard.output.update(from: shard.input, count: shard.outputCount)
        for index in shard.others.indices {
            guard let other = shard.other(index) else { continue }
            cairn_scale_add(shard.outputCount, 1, other, 1, shard.output)
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            if layer.appliesReLU {
                cairn_relu_backward(shard.outputCount, shard.output, gradients.output, gradients.output)
            }
            for index in gradients.others.indices {
                gradients.other(index)?.update(from: gradients.output, count: shard.outputCount)
            }
            guard let input = gradients.input, input != gradients.output else { return }
            input.update(from: gradients.output, count: shard.outputCount)
        }
    }
}
