import Tensors

extension DataSource {
    /// Images in a folder for each class, PNG and JPEG files of any size, decoded when they are needed.
    ///
    /// Classes are the folders' names, sorted. A folder with `train` and one or more of `val` (or `valid`,
    /// `validation`) and `test` in it has these splits, each with the folders of the classes. No file is opened.
    ///
    /// - Throws: `DatasetError` with the file or folder.
    package static func folder(_ path: String, _ settings: FileSettings) throws(DatasetError) -> DataSource {
        try settings.check()
        let layout = try SplitFolders(path)
        var remarks = layout.remarks
        var parts: [ClassFolders] = []
        for split in layout.splits { parts.append(try ClassFolders(split.path)) }
        let classes = parts[0].classes
        for (split, part) in zip(layout.splits, parts) {
            if let unknown = part.classes.first(where: { !classes.contains($0) }) {
                throw DatasetError(
                    .unknownClass(unknown, known: classes), file: DataFile(split.path, as: .inFolder))
            }
            if part.files.isEmpty { throw DatasetError(.noImages, file: DataFile(split.path, as: .inFolder)) }
        }
        try parts[0].checkVariety(DataFile(layout.splits[0].path, as: .inFolder))
        let otherFiles = parts.reduce(0) { $0 + $1.otherFiles }
        if otherFiles > 0 { remarks.append("files that are no PNG or JPEG, left out: \(otherFiles)") }

        let numbers = Dictionary(uniqueKeysWithValues: zip(classes, Int32(0)...))
        let labels = parts.map { part in part.labels.map { numbers[part.classes[$0]] ?? 0 } }
        let store = FileStore(
            parts.flatMap { part in part.files.map { ImageFile(image: DataFile($0, as: .inFolder)) } },
            classes: classes.count, settings)
        return DataSource(
            name: "folder", classes: classes,
            splits: layout.cut(
                ImageSet(store: store, labels: labels.flatMap { $0 }), parts.map(\.files.count)),
            remarks: remarks)
    }
}

extension FileSettings {
    /// - Throws: `DatasetError.setting`.
    func check() throws(DatasetError) {
        guard imageShape.extents.prefix(2).allSatisfy((1...mostPixelsASide).contains) else {
            throw DatasetError(
                .setting(
                    "size", found: "\(imageShape[0])x\(imageShape[1])",
                    allowed: "1 to \(mostPixelsASide) pixels a side"))
        }
        guard [1, 3].contains(imageShape[2]) else {
            throw DatasetError(.setting("channels", found: "\(imageShape[2])", allowed: "1 or 3"))
        }
        guard mostCachedBytes >= 0 else {
            throw DatasetError(.setting("memory", found: "\(mostCachedBytes)", allowed: "0 bytes or more"))
        }
    }
}

/// The images of one split, in a folder for each class.
private struct ClassFolders {
    /// Sorted.
    let classes: [String]
    private(set) var files: [String] = []
    /// Of each file, an index into `classes`.
    private(set) var labels: [Int] = []
    private(set) var otherFiles: Int

    init(_ path: String) throws(DatasetError) {
        let listing = try FolderListing(path, as: .inFolder)
        classes = listing.folders
        otherFiles = listing.files.count
        guard !classes.isEmpty else {
            let images = listing.files.count(where: isImageName)
            throw DatasetError(
                images > 0 ? .noClassFolders(images: images) : .noImages, file: DataFile(path, as: .inFolder))
        }
        for (label, name) in classes.enumerated() {
            let tree = try ImageTree("\(path)/\(name)", as: .inFolder)
            files += tree.images.map { "\(path)/\(name)/\($0)" }
            labels += [Int](repeating: label, count: tree.images.count)
            otherFiles += tree.otherFiles
        }
    }

    /// Refuses images that are all of one class.
    func checkVariety(_ folder: DataFile) throws(DatasetError) {
        guard let first = labels.first, labels.allSatisfy({ $0 == first }) else { return }
        throw DatasetError(.oneClassFolder(classes[first]), file: folder)
    }
}
