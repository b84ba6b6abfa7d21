import CommandLanguage
import Datasets
import Diagnosis
import Tensors

// Numbers as pictures: brightness tells, and the captions and lines around them say the same in words.

extension ImageGrid.Image {
    /// A map, `[H, W]`, from black at the lower end of the range to white at the upper end.
    fileprivate init(_ map: Tensor, over range: ClosedRange<Float>, caption: String) {
        self.init(
            caption: caption, height: map.shape[0], width: map.shape[1], channels: 1,
            bytes: map.bytes(over: range))
    }
}

extension Tensor {
    /// From black for 0 to white for its largest number.
    fileprivate func picture(_ caption: String) -> ImageGrid.Image {
        ImageGrid.Image(self, over: 0...largestFiniteMagnitude, caption: caption)
    }

    /// `row 3, column 5`: where its largest number is, counted from 0.
    fileprivate var brightestPlace: String {
        let place = Int(largestOfRows(of: count)[0])
        return "row \(place / shape[1]), column \(place % shape[1])"
    }
}

extension Filters {
    /// A picture for each filter.
    func pictures(atMost most: Int) -> [Displayable] {
        let shown = 0..<min(count, most)
        guard channels == 1 || channels == 3 else {
            let energies = shown.map { energy(of: $0) }
            let largest = energies.map(\.largestFiniteMagnitude).max() ?? 0
            let pictures = shown.map { filter in
                ImageGrid.Image(energies[filter], over: 0...largest, caption: caption(filter))
            }
            let scale =
                "length over the \(channels) channels, white is \(Figures.brief(Double(largest))); `filter=` draws one's channels"
            return [
                .text(line(shown.count, of: count, "filter") + StyledText(scale)),
                .image(ImageGrid(pictures)),
            ]
        }
        let pictures = shown.map { filter in
            let weights = weight.part(filter)
            // Channels last: `[K_y, K_x, C]`.
            let pixels = weights.transposingMatrices(
                rows: channels, columns: weights.shape[1] * weights.shape[2],
                as: [weights.shape[1], weights.shape[2], channels])
            return ImageGrid.Image(
                caption: caption(filter), height: pixels.shape[0], width: pixels.shape[1], channels: channels,
                bytes: pixels.bytes(over: range))
        }
        return [
            .text(line(shown.count, of: count, "filter") + StyledText(scale)), .image(ImageGrid(pictures)),
        ]
    }

    /// A picture for each channel of one filter.
    func channelPictures(of filter: Int, atMost most: Int) -> [Displayable] {
        let shown = 0..<min(channels, most)
        let maps = weight.part(filter)
        let pictures = shown.map { ImageGrid.Image(maps.part($0), over: range, caption: "channel \($0)") }
        return [
            .text(line(shown.count, of: channels, "channel", "filter \(filter), ") + StyledText(scale)),
            .image(ImageGrid(pictures)),
        ]
    }

    /// Grey in the middle is 0.
    private var range: ClosedRange<Float> { -weight.largestFiniteMagnitude...weight.largestFiniteMagnitude }

    private var scale: String {
        let largest = Figures.brief(Double(weight.largestFiniteMagnitude))
        return channels == 3
            ? "grey is 0, each colour from -\(largest) to \(largest)"
            : "grey is 0, black -\(largest), white \(largest)"
    }

    private func line(_ shown: Int, of count: Int, _ noun: String, _ owner: String = "") -> StyledText {
        let what =
            shown < count
            ? "the first \(shown) of \(Figures.count(count, noun))" : Figures.count(count, noun)
        return StyledText(layer, .strong) + ": \(owner)\(what), \(weight.shape[2])x\(weight.shape[3]); "
    }

    private func caption(_ filter: Int) -> String {
        "\(filter): \(Figures.brief(weight.part(filter).sumOfSquares.squareRoot()))"
    }
}

extension ActivationMaps {
    func pictures(atMost most: Int) -> [Displayable] {
        let count = maps.shape[0]
        let shown = 0..<min(count, most)
        let range = maps.summary.range ?? 0...0
        let scale = min(range.lowerBound, 0)...max(range.upperBound, 0)
        let pictures = shown.map { channel in
            let map = maps.part(channel)
            return ImageGrid.Image(map, over: scale, caption: "\(channel)\n\(map.rangeWords)")
        }
        let what =
            shown.count < count
            ? "the first \(shown.count) of \(Figures.count(count, "map"))" : Figures.count(count, "map")
        return [
            .text(
                StyledText(layer, .strong)
                    + ": \(what) of \(maps.shape[1])x\(maps.shape[2]), from \(Figures.brief(Double(scale.lowerBound))) in black to \(Figures.brief(Double(scale.upperBound))) in white"
            ), .image(ImageGrid(pictures)),
        ]
    }
}

extension Tensor {
    /// `0..2.1`, or `all 0`.
    fileprivate var rangeWords: String {
        guard let range = summary.range else { return "not finite" }
        let (lower, upper) = (
            Figures.brief(Double(range.lowerBound)), Figures.brief(Double(range.upperBound))
        )
        return range.lowerBound == range.upperBound ? "all \(lower)" : "\(lower)..\(upper)"
    }
}

extension Explanation {
    /// The image, its gradient, Grad-CAM, and the image lit by that.
    func pictures(of original: ImageGrid, _ classes: [String]) -> ImageGrid {
        var pictures = original.images + [saliency.picture("gradient\n\(classes[target])")]
        guard let attention, let image = original.images.first else { return ImageGrid(pictures) }
        let map = attention.map.scaled(height: image.height, width: image.width)
        pictures.append(map.picture("grad-cam\n\(attention.layer)"))
        pictures.append(image.lit(by: map.bytes(over: 0...map.largestFiniteMagnitude), caption: "lit by it"))
        return ImageGrid(pictures)
    }

    /// The score, and where the brightest places are.
    func words(_ classes: [String]) -> StyledText {
        StyledText(classes[target], .strong) + ": score \(Figures.decimal(score))\n"
            + "gradient: largest at \(saliency.brightestPlace), \(Figures.brief(Double(saliency.largestFiniteMagnitude)))\n"
            + StyledText("Grad-CAM: \(attention?.words ?? "this model has no convolution")")
    }
}

extension Explanation.Attention {
    fileprivate var words: String {
        let source = "of \(layer), \(map.shape[0])x\(map.shape[1]), "
        return source
            + (map.largestFiniteMagnitude > 0
                ? "largest at \(map.brightestPlace)" : "0 everywhere: nothing there speaks for the class")
    }
}

extension ImageGrid.Image {
    /// Darker where the light, a byte for each pixel, is; a fifth of the brightness stays.
    fileprivate func lit(by light: [UInt8], caption: String) -> ImageGrid.Image {
        ImageGrid.Image(
            caption: caption, height: height, width: width, channels: channels,
            bytes: bytes.enumerated().map { index, byte in
                UInt8(Int(byte) * (51 + Int(light[index / channels]) * 4 / 5) / 255)
            })
    }
}
