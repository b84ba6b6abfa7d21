import COpenBLAS

/// A matrix somewhere in memory, row by row, `stride` floats from one row to the next.
package struct Matrix {
    package let pointer: UnsafePointer<Float>
    package let rows: Int
    package let columns: Int
    fileprivate let stride: Int
    fileprivate let isTransposed: Bool

    package init(_ pointer: UnsafePointer<Float>, rows: Int, columns: Int) {
        self.init(pointer, rows: rows, columns: columns, stride: columns)
    }

    private init(
        _ pointer: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, isTransposed: Bool = false
    ) {
        self.pointer = pointer
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.isTransposed = isTransposed
    }

    /// Some columns of a matrix that is not transposed.
    package func columns(_ range: Range<Int>) -> Matrix {
        precondition(!isTransposed && range.upperBound <= columns, "columns \(range) of \(columns)")
        return Matrix(pointer + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// The same memory read column by column.
    package var transposed: Matrix {
        Matrix(pointer, rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed)
    }
}

/// `product = a b`, or `product += a b` if `accumulating`: one single-threaded call of OpenBLAS.
///
/// Callers share out rows over threads themselves, in a way that does not depend on the number of threads.
///
/// Shapes: `a` is `[M, K]`, `b` `[K, N]`, `product` `[M, N]`, `stride` floats from one row to the next, N unless
/// given; it must not overlap `a` or `b`.
package func multiply(
    _ a: Matrix, by b: Matrix, into product: UnsafeMutablePointer<Float>, stride: Int? = nil,
    accumulating: Bool = false
) {
    precondition(a.columns == b.rows, "\(a.columns) columns times \(b.rows) rows")
    guard a.rows > 0, b.columns > 0 else { return }
    _ = singleThreaded
    cblas_sgemm(
        CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
        blasint(a.rows), blasint(b.columns), blasint(a.columns), 1, a.pointer, blasint(a.stride), b.pointer,
        blasint(b.stride), accumulating ? 1 : 0, product, blasint(stride ?? b.columns))
}

/// OpenBLAS would start threads of its own that fight with ours.
let singleThreaded: Void = openblas_set_num_threads(1)
