import Tensors

/// How a source image of another shape becomes one of the set's.
package enum ImageFit: String, CaseIterable, Sendable {
    /// The largest part in the middle that has the wanted shape.
    case crop
    /// All of it, each axis scaled by itself.
    case stretch
    /// All of it, in the middle, with black bars; class 0 in a mask.
    case pad

    /// Which part of a source image goes to which part of the target.
    func placement(
        height: Int, width: Int, targetHeight: Int, targetWidth: Int
    ) -> (region: PixelRegion, place: PixelRegion) {
        var region = PixelRegion(height: height, width: width)
        var place = PixelRegion(height: targetHeight, width: targetWidth)
        switch self {
        case .stretch: break
        case .crop: region = place.inscribed(inHeight: height, width: width)
        case .pad: place = region.inscribed(inHeight: targetHeight, width: targetWidth)
        }
        return (region, place)
    }
}

extension PixelRegion {
    /// The largest region of this one's shape in the middle of so many rows and columns; at least one of each.
    fileprivate func inscribed(inHeight outerHeight: Int, width outerWidth: Int) -> PixelRegion {
        var inner = PixelRegion(height: outerHeight, width: outerWidth)
        // To the nearest pixel.
        if outerWidth * height > outerHeight * width {
            inner.width = max((2 * outerHeight * width + height) / (2 * height), 1)
        } else {
            inner.height = max((2 * outerWidth * height + width) / (2 * width), 1)
        }
        inner.top = (outerHeight - inner.height) / 2
        inner.left = (outerWidth - inner.width) / 2
        return inner
    }
}
