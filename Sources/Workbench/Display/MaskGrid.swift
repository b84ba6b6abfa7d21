import CommandLanguage
import Datasets

extension Dataset {
    /// The masks of a set's images, a colour for each class; nil if there are none.
    func maskGrid(_ indices: [Int], of set: ImageSet) throws(DatasetError) -> ImageGrid? {
        guard isSegmentation else { return nil }
        return ImageGrid(
            try indices.map { (index) throws(DatasetError) in
                mask(try set.mask(at: index).map(Int32.init), caption: "mask")
            })
    }

    /// The classes of an image's pixels, a colour for each.
    func mask(_ labels: [Int32], caption: String) -> ImageGrid.Image {
        ImageGrid.Image(
            caption: caption, height: imageShape[0], width: imageShape[1], channels: 3,
            bytes: labels.flatMap(Self.color), signs: labels.map(Self.sign))
    }

    /// `masks: 0 background black, 1 circle orange, ...`
    var maskLegend: StyledText {
        let words = classes.enumerated().prefix(Self.palette.count + 1).map { label, name in
            "\(label) \(name) \(label == 0 ? "black" : Self.palette[label - 1].name)"
        }
        return StyledText(
            "masks: " + words.joined(separator: ", ") + (words.count < classes.count ? ", ..." : ""), .faint)
    }

    /// Black for class 0, which is the background where there is one, then colours that are easy to tell apart; from
    /// the tenth class on they come again.
    private static func color(of label: Int32) -> [UInt8] {
        label == 0 ? [0, 0, 0] : palette[Int(label - 1) % palette.count].color
    }

    /// The last digit of a class, where there are no colours; the background stays blank.
    private static func sign(of label: Int32) -> Character {
        label == 0 ? " " : Character(String(label % 10))
    }

    /// Of Okabe and Ito (2008), which also colour-blind people can tell apart, and two more.
    private static let palette: [(name: String, color: [UInt8])] = [
        ("orange", [230, 159, 0]), ("sky blue", [86, 180, 233]), ("green", [0, 158, 115]),
        ("yellow", [240, 228, 66]), ("blue", [0, 114, 178]), ("vermilion", [213, 94, 0]),
        ("purple", [204, 121, 167]), ("white", [255, 255, 255]), ("grey", [128, 128, 128]),
    ]
}
