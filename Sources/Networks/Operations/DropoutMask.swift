import Tensors

/// Which numbers a `dropout` layer zeroes in a step: a key that the kernels draw the mask from, as often as they like.
struct DropoutMask {
    let probability: Float
    private(set) var key: UInt64 = 0
    /// Two dropout layers draw different masks from one stream.
    private let name: String

    init(_ layer: PlacedLayer, probability: Float) {
        self.probability = probability
        name = layer.name
    }

    /// - Throws: `ShapeError` if no mask has this probability.
    static func check(_ probability: Float, for input: Shape) throws(ShapeError) {
        // Not 1: everything would be zero, and 1 / (1 - p) infinite.
        guard probability >= 0, probability < 1 else {
            throw ShapeError(
                found: input, needed: "a probability of at least 0 and below 1, not \(probability)")
        }
    }

    /// Begins a step; evaluation draws none.
    mutating func draw(_ mode: Mode) {
        guard case .training(var stream) = mode else { return }
        key = RandomStream(key: stream.next()).derived(name).key
    }
}
