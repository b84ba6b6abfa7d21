import Tensors
import TestSupport
import Testing

struct MapTests {
    private let image = Tensor([1, 2, 3], [1, -4, 2, 0, 3, -3])

    @Test func channelsBecomeMaps() {
        #expect(image.maps.shape == [3, 1, 2] && image.maps.scalars == [1, 0, -4, 3, 2, -3])
        #expect(image.maps.part(1).scalars == [-4, 3] && image.maps.means == [0.5, -0.5, -0.5])
    }

    @Test func channelsBecomeOne() {
        #expect(image.largestMagnitudes.scalars == [4, 3])
        #expect(image.rectifiedSum(weights: [1, 1, 2]).scalars == [1, 0])
        #expect(image.maps.rootOfSquares.scalars == [Float(21).squareRoot(), Float(18).squareRoot()])
    }

    @Test func numbersBecomeBytes() {
        let numbers = Tensor([6], [-2, -1, 0, 1, 5, .nan])
        #expect(numbers.bytes(over: -1...1) == [0, 0, 128, 255, 255, 0])
        #expect(numbers.bytes(over: 0...0) == [0, 0, 0, 255, 255, 0])
        #expect(Tensor([1], [-.infinity]).bytes(over: 0...1) == [0])
    }

    /// `interpolate(..., mode="bilinear", align_corners=False)`.
    @Test func mapsAreScaledAsByTorch() {
        let small = Tensor([1, 2], [0, 4])
        #expect(small.scaled(height: 2, width: 4).scalars == [0, 1, 3, 4, 0, 1, 3, 4])
        #expect(small.scaled(height: 1, width: 2).bits == small.bits)
    }

    @Test func theFirstOfTheLargestIsFound() {
        let rows = Tensor([3, 3], [1, 5, 5, -1, -2, -3, .nan, 1, 2])
        #expect(Array(rows.largestOfRows(of: 3).prefix(2)) == [1, 0])
    }

    @Test func productsAndMagnitudes() {
        #expect(Tensor([2], [2, 1]).product(Tensor([2], [-1, 3])) == 1)
        #expect(Tensor([2], [-3, 1]).meanMagnitude == 2)
    }
}
