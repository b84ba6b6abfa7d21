import Tensors

/// Some images of a set, ready for a network.
package struct Batch: Sendable {
    /// `[capacity, H, W, C]`, normalised and augmented; the first `count` images count.
    package internal(set) var images: Tensor
    /// One for each image that counts; in segmentation one for each of its pixels, rows of pixels.
    package internal(set) var labels: [Int32]
    /// What mixup or cutmix made of the labels; nil if each image counts with its own alone.
    package internal(set) var mix: Mix?
    /// How many images count.
    package internal(set) var count: Int
    /// Where its first image stands in the order of the pass.
    package internal(set) var position: Int
}
