import CommandLanguage
import Datasets

extension Dataset {
    /// The masks of training images, a colour for each class; nil if there are none.
    func maskGrid(_ indices: [Int]) throws(DatasetError) -> ImageGrid? {
        guard isSegmentation else { return nil }
        return ImageGrid(
            try indices.map { (index) throws(DatasetError) in
                ImageGrid.Image(
                    caption: "mask", height: imageShape[0], width: imageShape[1], channels: 3,
                    bytes: try train.mask(at: index).flatMap(Self.color))
            })
    }

    /// Black for class 0, which is the background where there is one, then colours that are easy to tell apart; from
    /// the tenth class on they come again.
    private static func color(of label: UInt8) -> [UInt8] {
        label == 0 ? [0, 0, 0] : palette[Int(label - 1) % palette.count]
    }

    /// Of Okabe and Ito (2008), which also colour-blind people can tell apart, and two more.
    private static let palette: [[UInt8]] = [
        [230, 159, 0], [86, 180, 233], [0, 158, 115], [240, 228, 66], [0, 114, 178], [213, 94, 0],
        [204, 121, 167],
        [255, 255, 255], [128, 128, 128],
    ]
}
