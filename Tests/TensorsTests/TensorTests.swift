import Tensors
import Testing

struct TensorTests {
    @Test func aCopyKeepsItsScalars() {
        let original = Tensor([2, 2], [1, 2, 3, 4])
        var changed = original
        changed.withUnsafeMutableBufferPointer { $0[0] = 9 }
        #expect(original.scalars == [1, 2, 3, 4])
        #expect(changed.scalars == [9, 2, 3, 4])
    }

    @Test func memoryIsAlignedForTheWidestRegisters() {
        for count in [1, 3, 100] {
            Tensor(zeros: [count]).withUnsafeBufferPointer {
                #expect(UInt(bitPattern: $0.baseAddress) % 64 == 0)
            }
        }
    }

    @Test func matricesAreTransposedOneByOne() {
        let tensor = Tensor([2, 2, 3], (0..<12).map(Float.init))
        let transposed = tensor.transposingMatrices(rows: 2, columns: 3, as: [2, 3, 2])
        #expect(transposed.scalars == [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11])
        #expect(transposed.transposingMatrices(rows: 3, columns: 2, as: [2, 2, 3]).scalars == tensor.scalars)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func nonFiniteScalarsAreFound(value: Float) {
        var scalars = [Float](repeating: .greatestFiniteMagnitude, count: 40)
        #expect(Tensor([40], scalars).firstNonFinite == nil)
        scalars[37] = value
        scalars[39] = value
        #expect(Tensor([40], scalars).firstNonFinite == 37)
    }

    @Test func emptyTensorsAreTensors() {
        let empty = Tensor(zeros: [0, 3])
        #expect(empty.scalars.isEmpty && empty.firstNonFinite == nil)
        #expect(empty.transposingMatrices(rows: 0, columns: 3, as: [3, 0]).count == 0)
    }
}
