import Tensors

/// Turns the image about its centre: torchvision's RandomRotation, but interpolated.
package struct Rotate: AffineAugmentation {
    package static let kind = "rotate"

    /// The farthest it turns to either side.
    package let degrees: Float
    package let probability: Float

    package init(degrees: Float = 10, probability: Float = usualProbability) {
        self.degrees = degrees
        self.probability = probability
    }

    package var declaration: String { "rotate \(degrees.typed)" }

    package func map(random: inout RandomStream) -> LinearMap {
        .rotation(degrees: random.uniform(in: -degrees...degrees))
    }
}
