import CommandLanguage
import Datasets

/// What is wrong with data, and with what is to be done to images.
enum DatasetErrorCode: String, ErrorCode {
    case fileMissing = "file-missing"
    case fileUnreadable = "file-unreadable"
    case fileEmpty = "file-empty"
    case fileDamaged = "file-damaged"
    case dataTooLarge = "data-too-large"
    case wrongFormat = "wrong-format"
    case wrongNumbers = "wrong-numbers"
    case noArray = "no-array"
    case wrongShape = "wrong-shape"
    case badTable = "bad-table"
    case swappedFiles = "swapped-files"
    case countsDiffer = "counts-differ"
    case setsDiffer = "sets-differ"
    case labelOutOfRange = "label-out-of-range"
    case oneClass = "one-class"
    case badFolder = "bad-folder"
    case noClassFolders = "no-class-folders"
    case unknownClass = "unknown-class"
    case noMask = "no-mask"
    case badImage = "bad-image"
    case badMask = "bad-mask"
    case dataSetting = "data-setting"
    case validationTwice = "validation-twice"
    case needsImageLabels = "needs-image-labels"
    case interrupted
    case cropMisfits = "crop-misfits"
    case evenKernel = "even-kernel"
    case mixedTwice = "mixed-twice"
    case badChoice = "bad-choice"

