extension ImageSet {
    private static let decodedSample = 512

    /// How many labels each class has: images, or pixels of the masks; `classes` is more than the largest label.
    ///
    /// Of images that must be decoded first, 512 of them, evenly spaced, are counted; unreadable ones are left out.
    package func labelCounts(classes: Int) -> [Int] {
        guard hasMasks else { return classCounts(classes: classes) }
        var counts = [Int](repeating: 0, count: classes)
        let wanted = isInMemory ? count : min(count, Self.decodedSample)
        for item in 0..<wanted {
            guard let mask = try? mask(at: item * count / wanted) else { continue }
            for label in mask { counts[Int(label)] += 1 }
        }
        return counts
    }
}
