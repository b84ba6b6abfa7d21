import Datasets
import Networks
import Tensors
import Training

/// Where in an image the network sees a class.
package struct Explanation: Sendable {
    package let answer: Answer
    /// The class that is explained.
    package let target: Int
    /// The network's output for it, before any softmax; in segmentation the sum over the pixels that are taken for it, or
    /// over all if none is (Vinogradova, Dibrov & Myers, 2020).
    package let score: Double
    /// `max over channels of |d score / d pixel|`, `[H, W]`, of the normalised image (Simonyan, Vedaldi & Zisserman, 2014).
    package let saliency: Tensor
    /// Nil without a layer to ask.
    package let attention: Attention?

    /// Grad-CAM of a layer (Selvaraju et al., 2017): `max(sum over k of a_k A_k, 0)`, where `a_k` is the mean over the
    /// pixels of `d score / d A_k`.
    package struct Attention: Sendable {
        package let layer: String
        /// As small as the layer's maps, `[H', W']`.
        package let map: Tensor
        /// `a_k`, one for each channel.
        package let weights: [Float]
    }

    /// Of one image and a class, the predicted one unless given; `layer` is the index of one whose output has a height and a
    /// width. The trainer stays as it is, a step in hand too. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if the image cannot be read.
    package init?(
        of trainer: Trainer, image: Int, of set: ImageSet, target: Int? = nil, layer: Int?,
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) {
        guard let answer = try trainer.answer(to: image, of: set, shouldStop: shouldStop) else { return nil }
        let target = target ?? answer.mainClass
        let found = try trainer.inspect(shouldStop: shouldStop) {
            () throws(DatasetError) -> Backpropagation? in
            let images = try trainer.pixels(of: image, in: set)
            return Backpropagation(of: trainer, images: images, answer, target, layer: layer)
        }
        guard let found else { return nil }
        self.answer = answer
        self.target = target
        score = found.score
        saliency = found.inputGradient.largestMagnitudes
        attention = found.layer.map { seen in
            let weights = seen.gradient.maps.means
            return Attention(
                layer: seen.name, map: seen.activation.rectifiedSum(weights: weights), weights: weights)
        }
    }
}

extension Answer {
    /// What the image is taken for; of pixels the class of most of them beside the background, class 0.
    fileprivate var mainClass: Int {
        guard predictions.count > 1 else { return Int(predictions[0]) }
        var counts: [Int32: Int] = [:]
        for prediction in predictions where prediction > 0 { counts[prediction, default: 0] += 1 }
        return Int(counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0)
    }
}

/// One image forward and the gradient of a class's score all the way back.
private struct Backpropagation {
    let score: Double
    /// `[H, W, C]`.
    let inputGradient: Tensor
    /// What the layer gave, and the gradient of that, both `[H', W', C']`.
    let layer: (name: String, activation: Tensor, gradient: Tensor)?

    /// Leaves the network's gradients as they are.
    init?(of trainer: Trainer, images: Tensor, _ answer: Answer, _ target: Int, layer index: Int?) {
        let network = trainer.network
        let executor = trainer.makeSpareExecutor(batchSize: 1, givesInputGradient: true, watching: index)
        executor.forward(images, count: 1, mode: .inspection)
        let output = executor.output
        let gradient = answer.outputGradient(of: target, shape: output.shape)
        score = output.product(gradient)
        let own = network.parameters.map(\.gradient)
        executor.backward(from: gradient)
        for (parameter, own) in zip(network.parameters, own) { parameter.gradient = own }
        guard let inputGradient = executor.inputGradient else { return nil }
        self.inputGradient = inputGradient.part(0)
        layer = index.flatMap { index in
            executor.watchedGradient.map {
                (network.layers[index].name, executor.activation(of: index).part(0), $0.part(0))
            }
        }
    }
}

extension Answer {
    /// 1 for each output that the score of a class is the sum of, -1 if one output stands for two classes and the first is
    /// meant, 0 for all others.
    fileprivate func outputGradient(of target: Int, shape: Shape) -> Tensor {
        let outputs = shape[shape.rank - 1]
        let isAnywhere = predictions.contains(Int32(target))
        var gradient = [Float](repeating: 0, count: shape.count)
        for (row, prediction) in predictions.enumerated() where !isAnywhere || prediction == Int32(target) {
            if outputs == 1 {
                gradient[row] = target == 0 ? -1 : 1
            } else {
                gradient[row * outputs + target] = 1
            }
        }
        return Tensor(shape, gradient)
    }
}
