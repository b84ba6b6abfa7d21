/// The extents of a tensor, outermost first; images are `[N, H, W, C]`, or `[H, W, C]` for one.
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
    package let extents: [Int]

    /// - Precondition: no extent is negative.
    package init(_ extents: [Int]) {
        precondition(extents.allSatisfy { $0 >= 0 }, "extents must not be negative: \(extents)")
        self.extents = extents
    }

    package init(arrayLiteral elements: Int...) { self.init(elements) }

    /// The number of extents.
    package var rank: Int { extents.count }

    /// The number of scalars.
    ///
    /// - Precondition: it is an integer's; see `checkedCount` for a shape nobody has checked yet.
    package var count: Int {
        guard let count = checkedCount else { preconditionFailure("\(self) has too many scalars") }
        return count
    }

    /// The number of scalars, or nil if it is more than an integer holds.
    package var checkedCount: Int? {
        // A zero anywhere makes the product zero, however large the others are.
        if extents.contains(0) { return 0 }
        var product = 1
        for extent in extents {
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            if overflow { return nil }
            product = next
        }
        return product
    }

    package subscript(axis: Int) -> Int { extents[axis] }

    /// `28x28x1`: as people write sizes, and as the command language reads them.
    package var description: String { extents.map(String.init).joined(separator: "x") }
}
