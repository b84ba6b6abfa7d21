import CKernels
import Networks
import Tensors

extension Parameter {
    /// Scales the weights of each filter or unit that are longer than `limit` to that length, as PyTorch's `renorm`.
    ///
    /// A parameter of one axis, such as a bias, stays.
    func limitNorms(to limit: Float) {
        guard value.shape.rank > 1, value.count > 0 else { return }
        let units = unitCount
        let scalars = value.count / units
        let pointer = value.uniquePointer()
        if unitsAreColumns {
            cairn_limit_column_norms(scalars, units, limit, pointer)
        } else {
            for unit in 0..<units {
                let weights = pointer + unit * scalars
                let norm = Float(cairn_sum_of_squares(scalars, weights).squareRoot())
                if norm > limit { cairn_scale(scalars, limit / (norm + 1e-7), weights) }
            }
        }
    }

    /// Filters, or units of a dense layer.
    private var unitCount: Int { unitsAreColumns ? value.shape[value.shape.rank - 1] : value.shape[0] }

    /// Whether a unit's weights lie apart in memory, one in each row.
    private var unitsAreColumns: Bool { layout == .filters }
}
