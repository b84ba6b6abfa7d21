import Tensors

/// What a network is to tell about an image: its class, or the class of each of its pixels.
package struct Targets: Hashable, Sendable {
    package let classes: Int
    /// Height and width of the masks; nil if an image has one label.
    package let mask: Shape?

    package init(classes: Int, mask: Shape? = nil) {
        self.classes = classes
        self.mask = mask
    }

    /// The output that has so many numbers for each label.
    func output(_ numbers: Int) -> Shape { Shape((mask?.extents ?? []) + [numbers]) }
}
