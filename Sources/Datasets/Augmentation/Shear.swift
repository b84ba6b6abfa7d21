import Tensors

/// Leans the image to the left or right: the shear of torchvision's RandomAffine, interpolated.
package struct Shear: AffineAugmentation {
    package static let kind = "shear"

    /// The farthest that upright lines lean to either side, below 90.
    package let degrees: Float
    package let probability: Float

    package init(degrees: Float = 10, probability: Float = usualProbability) {
        self.degrees = degrees
        self.probability = probability
    }

    package var declaration: String { "shear \(degrees.typed)" }

    package func map(random: inout RandomStream) -> LinearMap {
        .shear(degrees: random.uniform(in: -degrees...degrees))
    }
}
