/// The second labels of a batch whose images were mixed with each other (mixup, cutmix).
///
/// An image counts `share` with its own label and `1 - share` with its second one, in loss and gradient.
package struct Mix: Hashable, Sendable {
    /// Like the batch's labels: one for each image, or for each pixel of each image.
    package var labels: [Int32]
    /// Of each image: how much its own label counts, 0...1.
    package var shares: [Float]

    package init(labels: [Int32], shares: [Float]) {
        self.labels = labels
        self.shares = shares
    }
}
