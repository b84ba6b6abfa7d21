import Tensors

/// Enlarges a random part of the image to the whole: torchvision's RandomResizedCrop (Szegedy et al., 2015).
///
/// As the first stage it chooses from the source image, whatever its size.
package struct ResizedCrop: ImageAugmentation {
    package static let kind = "resizedcrop"

    /// How large the part is, as a share of the image's area.
    package let scale: ClosedRange<Double>
    /// Its width over its height, drawn evenly on a logarithmic scale.
    package let ratio: ClosedRange<Double>
    package let probability: Float

    package init(
        scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 0.75...1.333,
        probability: Float = usualProbability
    ) {
        precondition(ratio.lowerBound > 0, "a ratio above 0, not \(ratio.lowerBound)")
        self.scale = scale
        self.ratio = ratio
        self.probability = probability
    }

    package var declaration: String {
        "resizedcrop scale=\(scale.typed) ratio=\(ratio.typed)"
    }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        image.enlarge(region(height: image.height, width: image.width, random: &random))
    }

    /// A part of an image of so many rows and columns: ten tries, then the largest in the middle that the ratio allows.
    package func region(height: Int, width: Int, random: inout RandomStream) -> PixelRegion {
        for _ in 0..<10 {
            let (columns, rows) = random.sides(area: height * width, share: scale, ratio: ratio)
            guard (1...Double(width)).contains(columns), (1...Double(height)).contains(rows) else { continue }
            let part = Size(height: Int(rows), width: Int(columns))
            return PixelRegion(
                top: random.uniform(below: height - part.height + 1),
                left: random.uniform(below: width - part.width + 1), height: part.height, width: part.width)
        }
        let own = Double(width) / Double(height)
        let allowed = min(max(own, ratio.lowerBound), ratio.upperBound)
        let rows = own < allowed ? max(Int((Double(width) / allowed).rounded()), 1) : height
        let columns = own > allowed ? max(Int((Double(height) * allowed).rounded()), 1) : width
        return PixelRegion(
            top: (height - rows) / 2, left: (width - columns) / 2, height: rows, width: columns)
    }
}

/// What the first stage chooses of a source image.
struct SourceCrop: RegionChooser {
    let crop: ResizedCrop
    /// Of this stage of this image, its probability drawn.
    let random: RandomStream

    func region(height: Int, width: Int) -> PixelRegion {
        var random = random
        return crop.region(height: height, width: width, random: &random)
    }
}
