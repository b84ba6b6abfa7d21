import Tensors
import Training

/// How the weights and running statistics of two trainings differ, layer by layer.
package struct StateDifference: Sendable {
    package struct Layer: Hashable, Sendable {
        package enum Comparison: Hashable, Sendable {
            /// Every bit.
            case same
            /// `ratio` is `‖A - B‖ / ‖A‖` over the layer's tensors, infinite where A is all zeros.
            case changed(ratio: Double, largest: Change)
            /// A tensor has other shapes on both sides, in PyTorch's order.
            case reshaped(tensor: String, from: Shape, to: Shape)
            /// A tensor is there on one side alone: a bias.
            case lacking(tensor: String)
            case onlyInFirst
            case onlyInSecond
        }

        package let name: String
        package let comparison: Comparison
    }

    /// The number that changed most.
    package struct Change: Hashable, Sendable {
        package let tensor: String
        /// In PyTorch's order.
        package let place: [Int]
        package let from: Float
        package let to: Float

        package var size: Double { abs(Double(to) - Double(from)) }
    }

    /// In the order of the first model's layers, then those that only the second has.
    package let layers: [Layer]
    /// `‖A - B‖ / ‖A‖` over all layers that both have in one shape; nil without any, or if A is all zeros there.
    package let ratio: Double?
    /// Whether what the optimizers remember is the same, to the bit.
    package let hasSameOptimizerState: Bool

    /// Whether all layers are the same.
    package var isSame: Bool { layers.allSatisfy { $0.comparison == .same } }

    package init(from a: TrainingState, to b: TrainingState) {
        let (first, second) = (a.tensorsByLayer, b.tensorsByLayer)
        var (difference, size) = (0.0, 0.0)
        let shared = first.map { layer in
            guard let other = second.first(where: { $0.name == layer.name }) else {
                return Layer(name: layer.name, comparison: .onlyInFirst)
            }
            let comparison = LayerComparison(layer.tensors, other.tensors)
            difference += comparison.difference
            size += comparison.size
            return Layer(name: layer.name, comparison: comparison.result)
        }
        let names = Set(first.map(\.name))
        layers =
            shared
            + second.filter { !names.contains($0.name) }.map {
                Layer(name: $0.name, comparison: .onlyInSecond)
            }
        ratio = size == 0 ? nil : (difference / size).squareRoot()
        let (slots, others) = (a.optimizer.slots.joined().joined(), b.optimizer.slots.joined().joined())
        hasSameOptimizerState =
            a.optimizer.stepCounts == b.optimizer.stepCounts && Array(slots).count == Array(others).count
            && zip(slots, others).allSatisfy { $0.isIdentical(to: $1) }
    }
}

/// The tensors of one layer on both sides.
private struct LayerComparison {
    let result: StateDifference.Layer.Comparison
    /// Sums of squares, of what both have in one shape.
    let difference: Double
    let size: Double

    init(_ a: [NamedTensor], _ b: [NamedTensor]) {
        var (difference, size) = (0.0, 0.0)
        var largest: StateDifference.Change?
        let (names, others) = (a.map(\.name), b.map(\.name))
        if let tensor = (names + others).first(where: { !(names.contains($0) && others.contains($0)) }) {
            result = .lacking(tensor: tensor)
            (self.difference, self.size) = (0, 0)
            return
        }
        for (a, b) in zip(a, b) {
            let (from, to) = (a.exported, b.exported)
            guard from.shape == to.shape else {
                result = .reshaped(tensor: a.name, from: from.shape, to: to.shape)
                (self.difference, self.size) = (0, 0)
                return
            }
            let found = from.difference(to: to)
            difference += found.sumOfSquares
            size += from.sumOfSquares
            guard let change = found.largest else { continue }
            let candidate = StateDifference.Change(
                tensor: a.name, place: from.shape.place(of: change.index), from: change.from, to: change.to)
            // NaN is larger than all.
            if largest.map({ !(candidate.size <= $0.size) && !$0.size.isNaN }) ?? true { largest = candidate }
        }
        result =
            largest.map { change in
                // 0 and -0 are not the same, and no distance apart.
                .changed(ratio: difference == 0 ? 0 : (difference / size).squareRoot(), largest: change)
            } ?? .same
        (self.difference, self.size) = (difference, size)
    }
}

extension TrainingState {
    /// In order.
    fileprivate var tensorsByLayer: [(name: String, tensors: [NamedTensor])] {
        var layers: [(name: String, tensors: [NamedTensor])] = []
        for tensor in tensors {
            let layer = tensor.name.split(separator: ".").dropLast().joined(separator: ".")
            if layers.last?.name == layer {
                layers[layers.count - 1].tensors.append(tensor)
            } else {
                layers.append((layer, [tensor]))
            }
        }
        return layers
    }
}

extension Shape {
    /// The index of a scalar along each axis.
    fileprivate func place(of index: Int) -> [Int] {
        var rest = index
        let reversed = extents.reversed().map { extent in
            defer { rest /= extent }
            return rest % extent
        }
        return reversed.reversed()
    }
}
