/// What the procedurally drawn set of coloured shapes looks like.
package struct ShapeSettings: Hashable, Sendable {
    /// Images for training and validation together.
    package var count = 5000
    package var testCount = 1000
    /// Of a side, in pixels.
    package var size = 24
    /// 1 (grey) or 3 (red, green, blue).
    package var channels = 3
    /// How many kinds of shape.
    package var classes = 6
    /// Of each channel of each pixel: 1 has a standard deviation of a quarter of the whole range.
    package var noise = 0.1
    /// 0: upright, centred, one size, bright on dark. 1: any place, angle, size and colours, specks and occlusion.
    package var difficulty = 0.5
    /// Whether each image has a mask: 0 for the background, and the shape's class, from 1.
    package var hasMasks = false

    /// What `total`, `size` and `classes` may be.
    package static let totals = 20...200_000
    package static let sizes = 8...256
    package static let classCounts = 2...Outline.all.count

    package init() {}

    /// All images; when it is set, a sixth of them are for testing.
    package var total: Int {
        get { count + testCount }
        set {
            testCount = newValue / 6
            count = newValue - testCount
        }
    }

    /// - Throws: `DatasetError.setting` for a number out of its range, or for more pixels than belong in memory.
    func check() throws(DatasetError) {
        func check<T: Comparable>(_ name: String, _ value: T, in range: ClosedRange<T>) throws(DatasetError) {
            guard range.contains(value) else {
                throw DatasetError(.setting(name, found: "\(value)", allowed: "in \(range)"))
            }
        }
        try check("size", size, in: Self.sizes)
        try check("classes", classes, in: Self.classCounts)
        try check("test count", testCount, in: 0...Self.totals.upperBound)
        try check("count", count, in: 1...Self.totals.upperBound)
        try check("count", total, in: Self.totals)
        try check("noise", noise, in: 0...1)
        try check("difficulty", difficulty, in: 0...1)
        guard [1, 3].contains(channels) else {
            throw DatasetError(.setting("channels", found: "\(channels)", allowed: "1 or 3"))
        }
        let most = mostBytesInMemory / (size * size * channels)
        guard total <= most else {
            throw DatasetError(
                .setting(
                    "count", found: "\(total)",
                    allowed: "at most \(most) for images of \(size)x\(size)x\(channels)"))
        }
    }
}
