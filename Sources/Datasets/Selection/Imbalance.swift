import Glibc
import Tensors

/// How much of each class is left, to see what imbalance does.
package enum Imbalance: Hashable, Sendable {
    /// The first class has so many times the images of the last, those between fall evenly on a logarithmic scale
    /// (Cui et al., 2019: `n r^(-i/(K-1))`).
    case ratio(Double)
    /// The share of its images that each class keeps, 0...1.
    case shares([Double])

    /// - Throws: `DatasetError.setting`.
    func apply(to set: ImageSet, classes: Int, random: RandomStream) throws(DatasetError) -> ImageSet {
        let counts = set.classCounts(classes: classes)
        let kept: [Int]
        switch self {
        case .ratio(let ratio):
            guard ratio >= 1, ratio.isFinite else {
                throw DatasetError(.setting("imbalance", found: "\(ratio)", allowed: "a ratio of 1 or more"))
            }
            let largest = Double(counts.max() ?? 0)
            kept = counts.enumerated().map { label, count in
                let wanted = largest * pow(ratio, -Double(label) / Double(max(classes - 1, 1)))
                return min(max(Int(wanted.rounded()), 1), count)
            }
        case .shares(let shares):
            guard shares.count == classes else {
                throw DatasetError(
                    .setting(
                        "imbalance", found: "a list of \(shares.count)",
                        allowed: "a share for each of the \(classes) classes"))
            }
            guard shares.allSatisfy((0...1).contains), shares.contains(where: { $0 > 0 }) else {
                throw DatasetError(.setting("imbalance", found: "\(shares)", allowed: "shares in 0...1"))
            }
            // What is more than nothing stays at least one image.
            kept = zip(counts, shares).map { count, share in
                share > 0 ? min(max(Int((Double(count) * share).rounded()), 1), count) : 0
            }
        }
        return set.keeping(kept, random: random)
    }
}

extension ImageSet {
    /// Gives a random share of the images, to the nearest whole one, a label drawn evenly from the other classes
    /// (symmetric noise); the true labels are remembered.
    func withLabelNoise(_ share: Double, classes: Int, random: RandomStream) -> ImageSet {
        guard classes > 1 else { return self }
        var stream = random
        var noisy = labels
        let wrong = stream.permutation(of: count).prefix(Int((Double(count) * share).rounded()))
        for index in wrong {
            let away = 1 + stream.uniform(below: classes - 1)
            noisy[index] = Int32((Int(noisy[index]) + away) % classes)
        }
        return relabelled(noisy)
    }
}
