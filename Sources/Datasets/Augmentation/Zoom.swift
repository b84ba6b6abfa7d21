import Tensors

/// Makes what the image shows larger or smaller: the scale of torchvision's RandomAffine, interpolated.
package struct Zoom: AffineAugmentation {
    package static let kind = "zoom"

    /// How many times as large it gets, at least and at most.
    package let factors: ClosedRange<Float>
    package let probability: Float

    package init(factors: ClosedRange<Float> = 0.9...1.1, probability: Float = usualProbability) {
        precondition(factors.lowerBound > 0, "a factor above 0, not \(factors.lowerBound)")
        self.factors = factors
        self.probability = probability
    }

    package var declaration: String { "zoom \(factors.typed)" }

    package func map(random: inout RandomStream) -> LinearMap {
        .zoom(random.uniform(in: factors))
    }
}
