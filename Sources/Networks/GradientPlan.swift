import Tensors

/// Where each step of a plan finds and leaves gradients on the way back.
///
/// A gradient is needed from the first step back that writes it to the step that made the value: then its memory is
/// another's. Where a value is read more than once, as around a residual block, each later writer adds to what is there.
struct GradientPlan {
    /// One step's, as many images each as the batch has.
    struct Step {
        /// With respect to the step's output.
        let output: Buffer<Float>
        /// With respect to its input; nil if nothing before it is trained.
        let input: Target?
        /// With respect to what it joins with the input; nil where nothing before that is trained.
        let others: [Target?]
        /// The same as the operation gets them.
        let otherGradients: [OperandGradient]
    }

    /// Where a gradient goes.
    struct Target {
        let memory: Buffer<Float>
        /// What `memory` is to be added to afterwards, because another step has written there; else nil.
        let sum: Buffer<Float>?
    }

    /// In the order of the plan's steps.
    let steps: [Step?]
    /// Where the loss writes the gradient with respect to the network's output.
    let loss: Buffer<Float>
    /// With respect to the images, if asked for.
    let images: Buffer<Float>?

    init(_ fused: [Plan.Fused], of network: Network, _ settings: PlanSettings) {
        var trained: Set<Source> = settings.givesInputGradient ? [.images] : []
        for (index, layer) in network.layers.enumerated()
        where !layer.parameters.isEmpty || layer.sources.contains(where: trained.contains) {
            trained.insert(.layer(index))
        }
        func size(_ source: Source) -> Int {
            switch source {
            case .images: network.input.count
            case .layer(let index): network.layers[index].output.count
            }
        }

        var places = Places()
        let last = fused.last.map { Source.layer($0.lastLayer) } ?? .images
        let loss = places.take(size(last))
        /// The gradients that have been written and not yet used.
        var written = [last: loss]
        var steps: [(output: Int, input: Destination?, others: [Destination?])?] = []
        for entry in fused.reversed() {
            let value = Source.layer(entry.lastLayer)
            guard trained.contains(value), let output = written.removeValue(forKey: value) else {
                steps.append(nil)
                continue
            }
            func destination(_ source: Source, inPlace: Bool) -> Destination? {
                guard trained.contains(source) else { return nil }
                let place = inPlace ? output : places.take(size(source))
                let sum = written[source]
                if sum == nil { written[source] = place }
                return Destination(place: place, sum: sum)
            }
            let others = entry.others.map { destination($0, inPlace: false) }
            let input = destination(entry.source, inPlace: entry.operation.worksInPlace)
            steps.append((output, input, others))
            // Sorted, so that the same network always has the same memory.
            for place in Set([output] + (others + [input]).compactMap { $0?.place }).sorted()
            where !written.values.contains(place) {
                places.giveBack(place)
            }
        }

        let memory = places.sizes.map { Buffer<Float>(zeros: $0 * settings.batchSize) }
        func target(_ destination: Destination?) -> Target? {
            destination.map { Target(memory: memory[$0.place], sum: $0.sum.map { memory[$0] }) }
        }
        self.steps = zip(fused, steps.reversed()).map { entry, step in
            step.map { step in
                let others = step.others.map(target)
                return Step(
                    output: memory[step.output], input: target(step.input), others: others,
                    otherGradients: zip(others, entry.others).map {
                        OperandGradient(memory: $0?.memory.pointer, size: size($1))
                    })
            }
        }
        self.loss = memory[loss]
        images = written[.images].map { memory[$0] }
    }

    private struct Destination {
        let place: Int
        let sum: Int?
    }

    /// Memory that is handed out and given back while the plan is made; it gets its size in the end.
    private struct Places {
        private(set) var sizes: [Int] = []
        private var free: [Int] = []

        mutating func take(_ size: Int) -> Int {
            guard let largest = free.indices.max(by: { sizes[free[$0]] < sizes[free[$1]] }) else {
                sizes.append(size)
                return sizes.count - 1
            }
            let place = free.remove(at: largest)
            sizes[place] = max(sizes[place], size)
            return place
        }

        mutating func giveBack(_ place: Int) { free.append(place) }
    }
}
