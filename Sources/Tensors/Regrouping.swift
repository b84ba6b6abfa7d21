// Entries of an axis taken, copied and shared out: what becomes of a layer's tensors when it gets more or fewer
// channels.

extension Tensor {
    /// Entry `i` along the axis is the entry `sources[i]`, or that of `others` at `i` where there is no source.
    ///
    /// - Precondition: `others` has the result's shape, and is there if a source is missing.
    package func gathering(_ sources: [Int?], axis: Int, others: Tensor? = nil) -> Tensor {
        var extents = shape.extents
        let (old, new) = (extents[axis], sources.count)
        extents[axis] = new
        let inner = shape.extents[(axis + 1)...].reduce(1, *)
        let outer = shape.extents[..<axis].reduce(1, *)
        var result = others ?? Tensor(zeros: Shape(extents))
        precondition(result.shape == Shape(extents), "\(result.shape) for \(Shape(extents))")
        withUnsafeBufferPointer { from in
            result.withUnsafeMutableBufferPointer { to in
                guard let from = from.baseAddress, let to = to.baseAddress else { return }
                for block in 0..<outer {
                    for (index, source) in sources.enumerated() {
                        guard let source else { continue }
                        let (read, write) = ((block * old + source) * inner, (block * new + index) * inner)
                        (to + write).update(from: from + read, count: inner)
                    }
                }
            }
        }
        return result
    }

    /// `self = self x`, element by element.
    package mutating func multiply(by x: Tensor) {
        precondition(x.shape == shape, "\(x.shape) onto \(shape)")
        x.withUnsafeBufferPointer { x in
            withUnsafeMutableBufferPointer { y in
                for index in y.indices { y[index] *= x[index] }
            }
        }
    }

    /// What each entry along an axis gets of its source: the shares of the copies of one source sum to 1 at each
    /// place, and are drawn between a half and three halves of equal ones. 0 where there is no source.
    package init(sharesOf sources: [Int?], axis: Int, shape: Shape, random: RandomStream) {
        precondition(sources.count == shape[axis], "\(sources.count) sources for \(shape)")
        self.init(zeros: shape)
        let copies = Dictionary(grouping: sources.indices.filter { sources[$0] != nil }) { sources[$0] }
            .values
        let inner = shape.extents[(axis + 1)...].reduce(1, *)
        let outer = shape.extents[..<axis].reduce(1, *)
        var random = random
        withUnsafeMutableBufferPointer { shares in
            for index in shares.indices where sources[index / inner % sources.count] != nil {
                shares[index] = 0.5 + random.uniform()
            }
            for (block, places) in (0..<outer).lazy.flatMap({ block in copies.map { (block, $0) } }) {
                let first = block * sources.count * inner
                for offset in 0..<inner {
                    let sum = places.reduce(0) { $0 + shares[first + $1 * inner + offset] }
                    for place in places { shares[first + place * inner + offset] /= sum }
                }
            }
        }
    }

    /// The sum of the squares of each entry along an axis, in double precision.
    package func sumsOfSquares(axis: Int) -> [Double] {
        let inner = shape.extents[(axis + 1)...].reduce(1, *)
        var sums = [Double](repeating: 0, count: shape[axis])
        withUnsafeBufferPointer { scalars in
            for index in scalars.indices {
                let scalar = Double(scalars[index])
                sums[index / inner % sums.count] += scalar * scalar
            }
        }
        return sums
    }
}
