import Tensors
import TestSupport
import Testing

struct MatrixProductTests {
    /// All four ways to read two matrices, against three plain loops.
    @Test(arguments: [(1, 1, 1), (3, 4, 5), (17, 9, 33), (1, 20, 7), (8, 1, 1)], [false, true])
    func productIsTheSumOfProducts(sizes: (Int, Int, Int), accumulating: Bool) {
        let (rows, columns, inner) = sizes
        var random = RandomStream(key: 1)
        let a = random.normal([rows, inner], deviation: 1)
        let b = random.normal([inner, columns], deviation: 1)
        let start = random.normal([rows, columns], deviation: 1)
        let (x, y) = (a.scalars, b.scalars)
        let expected = (0..<rows * columns).map { index -> Float in
            let (row, column) = (index / columns, index % columns)
            let product = (0..<inner).reduce(0.0) {
                $0 + Double(x[row * inner + $1]) * Double(y[$1 * columns + column])
            }
            return Float(product + (accumulating ? Double(start.scalars[index]) : 0))
        }
        let aTransposed = a.transposingMatrices(rows: rows, columns: inner, as: [inner, rows])
        let bTransposed = b.transposingMatrices(rows: inner, columns: columns, as: [columns, inner])
        for (left, isLeftTransposed) in [(a, false), (aTransposed, true)] {
            for (right, isRightTransposed) in [(b, false), (bTransposed, true)] {
                let result = Buffer(start.scalars)
                left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { right in
                        guard let left = left.baseAddress, let right = right.baseAddress else { return }
                        multiply(
                            isLeftTransposed
                                ? Matrix(left, rows: inner, columns: rows).transposed
                                : Matrix(left, rows: rows, columns: inner),
                            by: isRightTransposed
                                ? Matrix(right, rows: columns, columns: inner).transposed
                                : Matrix(right, rows: inner, columns: columns),
                            into: result.pointer, accumulating: accumulating)
                    }
                }
                let found = Tensor([rows, columns], copying: result.pointer)
                #expect(relativeDifference(found, Tensor([rows, columns], expected)) <= 1e-5)
            }
        }
    }

    /// Columns 1 and 2 of a matrix of 4 columns.
    @Test func aMatrixMayBePartOfAWiderOne() {
        let wide = Buffer<Float>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
        let ones = Buffer<Float>([1, 1, 1])
        let result = Buffer<Float>(zeros: 2)
        let part = Matrix(wide.pointer, rows: 3, columns: 4).columns(1..<3)
        multiply(Matrix(ones.pointer, rows: 1, columns: 3), by: part, into: result.pointer)
        // 1 + 5 + 9 and 2 + 6 + 10
        #expect(Array(result.elements) == [15, 18])
    }
}
