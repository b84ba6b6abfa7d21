import Tensors

/// Which of a source's images are used, and what for. Everything that is drawn at random keeps each class's share.
package struct DataSelection: Hashable, Sendable {
    /// At most so many images are used to train and validate on, and as many to test on.
    package var limit: Int?
    /// At most so many images of each class, likewise.
    package var perClass: Int?
    /// What is set aside from training; nil: what the source has, or as much as it usually is.
    package var validation: SplitSize?
    /// One part of several for validation, instead of `validation`.
    package var fold: Fold?
    /// Of the training images alone.
    package var imbalance: Imbalance?
    /// The share of training images that get a wrong label, 0...1.
    package var labelNoise = 0.0

    package init() {}

    package init(validation: SplitSize?) { self.validation = validation }

    /// - Throws: `DatasetError.setting` if the source cannot meet it.
    func apply(
        to source: DataSource, seed: UInt64
    ) throws(DatasetError) -> (train: ImageSet, validation: ImageSet, test: ImageSet) {
        try check(source)
        let classes = source.classes.count
        func reduced(_ set: ImageSet, _ part: String) -> ImageSet {
            let random = RandomStream(seed: seed, name: "limit").derived(part)
            let some =
                perClass.map { most in
                    set.keeping([Int](repeating: most, count: classes), random: random.derived("class"))
                } ?? set
            guard let limit, limit < some.count else { return some }
            return some.drawing(limit, classes: classes, random: random).drawn
        }
        let pool = reduced(source.splits.pool, "train")
        let test = reduced(source.splits.test, "test")
        var (validation, train): (ImageSet, ImageSet)
        if let own = source.splits.validation {
            (validation, train) = (reduced(own, "validation"), pool)
        } else if let fold {
            (validation, train) = try pool.cutting(
                fold, classes: classes, random: RandomStream(seed: seed, name: "fold"))
        } else {
            let size = validationSize(of: source)
            (validation, train) = pool.drawing(
                try size.count(of: pool.count), classes: classes,
                random: RandomStream(seed: seed, name: "split"))
        }
        if let imbalance {
            train = try imbalance.apply(
                to: train, classes: classes, random: RandomStream(seed: seed, name: "imbalance"))
        }
        if labelNoise > 0 {
            train = train.withLabelNoise(
                labelNoise, classes: classes, random: RandomStream(seed: seed, name: "noise"))
        }
        return (train, validation, test)
    }

    private func validationSize(of source: DataSource) -> SplitSize { validation ?? source.usualValidation }

    private func check(_ source: DataSource) throws(DatasetError) {
        for (name, count) in [("limit", limit), ("per-class", perClass)] {
            if let count, count < 1 {
                throw DatasetError(.setting(name, found: "\(count)", allowed: "1 image or more"))
            }
        }
        guard (0...1).contains(labelNoise) else {
            throw DatasetError(.setting("label-noise", found: "\(labelNoise)", allowed: "a share in 0...1"))
        }
        if source.splits.validation != nil, validation != nil || fold != nil {
            throw DatasetError(.ownValidation(setting: fold == nil ? "validation" : "fold"))
        }
        if fold != nil, validation != nil { throw DatasetError(.validationAndFold) }
        if source.splits.pool.hasMasks {
            for (name, isSet) in [
                ("per-class", perClass != nil), ("imbalance", imbalance != nil),
                ("label-noise", labelNoise > 0),
            ] where isSet {
                throw DatasetError(.needsImageLabels(setting: name))
            }
        }
    }
}

extension ImageSet {
    /// The indices of the images of each class, in order.
    func members(classes: Int) -> [[Int]] {
        var members = [[Int]](repeating: [], count: classes)
        for (index, label) in labels.enumerated() { members[Int(label)].append(index) }
        return members
    }

    /// At most so many random images of each class, in this set's order.
    func keeping(_ counts: [Int], random: RandomStream) -> ImageSet {
        var kept: [Int] = []
        for (label, members) in members(classes: counts.count).enumerated() {
            var stream = random.derived(UInt64(label))
            kept += members.shuffled(using: &stream).prefix(counts[label])
        }
        return subset(kept.sorted())
    }

    /// Draws `wanted` images such that each class has its share of the whole set, to within one image.
    /// Both parts keep the order of this set.
    func drawing(
        _ wanted: Int, classes: Int, random: RandomStream
    ) -> (drawn: ImageSet, rest: ImageSet) {
        var members = members(classes: classes)
        let shares = apportion(wanted, over: members.map(\.count))
        var isDrawn = [Bool](repeating: false, count: count)
        for (label, share) in shares.enumerated() {
            var stream = random.derived(UInt64(label))
            members[label].shuffle(using: &stream)
            for index in members[label].prefix(share) { isDrawn[index] = true }
        }
        return cutting(isDrawn)
    }

    /// The images for which it holds, and the others; both in this set's order.
    func cutting(_ isTaken: [Bool]) -> (drawn: ImageSet, rest: ImageSet) {
        (subset((0..<count).filter { isTaken[$0] }), subset((0..<count).filter { !isTaken[$0] }))
    }
}

/// Shares `total` out in proportion to `sizes`, each share off by less than one: largest remainders first
/// (Hamilton's method), the first of equal ones.
func apportion(_ total: Int, over sizes: [Int]) -> [Int] {
    let whole = sizes.reduce(0, +)
    guard whole > 0 else { return sizes }
    var shares = sizes.map { $0 * total / whole }
    let byRemainder = sizes.indices.sorted {
        (sizes[$1] * total % whole, $0) < (sizes[$0] * total % whole, $1)
    }
    for index in byRemainder.prefix(total - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
}
