import Tensors

/// Data that cannot be used, or a setting that no data can meet.
package struct DatasetError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// No such file; `package` is what would install it.
        case missing(package: String?)
        /// The system's words for it.
        case unreadable(String)
        case notAFile
        case empty
        /// The whole content is shorter than its header says; both in bytes.
        case truncated(expected: Int, found: Int)
        /// More follows than the header says.
        case trailingBytes(expected: Int)
        case damagedCompression
        /// More bytes, in a file or all together, than belong in memory.
        case tooLarge(bytes: Int, most: Int)

        // Arrays and tables
        case notIDX
        case elementType(UInt8)
        case notNPY
        case notZip
        /// NumPy's code of the type that was found.
        case arrayType(String, allowed: String)
        case fortranOrder
        /// No array of that name, or none of the usual names, is among those that were found.
        case noArray(String?, found: [String])
        case dimensions([Int], allowed: String)
        /// A pixel of this image is NaN or infinite.
        case notFinite(image: Int)
        /// The least and the largest number.
        case pixelRange(Float, Float)
        case recordSize(bytes: Int, record: Int)
        /// A cell's text.
        case cell(String, line: Int, column: Int, allowed: String)
        case columns(line: Int, found: Int, needed: Int)
        /// How many there are on a line, and the shape that needs another number; nil: a square.
        case pixelCount(Int, needed: Shape?)

        // Labels
        case labelsInsteadOfImages
        case imagesInsteadOfLabels
        case countsDiffer(images: Int, labels: Int, imagesFile: String)
        case imageShapesDiffer(train: String, test: String)
        /// Masks for one part of the images, labels for the other.
        case masksDiffer(train: Bool)
        case labelOutOfRange(label: Int, image: Int, classes: Int)
        /// All labels are this one.
        case oneClass(label: Int)

        // Folders
        case notAFolder
        case tooDeep(Int)
        case noImages
        case noClassFolders(images: Int)
        /// All images are in the folder of this class.
        case oneClassFolder(String)
        /// A split has a class that the training images do not have.
        case unknownClass(String, known: [String])
        /// Two folders for the same split.
        case twoFolders(String, String)
        case noMask(in: String)

        // Image files
        case notAnImage
        /// The decoder's words for it.
        case damagedImage(String)
        case tooManyPixels(Shape, most: Int)
        /// What it is instead.
        case notAMask(String)
        case maskExtent(mask: Shape, image: Shape)
        case maskClass(Int, classes: Int)

        /// A setting's name, what it was, and what it may be.
        case setting(String, found: String, allowed: String)
        /// A source that is already split.
        case ownValidation(setting: String)
        case validationAndFold
        /// Masks have a class for each pixel, and none for the image.
        case needsImageLabels(setting: String)
        /// `shouldStop` said so; nobody is at fault.
        case interrupted
    }

    package let reason: Reason
    /// None when no file is at fault.
    package let file: DataFile?

    package init(_ reason: Reason, file: DataFile? = nil) {
        self.reason = reason
        self.file = file
    }
}
