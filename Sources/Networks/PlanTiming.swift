import Tensors

/// How long a training step takes, part by part; the optimizer's update is not in it.
package struct PlanTiming: Hashable, Sendable {
    /// Seconds to bring all weights into the order in which the kernels read them.
    package let preparation: Double
    /// In the order of the forward pass.
    package let steps: [StepTiming]
    /// Seconds of the loss.
    package let loss: Double

    /// Seconds of the whole step.
    package var total: Double { steps.reduce(preparation + loss) { $0 + $1.forward + $1.backward } }
}

/// How long one operation takes.
package struct StepTiming: Hashable, Sendable {
    package let step: PlannedStep
    /// Seconds for a whole batch.
    package let forward: Double
    /// Seconds for a whole batch; 0 if nothing up to the step is trained.
    package let backward: Double
}

extension Executor {
    /// What the plan does, in order.
    package var plannedSteps: [PlannedStep] {
        plan.steps.map { step in
            let forward = step.layers.reduce(0) { $0 + network.layers[$1].multiplyAdds }
            // The weights' gradient costs as much as the forward pass, and so does the input's.
            let backward = step.gradients.map { $0.input == nil ? forward : 2 * forward } ?? 0
            return PlannedStep(
                layers: step.layers.map { network.layers[$0].name }, algorithm: step.operation.algorithm,
                multiplyAdds: forward + backward)
        }
    }

    /// Runs a whole batch of noise through training passes, and takes the shortest time of each part,
    /// which other work on the machine disturbs least.
    ///
    /// Parameters, running statistics and gradients stay as they are; activations do not.
    package func measure(repetitions: Int = 11) -> PlanTiming {
        precondition(repetitions >= 1, "at least one repetition")
        let (statistics, gradients) = (network.buffers.map(\.value), network.parameters.map(\.gradient))
        defer {
            for (buffer, value) in zip(network.buffers, statistics) { buffer.value = value }
            for (parameter, gradient) in zip(network.parameters, gradients) { parameter.gradient = gradient }
        }
        var random = RandomStream(seed: 1, name: "measure")
        let images = random.normal(Shape([batchSize] + network.input.extents), deviation: 1)
        let labels = [Int32](repeating: 0, count: batchSize * labelsPerImage)
        let mode = Mode.training(dropout: random)
        // Once to wake the threads and to touch the memory.
        forward(images, count: batchSize, mode: mode)
        _ = computeLoss(labels: labels)
        backward()

        let count = plan.steps.count
        var (preparation, loss): ([Double], [Double]) = ([], [])
        var (forward, backward) = (
            [[Double]](repeating: [], count: count), [[Double]](repeating: [], count: count)
        )
        for _ in 0..<repetitions {
            preparation.append(seconds { prepare() })
            for (index, step) in plan.steps.enumerated() {
                forward[index].append(seconds { self.forward(step) })
            }
            loss.append(seconds { _ = computeLoss(labels: labels) })
            for (index, step) in plan.steps.enumerated().reversed() {
                backward[index].append(seconds { self.backward(step) })
            }
        }
        let steps = plannedSteps.enumerated().map { index, step in
            StepTiming(step: step, forward: shortest(forward[index]), backward: shortest(backward[index]))
        }
        return PlanTiming(preparation: shortest(preparation), steps: steps, loss: shortest(loss))
    }

    private func seconds(_ work: () -> Void) -> Double { ContinuousClock().measure(work) / .seconds(1) }

    private func shortest(_ values: [Double]) -> Double { values.min() ?? 0 }
}
