import Networks
import Tensors
import Training

/// How the finite numbers of a tensor lie in their range, finely enough to be drawn over another one.
package struct Distribution: Hashable, Sendable {
    package let range: ClosedRange<Float>
    /// Of numbers in equal parts of the range.
    package let counts: [Int]

    private static let parts = 64

    /// Nil without a finite number.
    package init?(of tensor: Tensor) {
        guard let range = tensor.summary.range else { return nil }
        self.range = range
        counts = tensor.histogram(bins: Self.parts, over: range)
    }

    /// The share of the numbers in each of `bins` equal parts of a range around this one; a count of a part that lies
    /// across two of them is shared out by length.
    package func shares(bins: Int, over wider: ClosedRange<Float>) -> [Double] {
        var shares = [Double](repeating: 0, count: bins)
        let scale = Double(bins) / (Double(wider.upperBound) - Double(wider.lowerBound))
        let all = Double(counts.reduce(0, +))
        /// In bins from the start of the wider range.
        func place(_ part: Int) -> Double {
            let share = Double(part) / Double(counts.count)
            let value = Double(range.lowerBound) * (1 - share) + Double(range.upperBound) * share
            return min(max((value - Double(wider.lowerBound)) * scale, 0), Double(bins))
        }
        for (part, count) in counts.enumerated() where count > 0 {
            let (start, end) = (place(part), place(part + 1))
            let (first, last) = (min(Int(start), bins - 1), min(Int(end), bins - 1))
            for bin in first...last {
                let overlap = min(end, Double(bin + 1)) - max(start, Double(bin))
                shares[bin] += Double(count) / all * (end > start ? overlap / (end - start) : 1)
            }
        }
        return shares
    }
}

extension Trainer {
    /// How a layer's weight, its gradient or what the layer gave lies after a step; nil where there is none.
    package func distribution(of subject: Statistics.Subject, layer: Int) -> Distribution? {
        let weight = network.layers[layer].parameters.first
        switch subject {
        case .weights: return weight.flatMap { Distribution(of: $0.value) }
        case .gradients:
            return holdsStep && phase != .forwarded ? weight.flatMap { Distribution(of: $0.gradient) } : nil
        case .activations: return holdsStep ? Distribution(of: executor.activation(of: layer)) : nil
        case .updates:
            guard let weight, let before = valuesBeforeUpdate else { return nil }
            let index = network.layers[..<layer].reduce(0) { $0 + $1.parameters.count }
            var change = weight.value
            change.combine(-1, before[index], 1)
            return Distribution(of: change)
        }
    }
}
