import Tensors

/// In which order a pass goes over a set.
package enum BatchOrder: Sendable {
    case sequential
    /// A permutation that depends only on the stream.
    case shuffled(RandomStream)
    /// As many as there are, each drawn from all by the weight of its label: some come twice, some not at all.
    case drawn(labels: [Int32], weights: [Double], RandomStream)

    /// Whether an image may come more than once; each time it is then augmented otherwise.
    var repeatsImages: Bool {
        if case .drawn = self { true } else { false }
    }

    /// The indices of `count` images in order.
    func indices(count: Int) -> [Int] {
        switch self {
        case .sequential: return Array(0..<count)
        case .shuffled(var stream): return stream.permutation(of: count)
        case .drawn(let labels, let weights, var stream):
            var total = 0.0
            let ends = labels.map { label in
                total += weights[Int(label)]
                return total
            }
            return (0..<count).map { _ in
                // 53 bits in 0..<1; rounding may reach the total itself.
                let place = Double(stream.next() >> 11) * 0x1p-53 * total
                return min(ends.firstIndexAbove(place), count - 1)
            }
        }
    }
}

extension [Double] {
    /// The index of the first element above `bound` of elements that never fall, or their number.
    fileprivate func firstIndexAbove(_ bound: Double) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = self[middle] > bound ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
