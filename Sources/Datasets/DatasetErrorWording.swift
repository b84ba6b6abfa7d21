import Tensors

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
        case .fortranOrder: "save `numpy.ascontiguousarray(array)`"
        case .arrayType(_, let allowed):
            "save `array.astype(\(allowed.contains("whole") ? "'int64'" : "'uint8'"))`"
        case .notFinite: "`numpy.nan_to_num` replaces such pixels"
        case .pixelRange: "save the images as they were before they were normalised; `normalize` is done here"
        case .noArray(_, let found) where !found.isEmpty:
            "it has \(found.map { "`\($0)`" }.joined(separator: ", ")): say which with `images=` and `labels=`"
        case .pixelCount(_, nil): "give their size, such as `size=28x28` or `size=32x32x3`"
        case .noClassFolders: "put the images of each class into a folder of its own, called like the class"
        case .unknownClass(_, let known) where known.count <= 12:
            "the training images have \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .damagedImage, .notAnImage, .tooManyPixels, .maskExtent:
            "load the data with `bad=skip` to leave such files out"
        case .maskClass: "leave `classes` out to count them, or give more"
        case .notAMask: "a mask is a grey or palette PNG file of at most 8 bits"
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
        case .damagedCompression: "is damaged: its compressed data do not decompress"
        case .tooLarge(let bytes, let most):
            "has \(bytes >> 20) MiB, and at most \(most >> 20) MiB can be taken into memory"
        case .notIDX: "is not an IDX file: it does not start with two zero bytes, a type and a rank"
        case .elementType(let type):
            "holds elements of type 0x\(String(type, radix: 16)); only unsigned bytes (0x8) are read"
        case .notNPY: "is not an NPY array: it has no header that NumPy writes"
        case .notZip: "is not an NPZ archive: it is no ZIP file"
        case .arrayType(let type, let allowed): "holds elements of type `\(type)`, which must be \(allowed)"
        case .fortranOrder: "is stored in Fortran order, column by column"
        case .noArray(let name?, _): "has no array `\(name)`"
        case .noArray(nil, _): "has no arrays with names that are known, such as `x_train` and `y_train`"
        case .dimensions(let found, let allowed):
            "says its size is \(found.map(String.init).joined(separator: "x")), which must be \(allowed)"
        case .notFinite(let image): "has a pixel that is NaN or infinite, in image \(image)"
        case .pixelRange(let least, let most):
            "has pixels from \(least) to \(most), which must be in 0...1 or in 0...255"
        case .recordSize(let bytes, let record):
            "has \(bytes) bytes, which is no whole number of records of \(record)"
        case .cell(let text, let line, let column, let allowed):
            "says `\(text)` in line \(line), column \(column), where \(allowed) is expected"
        case .columns(let line, let found, let needed):
            "has \(found) columns in line \(line), where at least \(needed) are expected"
        case .pixelCount(let count, let shape?):
            "has \(count) pixels on each line, and images of \(shape) need \(shape.count)"
        case .pixelCount(let count, nil): "has \(count) pixels on each line, which make no grey square"
        case .labelsInsteadOfImages: "holds labels where images are expected"
        case .imagesInsteadOfLabels: "holds images where labels are expected"
        case .countsDiffer(let images, let labels, let imagesFile):
            "has \(labels) labels for the \(images) images of `\(imagesFile)`"
        case .imageShapesDiffer(let train, let test):
            "has test images of \(test), but the training images are \(train)"
        case .masksDiffer(let train):
            "has \(train ? "labels" : "masks"), but the training images have \(train ? "masks" : "labels")"
        case .labelOutOfRange(let label, let image, let classes):
            "gives image \(image) the label \(label), but there are only \(classes) classes (0...\(classes - 1))"
        case .oneClass(let label): "has only the label \(label): there is nothing to tell apart"
        case .notAFolder: "is not a folder"
        case .tooDeep(let levels): "lies more than \(levels) folders deep: maybe a link leads back up"
        case .noImages: "has no PNG or JPEG files in it"
        case .noClassFolders(let images): "has \(images) images in it, but no folder for each class"
        case .oneClassFolder(let name): "has images of `\(name)` only: there is nothing to tell apart"
        case .unknownClass(let name, _): "has a class `\(name)`, which the training images do not have"
        case .twoFolders(let one, let other): "has both `\(one)` and `\(other)`: which one is it?"
        case .noMask(let folder): "has no mask of that name in `\(folder)`"
        case .notAnImage: "is neither a PNG nor a JPEG file"
        case .damagedImage(let why): "cannot be decoded: \(why)"
        case .tooManyPixels(let extent, let most):
            "says it has \(extent) pixels, and at most \(most >> 20) million are decoded"
        case .notAMask(let what): "is no mask: it is \(what)"
        case .maskExtent(let mask, let image): "is a mask of \(mask) pixels for an image of \(image)"
        case .maskClass(let found, let classes):
            "has pixels of class \(found), but there are only \(classes) classes (0...\(classes - 1))"
        case .setting(let name, let found, let allowed): "\(name) must be \(allowed), not \(found)"
        case .ownValidation(let setting):
            "`\(setting)` cannot be given: these data have validation images of their own"
        case .validationAndFold: "`validation` and `fold` both say what to validate on: give one of them"
        case .needsImageLabels(let setting):
            "`\(setting)` needs a class for each image, and these images have masks"
        case .interrupted: "interrupted"
        }
    }
}
