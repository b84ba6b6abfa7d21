import COpenBLAS

extension RandomStream {
    /// A matrix with orthonormal rows, or columns if those are fewer, times `scale`; all such matrices are equally
    /// likely.
    ///
    /// Q of the QR decomposition of normal numbers, each row with the sign of R's diagonal (Mezzadri, 2007), as
    /// PyTorch's `orthogonal_`.
    package mutating func orthonormal(rows: Int, columns: Int, scale: Float) -> Tensor {
        precondition(rows >= 1 && columns >= 1, "a matrix of \(rows)x\(columns)")
        let (few, many) = (min(rows, columns), max(rows, columns))
        var matrix = normal([few, many], deviation: 1)
        matrix.withUnsafeMutableBufferPointer { scalars in
            guard let base = scalars.baseAddress else { return }
            orthonormalizeRows(base, rows: few, columns: many, scale: scale)
        }
        return rows <= columns
            ? matrix : matrix.transposingMatrices(rows: few, columns: many, as: [rows, columns])
    }
}

/// Replaces rows by orthonormal ones. LAPACK reads column by column: for it the rows are columns.
private func orthonormalizeRows(
    _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int, scale: Float
) {
    _ = singleThreaded
    var (m, n) = (blasint(columns), blasint(rows))
    var info: blasint = 0
    var factors = [Float](repeating: 0, count: rows)
    // LAPACK's block of columns is 32 to 64 wide; less room would be slower, more is not used.
    var roomSize = blasint(64 * rows)
    var room = [Float](repeating: 0, count: 64 * rows)
    sgeqrf_(&m, &n, matrix, &m, &factors, &room, &roomSize, &info)
    precondition(info == 0, "LAPACK refuses argument \(-info) of the decomposition")
    let scales = (0..<rows).map { matrix[$0 * columns + $0] < 0 ? -scale : scale }
    sorgqr_(&m, &n, &n, matrix, &m, &factors, &room, &roomSize, &info)
    precondition(info == 0, "LAPACK refuses argument \(-info) of the product")
    for row in 0..<rows {
        for column in 0..<columns { matrix[row * columns + column] *= scales[row] }
    }
}
