import Tensors
import Testing

struct ShapeTests {
    @Test(
        arguments: [
            ([28, 28, 1], "28x28x1", 784), ([], "", 1), ([7], "7", 7),
            ([3, 0, .max], "3x0x9223372036854775807", 0),
        ] as [(Shape, String, Int)])
    func countAndDescription(shape: Shape, text: String, count: Int) {
        #expect(shape.description == text)
        #expect(shape.count == count)
        #expect(shape.rank == shape.extents.count)
    }

    @Test func aCountThatOverflowsIsNone() {
        #expect(Shape([1 << 40, 1 << 40]).checkedCount == nil)
        #expect(Shape([1 << 31, 1 << 31]).checkedCount == 1 << 62)
    }
}
