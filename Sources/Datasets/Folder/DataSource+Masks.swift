import Tensors

extension DataSource {
    /// Images and their masks: PNG files of the same name in another folder, one class for each pixel.
    ///
    /// `masks` is the folder of the masks; without it the folder, or each of its splits, has `images` and `masks` in
    /// it. Without `classes` all masks are read once, to find the largest class; `shouldStop` is asked meanwhile.
    ///
    /// - Throws: `DatasetError` with the file or folder, or `.interrupted`.
    package static func masks(
        _ path: String, masks: String?, classes names: [String]?, _ settings: FileSettings, workers: Workers,
        shouldStop: () -> Bool = { false }
    ) throws(DatasetError) -> DataSource {
        try settings.check()
        let layout = masks == nil ? try SplitFolders(path) : nil
        var files: [[ImageFile]] = []
        if let masks { files.append(try pairs(images: path, masks: masks, as: .masks)) }
        for split in layout?.splits ?? [] {
            files.append(
                try pairs(images: "\(split.path)/images", masks: "\(split.path)/masks", as: .inFolder))
        }
        let all = files.flatMap { $0 }
        let classes =
            if let names { names } else { try classNames(of: all, settings, workers, shouldStop) }
        let store = FileStore(all, classes: classes.count, settings)
        let set = ImageSet(store: store, labels: [Int32](repeating: 0, count: all.count))
        return DataSource(
            name: "folder", classes: classes,
            splits: layout?.cut(set, files.map(\.count)) ?? SourceSplits(pool: set),
            remarks: layout?.remarks ?? [])
    }

    /// Whether a folder has images and masks in folders of these names, itself or in its splits.
    package static func hasMasks(_ path: String) throws(DatasetError) -> Bool {
        let folders = try FolderListing(try SplitFolders(path).splits[0].path, as: .inFolder).folders
        return folders.contains("images") && folders.contains("masks")
    }

    /// - Throws: `DatasetError` if there is no image, or one without a mask.
    private static func pairs(
        images: String, masks: String, as maskRole: DataFile.Role
    ) throws(DatasetError) -> [ImageFile] {
        let imageNames = try ImageTree(images, as: .inFolder).images
        guard !imageNames.isEmpty else {
            throw DatasetError(.noImages, file: DataFile(images, as: .inFolder))
        }
        let maskNames = try ImageTree(masks, as: maskRole).images
        let maskByStem = Dictionary(maskNames.map { (stem(of: $0), $0) }) { first, _ in first }
        var files: [ImageFile] = []
        for name in imageNames {
            guard let mask = maskByStem[stem(of: name)] else {
                throw DatasetError(.noMask(in: masks), file: DataFile("\(images)/\(name)", as: maskRole))
            }
            files.append(
                ImageFile(
                    image: DataFile("\(images)/\(name)", as: .inFolder),
                    mask: DataFile("\(masks)/\(mask)", as: maskRole)))
        }
        return files
    }

    /// Without the suffix.
    private static func stem(of name: String) -> Substring {
        name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    }

    /// "0", "1", ... up to the largest class in the masks.
    private static func classNames(
        of files: [ImageFile], _ settings: FileSettings, _ workers: Workers, _ shouldStop: () -> Bool
    ) throws(DatasetError) -> [String] {
        let found = Monitor<(largest: Int, error: DatasetError?)>((0, nil))
        let masksAtATime = 64
        for first in stride(from: 0, to: files.count, by: masksAtATime) {
            if shouldStop() { throw DatasetError(.interrupted) }
            workers.forEach(min(masksAtATime, files.count - first)) { item, _ in
                guard let mask = files[first + item].mask else { return }
                do throws(DatasetError) {
                    let largest = try ImageDecoder().largestClass(in: mask)
                    found.withLock { $0.largest = max($0.largest, largest) }
                } catch {
                    found.withLock { $0.error = $0.error ?? error }
                }
            }
            if settings.unreadable == .error, let error = found.withLock({ $0.error }) { throw error }
        }
        let largest = found.withLock { $0.largest }
        guard largest > 0 else { throw DatasetError(.oneClass(label: 0), file: files[0].mask) }
        return (0...largest).map(String.init)
    }
}
