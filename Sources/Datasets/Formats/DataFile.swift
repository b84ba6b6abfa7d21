/// A file of data, and which of the files that were asked for it is.
package struct DataFile: Hashable, Sendable {
    package enum Role: Hashable, Sendable, CaseIterable {
        case images, labels, testImages, testLabels
        /// One of the known names in a folder.
        case inFolder
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
