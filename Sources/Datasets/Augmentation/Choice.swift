import Tensors

/// Does one of several changes to an image, each as often: torchvision's RandomChoice.
package struct ImageChoice: ImageAugmentation {
    package static let kind = "choice"

    package let options: [any ImageAugmentation]
    package let probability: Float

    package init(_ options: [any ImageAugmentation], probability: Float = usualProbability) {
        self.options = options
        self.probability = probability
    }

    package var declaration: String { declare(options) }
    package var needsUnitPixels: Bool { options.contains { $0.needsUnitPixels } }

    package func check(_ imageShape: Shape) throws(AugmentationError.Reason) {
        guard !options.isEmpty else { throw .emptyChoice }
        for option in options { try option.check(imageShape) }
    }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        let index = random.uniform(below: options.count)
        var stream = random.derived(UInt64(index))
        if options[index].happens(&stream) { options[index].apply(to: image, random: &stream) }
    }
}

/// Does one of several changes to a batch, each as often.
package struct BatchChoice: BatchAugmentation {
    package static let kind = "choice"

    package let options: [any BatchAugmentation]
    package let probability: Float

    package init(_ options: [any BatchAugmentation], probability: Float = usualProbability) {
        self.options = options
        self.probability = probability
    }

    package var declaration: String { declare(options) }

    package func check(_ imageShape: Shape) throws(AugmentationError.Reason) {
        for option in options { try option.check(imageShape) }
    }

    package func apply(to batch: inout Batch, scratch: Scratch, random: inout RandomStream) {
        let index = random.uniform(below: options.count)
        var stream = random.derived(UInt64(index))
        if options[index].happens(&stream) {
            options[index].apply(to: &batch, scratch: scratch, random: &stream)
        }
    }
}

private func declare(_ options: [any Augmentation]) -> String {
    "choice { \(options.map(\.description).joined(separator: "; ")) }"
}

/// The choice between changes of single images, or of whole batches.
///
/// - Throws: `AugmentationError.Reason.mixedChoice` for some of both, `.emptyChoice` for none.
package func choice(
    of options: [any Augmentation], probability: Float = 1
) throws(AugmentationError.Reason) -> any Augmentation {
    let images = options.compactMap { $0 as? any ImageAugmentation }
    let batches = options.compactMap { $0 as? any BatchAugmentation }
    if options.isEmpty { throw .emptyChoice }
    if images.count == options.count { return ImageChoice(images, probability: probability) }
    if batches.count == options.count { return BatchChoice(batches, probability: probability) }
    throw .mixedChoice
}
