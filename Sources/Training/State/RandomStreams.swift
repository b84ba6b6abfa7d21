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

    /// What each is called.
    package enum Name: String, CaseIterable, Sendable { case shuffle, augment, dropout }

    package init(seed: UInt64) {
        self.init(
            shuffle: RandomStream(seed: seed, name: Name.shuffle.rawValue),
            augment: RandomStream(seed: seed, name: Name.augment.rawValue),
            dropout: RandomStream(seed: seed, name: Name.dropout.rawValue))
    }

    /// With one of them of another seed.
    func reseeding(_ name: Name, _ seed: UInt64) -> RandomStreams {
        let other = RandomStreams(seed: seed)
        return RandomStreams(
            shuffle: name == .shuffle ? other.shuffle : shuffle,
            augment: name == .augment ? other.augment : augment,
            dropout: name == .dropout ? other.dropout : dropout)
    }

    init(shuffle: RandomStream, augment: RandomStream, dropout: RandomStream) {
        self.shuffle = shuffle
        self.augment = augment
        self.dropout = dropout
    }
}
