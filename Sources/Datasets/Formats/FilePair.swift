/// A file of images and the file of their labels.
package struct FilePair: Hashable, Sendable {
    package let images: DataFile
    package let labels: DataFile

    package init(images: DataFile, labels: DataFile) {
        self.images = images
        self.labels = labels
    }
}
