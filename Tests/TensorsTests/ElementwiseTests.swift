import Tensors
import TestSupport
import Testing

struct ElementwiseTests {
    @Test func combineIsALinearCombination() {
        var y = Tensor([3], [1, 2, 3])
        y.combine(2, Tensor([3], [10, 20, 30]), 0.5)
        #expect(y.scalars == [20.5, 41, 61.5])
    }

    @Test func assignKeepsTheOthersMemoryApart() {
        let source = Tensor([2], [1, .nan])
        var target = Tensor(zeros: [2])
        let copy = target
        target.assign(source)
        #expect(target.bits == source.bits && copy.scalars == [0, 0])
        target.combine(1, target, 1)
        #expect(source.scalars[0] == 1)
    }

    @Test func magnitudesLeaveOutWhatIsNotFinite() {
        let tensor = Tensor([5], [1, -3, .nan, -.infinity, 2])
        #expect(tensor.largestFiniteMagnitude == 3 && tensor.nonFiniteCount == 2)
        #expect(Tensor([2], [.nan, .infinity]).largestFiniteMagnitude == 0)
    }

    @Test func normalizeScalesEachChannel() {
        let bytes: [UInt8] = [0, 255, 10, 100]
        var floats = [Float](repeating: 0, count: 4)
        bytes.withUnsafeBufferPointer { bytes in
            floats.withUnsafeMutableBufferPointer {
                normalize(bytes, scale: [1, 2], shift: [0.5, -1], into: $0)
            }
        }
        #expect(floats == [0.5, 509, 10.5, 199])
    }
}
