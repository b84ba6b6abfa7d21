import Tensors

/// What becomes of a layer's tensor, and of everything of its shape, when channels are copied, drawn or left out.
struct TensorMap {
    /// Where the entries along one axis come from: nil for new ones.
    struct Axis {
        let index: Int
        let sources: [Int?]
        /// Whether copies share the number of what they are copies of, and new ones get nothing: so the sum over
        /// them, which a layer makes of its inputs, stays.
        let shares: Bool

        /// Whether each entry is one of the old ones, and none is there twice.
        fileprivate var onlyTakes: Bool { Set(sources).count == sources.count && !sources.contains(nil) }
    }

    /// Those that share come first.
    private let axes: [Axis]

    init?(_ axes: [Axis]) {
        guard !axes.isEmpty else { return nil }
        self.axes = axes.filter(\.shares) + axes.filter { !$0.shares }
    }

    func shape(from shape: Shape) -> Shape {
        var extents = shape.extents
        for axis in axes { extents[axis.index] = axis.sources.count }
        return Shape(extents)
    }

    /// New entries are those of `others`, which has the new shape. `random` makes the shares, which are squared for a
    /// tensor `ofSquares`.
    func apply(
        to tensor: Tensor, others: Tensor, random: RandomStream, ofSquares: Bool
    ) -> Tensor {
        axes.reduce(tensor) { tensor, axis in
            guard axis.shares else {
                // At most one axis does not share: the others have their new extents already.
                return tensor.gathering(
                    axis.sources, axis: axis.index, others: axis.sources.contains(nil) ? others : nil)
            }
            var result = tensor.gathering(axis.sources.map { $0 ?? 0 }, axis: axis.index)
            guard !axis.onlyTakes else { return result }
            let shares = Tensor(
                sharesOf: axis.sources, axis: axis.index, shape: result.shape, random: random)
            for _ in 0..<(ofSquares ? 2 : 1) { result.multiply(by: shares) }
            return result
        }
    }
}
