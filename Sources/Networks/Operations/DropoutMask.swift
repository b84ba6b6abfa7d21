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

    /// Begins a step; evaluation draws none.
    mutating func draw(_ mode: Mode) {
        guard case .training(var stream) = mode else { return }
        key = RandomStream(key: stream.next()).derived(name).key
    }
}
