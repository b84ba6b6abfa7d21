package struct PixelRegion: Hashable, Sendable {
    package var top: Int
    package var left: Int
    package var height: Int
    package var width: Int

    package init(top: Int = 0, left: Int = 0, height: Int, width: Int) {
        self.top = top
        self.left = left
        self.height = height
        self.width = width
    }
}
package protocol RegionChooser {
    /// A part of an image of so many rows and columns.
    func region(height: Int, width: Int) -> PixelRegion
}
