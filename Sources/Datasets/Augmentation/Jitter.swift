import CKernels
import Tensors

/// Changes brightness, contrast, saturation and hue, in random order: torchvision's ColorJitter.
///
/// A factor is drawn from `1 - amount...1 + amount`, but not below 0; the hue turns by a part of the circle from
/// `-hue...hue`. Grey images have no saturation and no hue to change.
package struct Jitter: ImageAugmentation {
    package static let kind = "jitter"

    package let brightness: Float
    package let contrast: Float
    package let saturation: Float
    /// 0...0.5
    package let hue: Float
    package let probability: Float

    package init(
        brightness: Float = 0.2, contrast: Float = 0.2, saturation: Float = 0.2, hue: Float = 0.05,
        probability: Float = usualProbability
    ) {
        precondition((0...0.5).contains(hue), "at most half the circle, not \(hue)")
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.hue = hue
        self.probability = probability
    }

    package var declaration: String {
        "jitter brightness=\(brightness.typed) contrast=\(contrast.typed) saturation=\(saturation.typed) hue=\(hue.typed)"
    }

    package var needsUnitPixels: Bool { true }

    package func apply(to image: AugmentedImage, random: inout RandomStream) {
        func factor(_ amount: Float) -> Float { random.uniform(in: max(1 - amount, 0)...1 + amount) }
        var changes: InlineArray<4, AugmentedImage.ColorChange> = [
            .brightness(factor(brightness)), .contrast(factor(contrast)), .saturation(factor(saturation)),
            .hue(random.uniform(in: -hue...hue)),
        ]
        for last in stride(from: changes.count - 1, to: 0, by: -1) {
            changes.swapAt(last, random.uniform(below: last + 1))
        }
        for index in changes.indices { image.change(changes[index]) }
    }
}

extension AugmentedImage {
    /// A change of colours with its factor, 1 for none; of the hue with its turn as a part of the circle, 0 for none.
    package enum ColorChange: Sendable {
        case brightness(Float)
        case contrast(Float)
        case saturation(Float)
        case hue(Float)
    }

    /// Changes pixels in 0...1 and keeps them there.
    package func change(_ change: ColorChange) {
        switch change {
        case .brightness(1), .contrast(1), .saturation(1), .hue(0): return
        case .brightness(let factor): cairn_blend(pixels.count, factor, 0, base)
        case .contrast(let factor): cairn_blend(pixels.count, factor, meanGrey, base)
        case .saturation(let factor): if isColored { cairn_color_saturate(height * width, factor, base) }
        case .hue(let turn): if isColored { cairn_color_turn_hue(height * width, turn, base) }
        }
    }

    private var meanGrey: Float {
        isColored
            ? Float(cairn_color_grey_sum(height * width, base) / Double(height * width))
            : Float(cairn_sum(pixels.count, base) / Double(pixels.count))
    }
}
