import Datasets
import Tensors
import Testing

struct NormalizationTests {
    /// Two images of 1x2 pixels: channel 0 has 0, 100, 200, 100; channel 1 always 51; channel 2 255, 255, 255, 0.
    private let set = ImageSet(
        imageShape: [1, 2, 3], pixels: [0, 51, 255, 100, 51, 255, 200, 51, 255, 100, 51, 0], labels: [0, 1])

    @Test func measuresEachChannel() {
        let measured = Normalization(measuring: set)
        #expect(measured.mean == [100 / 255, 0.2, 0.75])
        // sqrt((100² + 0 + 100² + 0) / 4) of 255; a constant channel is not stretched.
        #expect(measured.deviation == [Float(5000.0.squareRoot() / 255), 1, Float((3.0 / 16).squareRoot())])
    }

    @Test func measuresOnlyTheGivenImages() {
        #expect(Normalization(measuring: set.subset([0])).mean == [50 / 255, 0.2, 1])
    }

    @Test func givesZeroMeanAndUnitDeviation() throws {
        let data = try Dataset.shapes(.small, seed: 1)
        let loader = BatchLoader(
            data.train, normalization: Normalization(measuring: data.train), order: .sequential,
            batchSize: 500)
        let batch = try #require(try loader.next())
        let scalars = batch.images.scalars
        for channel in 0..<3 {
            let values = stride(from: channel, to: scalars.count, by: 3).map { Double(scalars[$0]) }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            #expect(abs(mean) < 1e-4)
            #expect(abs(variance - 1) < 1e-4)
        }
    }

    @Test func canBeOff() throws {
        let off = Normalization.off(channels: 3)
        #expect("\(off)" == "off")
        #expect(
            "\(Normalization(mean: [0.28604, 0, 12.3456], deviation: [0.35302, 1, 1e-6]))"
                == "mean 0.286 0.0 12.3, deviation 0.353 1.0 1e-06")
        #expect(off.isOff && !Normalization(measuring: set).isOff)
        let batch = try #require(
            try BatchLoader(set, normalization: off, order: .sequential, batchSize: 2).next())
        let expected = [0, 51, 255, 100, 51, 255, 200, 51, 255, 100, 51, 0].map { Float($0) / 255 }
        #expect(zip(batch.images.scalars, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
}

extension ShapeSettings {
    /// 220 images, drawn in a blink.
    static var small: ShapeSettings {
        var settings = ShapeSettings()
        settings.count = 200
        settings.testCount = 20
        settings.size = 12
        return settings
    }
}
