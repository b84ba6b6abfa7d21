import Tensors

/// The chances that training takes, each from a stream of its own, so that one more of one kind moves no other.
///
/// Nothing draws from these themselves: each epoch, image or step derives a stream by its number, so the position
/// in the run is all that has to be remembered.
package struct RandomStreams: Hashable, Sendable {
    /// By epoch.
    package let shuffle: RandomStream
    /// By epoch, then by image.
    package let augment: RandomStream
    /// By step.
    package let dropout: RandomStream

    package init(seed: UInt64) {
        self.init(
            shuffle: RandomStream(seed: seed, name: "shuffle"),
            augment: RandomStream(seed: seed, name: "augment"),
            dropout: RandomStream(seed: seed, name: "dropout"))
    }

    init(shuffle: RandomStream, augment: RandomStream, dropout: RandomStream) {
        self.shuffle = shuffle
        self.augment = augment
        self.dropout = dropout
    }
}
