import Tensors

/// When each unit of a layer last gave a positive number; a unit is a channel, or an output of a dense layer.
struct ActivityWindow {
    /// How many images had been looked at then.
    private var lastActive: [Int]
    private var flags: [Bool]
    /// How many images have been looked at.
    private var images = 0

    init(units: Int) {
        lastActive = [Int](repeating: 0, count: units)
        flags = [Bool](repeating: false, count: units)
    }

    /// Shapes: `[N, ..., units]`.
    mutating func add(_ activation: Tensor) {
        images += activation.shape[0]
        for unit in flags.indices { flags[unit] = false }
        activation.markPositiveChannels(&flags)
        for (unit, isActive) in flags.enumerated() where isActive { lastActive[unit] = images }
    }

    /// The share of units that were not active for so many images, 0...1; nil if fewer were looked at.
    func deadShare(over window: Int) -> Double? {
        guard images >= window else { return nil }
        return Double(lastActive.count { images - $0 >= window }) / Double(max(lastActive.count, 1))
    }
}
