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
        case notIDX
        case elementType(UInt8)
        case dimensions([Int], allowed: String)
        case labelsInsteadOfImages
        case imagesInsteadOfLabels
        case countsDiffer(images: Int, labels: Int, imagesFile: String)
        case imageShapesDiffer(train: String, test: String)
        case labelOutOfRange(label: Int, image: Int, classes: Int)
        /// All labels are this one.
        case oneClass(label: Int)
        /// A setting's name, what it was, and what it may be.
        case setting(String, found: String, allowed: String)
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

extension DatasetError: CustomStringConvertible {
    /// What was found and what is allowed: lower-case, no full stop.
    package var message: String { (file.map { "`\($0.path)` " } ?? "") + finding }

    /// What to do about it, if there is something.
    package var hint: String? {
        switch reason {
        case .missing(let package?): "install it with `apt install \(package)`"
        case .labelsInsteadOfImages where file?.role == .images,
            .imagesInsteadOfLabels where file?.role == .labels:
            "give the images first, then the labels"
        case .truncated, .damagedCompression: "fetch the file again"
        default: nil
        }
    }

    package var description: String { message }

    private var finding: String {
        switch reason {
        case .missing: "does not exist"
        case .unreadable(let why): "cannot be read: \(why)"
        case .notAFile: "is not a file"
        case .empty: "is empty"
        case .truncated(let expected, let found):
            "is cut off: its header promises \(expected) bytes, but there are no more than \(found)"
        case .trailingBytes(let expected): "goes on after the \(expected) bytes that its header promises"
        case .damagedCompression: "is damaged: its gzip data does not decompress"
        case .notIDX: "is not an IDX file: it does not start with two zero bytes, a type and a rank"
        case .elementType(let type):
            "holds elements of type 0x\(String(type, radix: 16)); only unsigned bytes (0x8) are read"
        case .dimensions(let found, let allowed):
            "says its size is \(found.map(String.init).joined(separator: "x")), which must be \(allowed)"
        case .labelsInsteadOfImages: "holds labels where images are expected"
        case .imagesInsteadOfLabels: "holds images where labels are expected"
        case .countsDiffer(let images, let labels, let imagesFile):
            "has \(labels) labels for the \(images) images of `\(imagesFile)`"
        case .imageShapesDiffer(let train, let test):
            "has test images of \(test), but the training images are \(train)"
        case .labelOutOfRange(let label, let image, let classes):
            "gives image \(image) the label \(label), but there are only \(classes) classes (0...\(classes - 1))"
        case .oneClass(let label): "has only the label \(label): there is nothing to tell apart"
        case .setting(let name, let found, let allowed): "\(name) must be \(allowed), not \(found)"
        case .interrupted: "interrupted"
        }
    }
}
