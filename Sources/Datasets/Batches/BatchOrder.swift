import Tensors

/// In which order a pass goes over a set.
package enum BatchOrder: Sendable {
    case sequential
    /// A permutation that depends only on the stream.
    case shuffled(RandomStream)

    /// The indices of `count` images in order.
    func indices(count: Int) -> [Int] {
        switch self {
        case .sequential: return Array(0..<count)
        case .shuffled(var stream): return stream.permutation(of: count)
        }
    }
}