    var explanation: ErrorExplanation {
        switch self {
        case .fileMissing:
            .init(
                """
                The data set is made of several files, and this one is not there. Check the folder and the spelling; if \
                a system package has it, the hint names the package.
                """,
                wrong: "data cifar10 cifar-100-binary", right: "data cifar10 cifar-10-batches-bin")
        case .fileUnreadable:
            .init(
                """
                The system does not let the file be read, or it is no file but a folder or a device. Check its \
                permissions with `ls -l` in a shell.
                """,
                wrong: "data csv insects size=4x4", right: "data csv digits.csv size=4x4")
        case .fileEmpty:
            .unstaged(
                "The file has no bytes, as after a download that failed at once. Fetch it again.",
                wrong: "data csv empty.csv", right: "data csv digits.csv size=4x4")
        case .fileDamaged:
            .unstaged(
                """
                The file is shorter or longer than its own header says, or does not decompress: a download that broke \
                off, or two files joined. Fetch it again and compare its size or checksum.
                """,
                wrong: "data idx half-images.gz labels.gz", right: "data idx images.gz labels.gz")
        case .dataTooLarge:
            .unstaged(
                """
                The images would not fit in memory together with the training. Take fewer with `limit`, or smaller ones \
                with `size`.
                """,
                wrong: "data folder photos size=2048", right: "data folder photos size=64")
        case .wrongFormat:
            .init(
                """
                The file is of another format than this kind of data reads. `help data` lists the kinds: IDX, NumPy \
                arrays and archives, CSV tables, folders of images.
                """,
                wrong: "data npz images.npy", right: "data npy images.npy labels.npy")
        case .wrongNumbers:
            .unstaged(
                """
                The file holds numbers of a type or range that are no pixels or labels: NaN, normalised pixels, floats \
                for labels, columns before rows. Save the images as bytes 0...255 or floats 0...1, the labels as whole \
                numbers; the hint says how.
                """,
                wrong: "data npy normalised.npy labels.npy", right: "data npy images.npy labels.npy")
        case .noArray:
            .init(
                """
                The archive has arrays under other names than the usual ones. The hint lists them: say which are the \
                images and the labels.
                """,
                wrong: "data npz arrays.npz images=x_train labels=z",
                right: "data npz arrays.npz images=x_train labels=y_train")
        case .wrongShape:
            .init(
                """
                The numbers of the file do not make up images of this size. Check `size`, height first, with the \
                channels last: `32x32x3`.
                """,
                wrong: "data csv digits.csv size=5x5", right: "data csv digits.csv size=4x4")
        case .badTable:
            .init(
                """
                A line of the table is not what its first lines promise: a missing column, a word among numbers. The \
                message says in which line and column; open the file there.
                """,
                wrong: "data csv labels.npy", right: "data csv digits.csv size=4x4")
        case .swappedFiles:
            .init(
                "The two files were given in the wrong order: images come first, then labels.",
                wrong: "data npy labels.npy images.npy", right: "data npy images.npy labels.npy")
        case .countsDiffer:
            .unstaged(
                """
                There is a label for each image, in the same order, and here their numbers differ: files of different \
                sets, or one that was cut. Check which belong together.
                """,
                wrong: "data idx train-images test-labels", right: "data idx train-images train-labels")
        case .setsDiffer:
            .unstaged(
                """
                The images for training and for testing differ in size, in channels, or in having masks, so no model \
                takes both. Check that they belong to one set; for folders, `size` brings all to one size.
                """,
                wrong: "data npy grey.npy labels.npy test-images=colour.npy test-labels=labels.npy",
                right: "data npy grey.npy labels.npy")
        case .labelOutOfRange:
            .unstaged(
                """
                A label is larger than the number of classes allows; they count from 0. Labels that count from 1 have to \
                be lowered by one, others mapped to 0, 1, 2 ...
                """,
                wrong: "data npy images.npy from-one.npy", right: "data npy images.npy labels.npy")
        case .oneClass:
            .unstaged(
                """
                All images are of one class, so there is nothing to tell apart. Check that the labels are the right file, \
                and that the folder given is the one above the folders of the classes.
                """,
                wrong: "data folder pets-of-one-kind", right: "data folder pets size=16")
        case .badFolder:
            .init(
                """
                The folder is no folder, has no PNG or JPEG images in it, has two folders for one split, or links that \
                lead back up. The message says which.
                """,
                wrong: "data folder digits.csv", right: "data folder pets size=16")
        case .noClassFolders:
            .init(
                """
                In a folder of images each class is a folder of its own, called like the class; here the images lie in \
                one. Give the folder above, or sort the images into folders.
                """,
                wrong: "data folder pets/cat", right: "data folder pets size=16")
        case .unknownClass:
            .unstaged(
                """
                The folder for testing or validation has a class that the training images do not have. Check the names \
                of the folders, capitals too.
                """,
                wrong: "data folder animals", right: "data folder pets size=16")
        case .noMask:
            .init(
                "Each image needs a mask of the same name in the folder of masks, and this one has none.",
                wrong: "data folder scenes masks=pets", right: "data folder scenes size=16 classes=2")
        case .badImage:
            .init(
                """
                The file is no PNG or JPEG image, or a damaged or a huge one. Look at it with another program; \
                `bad=skip` leaves such files out and says how many.
                """,
                wrong: "data folder insects size=16\nmodel m { flatten; dense 2 }\ntrain 1",
                right: "data folder insects size=16 bad=skip\nmodel m { flatten; dense 2 }\ntrain 1")
        case .badMask:
            .unstaged(
                """
                A mask is a grey or palette PNG of the size of its image, each pixel the number of its class. This one is \
                a colour picture, has another size, or a class that is not declared.
                """,
                wrong: "data folder streets classes=2", right: "data folder scenes size=16 classes=2")
        case .dataSetting:
            .init(
                """
                A setting cannot be met by these data: more validation images than there are, a share for each of three \
                classes where there are two. The message says what would be allowed.
                """,
                wrong: "data shapes size=12 count=60 validation=60",
                right: "data shapes size=12 count=60 validation=10")
        case .validationTwice:
            .init(
                """
                What is validated on is said once: by `validation`, by `fold`, or by the data's own folder of validation \
                images.
                """,
                wrong: "data folder pets size=16 fold=1/4 validation=3",
                right: "data folder pets size=16 fold=1/4")
        case .needsImageLabels:
            .init(
                "The setting goes by the class of each image, and in these data only pixels have classes. Leave it out.",
                wrong: "data folder scenes size=16 classes=2 per-class=3",
                right: "data folder scenes size=16 classes=2")
        case .interrupted:
            .unstaged(
                "Ctrl-C stopped it. The session is as it was before the command.",
                wrong: "data folder photos", right: "data folder photos limit=1000")
        case .cropMisfits:
            .init(
                """
                A crop cuts images that are already at the size at which the model is validated, so it has to give back \
                that size: by padding before it cuts, or by enlarging a part.
                """,
                wrong: "augment { crop 10 }", right: "augment { crop padding=2 }", setup: smallModelSetup)
        case .evenKernel:
            .init(
                "A blurred pixel lies in the middle of its kernel, so the kernel has an odd number of pixels.",
                wrong: "augment { blur 4 }", right: "augment { blur 5 }", setup: smallModelSetup)
        case .mixedTwice:
            .init(
                """
                `mixup` and `cutmix` both mix the images of a batch with each other, and so their labels; twice would \
                make labels of three or four classes. `choice` does one of them at a time.
                """,
                wrong: "augment { mixup; cutmix }", right: "augment { choice { mixup; cutmix } }",
                setup: smallModelSetup)
        case .badChoice:
            .init(
                """
                `choice` does one of the things in its block to each image, or one of `mixup` and `cutmix` to each \
                batch. Both kinds cannot be in one choice, and an empty one says nothing.
                """,
                wrong: "augment { choice { flip; mixup } }",
                right: "augment { choice { flip; shift 2 }; mixup }",
                setup: smallModelSetup)
        }
    }
}

