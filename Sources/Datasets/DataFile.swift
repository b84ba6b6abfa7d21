/// A file of data, and which of the files that were asked for it is.
package struct DataFile: Hashable, Sendable {
    package enum Role: Hashable, Sendable, CaseIterable {
        case images, labels, testImages, testLabels
        /// The folder itself, or something in it.
        case inFolder
        /// The folder of masks, or something in it.
        case masks
        /// An archive or table that has both images and labels.
        case whole
        /// The same for testing.
        case testWhole
    }

    /// As the user wrote it.
    package let path: String
    package let role: Role
    /// The Debian package that has it.
    let installedBy: String?

    package init(_ path: String, as role: Role, installedBy: String? = nil) {
        self.path = path
        self.role = role
        self.installedBy = installedBy
    }
}
