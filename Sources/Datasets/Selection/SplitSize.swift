/// How much of the training images to keep for validation.
package enum SplitSize: Hashable, Sendable {
    case count(Int)
    /// Of all the images; rounded to the nearest whole image, but to at least one if it is more than 0.
    case fraction(Double)

    /// What a user means by a number: below 1 a share, from there on a whole number of images.
    ///
    /// - Throws: `DatasetError.setting` for anything else, such as 1.5, -1 and numbers beyond an integer's end.
    package init(_ number: Double) throws(DatasetError) {
        if (0..<1).contains(number) {
            self = .fraction(number)
        } else if let count = Int(exactly: number), count >= 1 {
            self = .count(count)
        } else {
            throw DatasetError(
                .setting(
                    "validation", found: "\(number)",
                    allowed: "a share below 1 or a whole number of images"))
        }
    }

    /// - Throws: `DatasetError` unless at least one image stays for training.
    func count(of total: Int) throws(DatasetError) -> Int {
        let wanted: Int
        switch self {
        case .count(let count): wanted = count
        case .fraction(let fraction):
            guard (0..<1).contains(fraction) else {
                throw DatasetError(.setting("validation", found: "\(fraction)", allowed: "a share in 0..<1"))
            }
            let nearest = Int((Double(total) * fraction).rounded())
            wanted = fraction > 0 && total > 1 ? max(nearest, 1) : nearest
        }
        guard (0..<total).contains(wanted) else {
            throw DatasetError(
                .setting(
                    "validation", found: "\(wanted)", allowed: "fewer than the \(total) images there are"))
        }
        return wanted
    }
}