extension DatasetError {
    package var code: any ErrorCode {
        switch reason {
        case .missing: DatasetErrorCode.fileMissing
        case .unreadable, .notAFile: DatasetErrorCode.fileUnreadable
        case .empty: DatasetErrorCode.fileEmpty
        case .truncated, .trailingBytes, .damagedCompression: DatasetErrorCode.fileDamaged
        case .tooLarge: DatasetErrorCode.dataTooLarge
        case .notIDX, .notNPY, .notZip: DatasetErrorCode.wrongFormat
        case .elementType, .arrayType, .fortranOrder, .notFinite, .pixelRange: DatasetErrorCode.wrongNumbers
        case .noArray: DatasetErrorCode.noArray
        case .dimensions, .recordSize, .pixelCount: DatasetErrorCode.wrongShape
        case .cell, .columns: DatasetErrorCode.badTable
        case .labelsInsteadOfImages, .imagesInsteadOfLabels: DatasetErrorCode.swappedFiles
        case .countsDiffer: DatasetErrorCode.countsDiffer
        case .imageShapesDiffer, .masksDiffer: DatasetErrorCode.setsDiffer
        case .labelOutOfRange: DatasetErrorCode.labelOutOfRange
        case .oneClass, .oneClassFolder: DatasetErrorCode.oneClass
        case .notAFolder, .tooDeep, .noImages, .twoFolders: DatasetErrorCode.badFolder
        case .noClassFolders: DatasetErrorCode.noClassFolders
        case .unknownClass: DatasetErrorCode.unknownClass
        case .noMask: DatasetErrorCode.noMask
        case .notAnImage, .damagedImage, .tooManyPixels: DatasetErrorCode.badImage
        case .notAMask, .maskExtent, .maskClass: DatasetErrorCode.badMask
        case .setting: DatasetErrorCode.dataSetting
        case .ownValidation, .validationAndFold: DatasetErrorCode.validationTwice
        case .needsImageLabels: DatasetErrorCode.needsImageLabels
        case .interrupted: DatasetErrorCode.interrupted
        }
    }
}

extension AugmentationError.Reason {
    package var code: any ErrorCode {
        switch self {
        case .smallerThanCrop, .otherThanCrop: DatasetErrorCode.cropMisfits
        case .evenKernel: DatasetErrorCode.evenKernel
        case .secondMix: DatasetErrorCode.mixedTwice
        case .mixedChoice, .emptyChoice: DatasetErrorCode.badChoice
        }
    }
}
