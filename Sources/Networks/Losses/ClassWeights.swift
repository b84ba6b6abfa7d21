/// How much a row of each class counts.
package enum ClassWeights: Hashable, Sendable, CustomStringConvertible {
    case equal
    /// `labels / (classes · labels of the class)`, over the classes that the training set has; others weigh nothing.
    case balanced
    /// One for each class.
    case listed([Float])

    /// The same weights, the balanced ones made of how many labels the training set has of each class.
    func fitted<E>(to counts: () throws(E) -> [Int]) throws(E) -> ClassWeights {
        guard self == .balanced else { return self }
        let counts = try counts()
        let present = counts.count { $0 > 0 }
        let mean = Double(counts.reduce(0, +)) / Double(max(present, 1))
        return .listed(counts.map { $0 > 0 ? Float(mean / Double($0)) : 0 })
    }

    /// - Throws: `LossError` unless there is one weight for each class, none is negative, and one is above 0.
    func check(loss: String, classes: Int) throws(LossError) {
        guard case .listed(let weights) = self else { return }
        guard weights.count == classes else {
            throw .weightCount(loss: loss, found: weights.count, classes: classes)
        }
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }), weights.contains(where: { $0 > 0 }) else {
            throw .setting(
                "weights", found: "\(weights)", allowed: "0 or more, and at least one of them above 0")
        }
    }

    /// `body` gets nil if all are 1.
    func withPointer<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        switch self {
        case .equal: body(nil)
        case .balanced: preconditionFailure("balanced weights are fitted to a training set first")
        case .listed(let weights): weights.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }

    package var description: String {
        switch self {
        case .equal: "equal"
        case .balanced: "balanced"
        case .listed(let weights): "[\(weights.map { "\($0)" }.joined(separator: ", "))]"
        }
    }
}
