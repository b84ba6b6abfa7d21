import Tensors

/// One of several equal parts of the images, for validation; the others are trained on (k-fold cross-validation).
package struct Fold: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let number: Int
    package let count: Int

    /// - Throws: `DatasetError.setting` unless `number` is one of 2 or more.
    package init(_ number: Int, of count: Int) throws(DatasetError) {
        guard count >= 2, (1...count).contains(number) else { throw Self.refusal("\(number)/\(count)") }
        self.number = number
        self.count = count
    }

    /// From `2/5`.
    ///
    /// - Throws: `DatasetError.setting` for anything else.
    package init(_ text: String) throws(DatasetError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
            throw Self.refusal(text)
        }
        try self.init(number, of: count)
    }

    package var description: String { "\(number)/\(count)" }

    private static func refusal(_ found: String) -> DatasetError {
        DatasetError(.setting("fold", found: found, allowed: "such as `1/5` ... `5/5`, of at least 2 parts"))
    }
}

extension ImageSet {
    /// Takes one part out, and gives the rest. All parts of a stream together are the set; their sizes, and their
    /// numbers of images of each class, differ by at most one.
    ///
    /// - Throws: `DatasetError.setting` if there are more parts than images.
    func cutting(
        _ fold: Fold, classes: Int, random: RandomStream
    ) throws(DatasetError) -> (drawn: ImageSet, rest: ImageSet) {
        guard fold.count <= count else {
            throw DatasetError(
                .setting("fold", found: "\(fold)", allowed: "at most as many parts as the \(count) images"))
        }
        var isTaken = [Bool](repeating: false, count: count)
        var dealt = 0
        for (label, members) in members(classes: classes).enumerated() {
            var stream = random.derived(UInt64(label))
            // Dealt out like cards; the next class goes on where the last one ended.
            for index in members.shuffled(using: &stream) {
                isTaken[index] = dealt % fold.count == fold.number - 1
                dealt += 1
            }
        }
        return cutting(isTaken)
    }
}
