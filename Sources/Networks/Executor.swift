import CKernels
import Tensors

/// Runs the phases of a step: forward, loss, backward, each on memory planned once.
///
/// The optimizer's update is the caller's; a step allocates nothing.
package final class Executor {
    package let network: Network
    package var loss: any Loss { lossPass.loss }
    /// Images of the largest batch.
    package let batchSize: Int

    private let workers: Workers
    let plan: Plan
    private let scratch: Buffer<Float>
    private let scratchStride: Int
    let lossPass: LossPass
    private let watchedLayer: Int?
    /// With respect to what the watched layer gave, `[count, ...]`, in the last backward pass; nil before the first.
    package private(set) var watchedGradient: Tensor?

    /// Images of the last forward pass, and what it was for.
    private var count = 0
    private var mode = Mode.evaluation
    private var statisticsMomentum: Double?
    private var hasLossGradient = false

    /// Takes all the memory that steps need, about `Network.activationMemory`, and the weights twice more.
    ///
    /// Backward passes keep the gradient of what the layer `watching`, by its index, gives.
    package init(
        _ network: Network, loss: any Loss, batchSize: Int, convolution: ConvolutionPrecision = .exact,
        givesInputGradient: Bool = false, watching watchedLayer: Int? = nil, workers: Workers
    ) {
        precondition(batchSize >= 1, "a batch of at least one image")
        self.network = network
        self.batchSize = batchSize
        self.workers = workers
        self.watchedLayer = watchedLayer
        plan = Plan(
            network,
            PlanSettings(
                batchSize: batchSize, convolution: convolution, givesInputGradient: givesInputGradient,
                watchedLayer: watchedLayer))
        let largestScratch = plan.steps.map(\.operation.scratchCount).max() ?? 0
        // Whole cache lines and one more, so that no two threads share one.
        scratchStride = (largestScratch + 15) / 16 * 16 + 16
        scratch = Buffer(zeros: scratchStride * workers.threads)
        lossPass = LossPass(loss, output: network.output, batchSize: batchSize)
    }

    /// Runs the first `count` of the images, at most `batchSize`, through all layers.
    ///
    /// Shapes: `images` is `[N, H, W, C]` or `[N, features]`, N >= count. They are copied: the caller may change its
    /// tensor at once.
    /// `statisticsMomentum` is the share of the batch in running statistics, in training; each layer's own unless given.
    package func forward(_ images: Tensor, count: Int, mode: Mode, statisticsMomentum: Double? = nil) {
        precondition((1...batchSize).contains(count), "\(count) images, planned for \(batchSize)")
        precondition(
            images.count >= count * network.input.count, "\(images.shape) is less than \(count) images")
        self.count = count
        self.mode = mode
        self.statisticsMomentum = statisticsMomentum
        hasLossGradient = false
        let inputSize = network.input.count
        images.withUnsafeBufferPointer { images in
            guard let images = images.baseAddress else { return }
            pass(from: images, of: inputSize, to: plan.input.pointer, of: inputSize)
                .forEachShard(self) { _, shard in
                    shard.output.update(from: shard.input, count: shard.outputCount)
                }
        }
        prepare()
        for step in plan.steps { forward(step) }
    }

    func prepare() {
        workers.forEach(plan.steps.count, Preparation(steps: plan.steps, goesBack: mode.goesBack))
    }

    func forward(_ step: Plan.Step) { step.operation.forward(pass(step)) }

    /// The loss of the last forward pass; also its gradient, for `backward`, if the mode goes back.
    ///
    /// - Precondition: `labels` has one class for each image of the pass, or for each pixel of its output, rows of
    ///   pixels; so has `mix`. Classes are in `0..<outputs`, or 0 and 1 where there is one output.
    package func computeLoss(labels: [Int32], mix: Mix? = nil) -> BatchResult {
        precondition(count > 0, "a forward pass comes first")
        let result = lossPass.run(
            pass(
                from: lastOutput.pointer, of: network.output.count, to: plan.gradients.loss.pointer,
                of: network.output.count), labels: labels, mix: mix)
        hasLossGradient = mode.goesBack
        return result
    }

    /// The loss of each image of the last forward pass, as if it were a batch of its own.
    ///
    /// - Precondition: `labels` as for `computeLoss`.
    package func imageLosses(labels: [Int32]) -> [Double] {
        let (size, rows) = (network.output.count, labelsPerImage)
        let all = pass(from: lastOutput.pointer, of: size, to: plan.gradients.loss.pointer, of: size)
        hasLossGradient = false
        return (0..<count).map { image in
            let own = Array(labels[image * rows..<(image + 1) * rows])
            return lossPass.run(all.image(image), labels: own, mix: nil).meanLoss
        }
    }

    /// How many labels an image has: one for each pixel of an output of `[H, W, classes]`.
    package var labelsPerImage: Int { lossPass.rowsPerImage }

    /// Adds the gradient of the batch's mean loss to every parameter's `gradient`.
    ///
    /// - Precondition: a forward pass that goes back and its loss come first, once for each call.
    package func backward() {
        precondition(hasLossGradient, "a forward pass that keeps what is needed, and its loss, come first")
        hasLossGradient = false
        for step in plan.steps.reversed() {
            // Complete only now, and soon overwritten.
            if let watchedLayer, step.layers.last == watchedLayer { watchedGradient = outputGradient(step) }
            backward(step)
        }
    }

    private func outputGradient(_ step: Plan.Step) -> Tensor? {
        step.gradients.map {
            tensor(network.layers[step.layers[step.layers.count - 1]].output, copying: $0.output)
        }
    }

    func backward(_ step: Plan.Step) {
        guard let gradients = step.gradients else { return }
        step.operation.backward(
            pass(step),
            PassGradients(
                output: gradients.output.pointer, input: gradients.input?.memory.pointer,
                others: gradients.otherGradients))
        add(gradients.input, size: step.inputSize)
        for (target, other) in zip(gradients.others, step.others) { add(target, size: other.size) }
    }

    /// The same for a gradient of one's own with respect to the output, `[count, ...]`, instead of the loss's.
    package func backward(from outputGradient: Tensor) {
        precondition(count > 0 && mode.goesBack, "a forward pass that keeps what is needed comes first")
        precondition(
            outputGradient.count == count * network.output.count,
            "\(outputGradient.shape) for \(count) images")
        outputGradient.withUnsafeBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            plan.gradients.loss.pointer.update(from: gradient, count: outputGradient.count)
        }
        hasLossGradient = true
        backward()
    }

    /// Adds a gradient to what another step has written, where two steps read one value.
    private func add(_ target: GradientPlan.Target?, size: Int) {
        guard let target, let sum = target.sum else { return }
        pass(from: target.memory.pointer, of: size, to: sum.pointer, of: size)
            .forEachShard(self) { _, shard in
                cairn_scale_add(shard.outputCount, 1, shard.input, 1, shard.output)
            }
    }

    /// What the last backward pass gave for the images, `[count, ...]`; nil unless the executor was made to give it.
    package var inputGradient: Tensor? { plan.gradients.images.map { tensor(network.input, copying: $0) } }

    /// What the network gave in the last forward pass: logits, `[count, outputs]`.
    package var output: Tensor { tensor(network.output, copying: lastOutput) }

    /// The images of the last forward pass.
    package var input: Tensor { tensor(network.input, copying: plan.input) }

    /// What a layer gave in the last forward pass, `[count, ...]`, also if another layer's arithmetic absorbed it.
    ///
    /// It stays the same after an update of the parameters.
    package func activation(of layerIndex: Int) -> Tensor {
        let shape = network.layers[layerIndex].output
        guard let step = plan.steps.first(where: { $0.layers.contains(layerIndex) }) else {
            preconditionFailure("no step for layer \(layerIndex)")
        }
        guard let position = step.layers.dropLast().firstIndex(of: layerIndex) else {
            return tensor(shape, copying: step.output)
        }
        var activation = Tensor(zeros: Shape([count] + shape.extents))
        activation.withUnsafeMutableBufferPointer { activation in
            guard let activation = activation.baseAddress else { return }
            step.operation.writeActivation(
                ofAbsorbing: position,
                pass(
                    from: step.input.pointer, of: step.inputSize, and: step.others,
                    to: activation, of: shape.count))
        }
        return activation
    }

    private var lastOutput: Buffer<Float> { plan.steps.last?.output ?? plan.input }

    private func tensor(_ shape: Shape, copying buffer: Buffer<Float>) -> Tensor {
        Tensor(Shape([count] + shape.extents), copying: buffer.pointer)
    }

    private func pass(_ step: Plan.Step) -> Pass {
        pass(
            from: step.input.pointer, of: step.inputSize, and: step.others,
            to: step.output.pointer, of: step.outputSize)
    }

    private func pass(
        from input: UnsafePointer<Float>, of inputSize: Int, and others: [Operand] = [],
        to output: UnsafeMutablePointer<Float>, of outputSize: Int
    ) -> Pass {
        Pass(
            count: count, mode: mode, statisticsMomentum: statisticsMomentum, workers: workers, input: input,
            inputSize: inputSize, others: others, output: output, outputSize: outputSize,
            scratch: scratch.pointer,
            scratchStride: scratchStride)
    }

    /// Each item is an operation.
    private struct Preparation: ParallelWork {
        let steps: [Plan.Step]
        let goesBack: Bool

        func run(item: Int, thread: Int) { steps[item].operation.prepare(goesBack: goesBack) }
    }
}
