import Tensors

/// Whether a folder's images are already split, and where the parts are.
struct SplitFolders {
    enum Split: CaseIterable {
        case train, validation, test

        /// What its folder may be called.
        var names: [String] {
            switch self {
            case .train: ["train"]
            case .validation: ["val", "valid", "validation"]
            case .test: ["test"]
            }
        }
    }

    /// Training first; one alone if nothing is split.
    let splits: [(split: Split, path: String)]
    /// What was left out.
    let remarks: [String]

    /// Looks for `train`, alone or with at least one of the others beside it.
    ///
    /// - Throws: `DatasetError` if the folder cannot be listed, or has two folders for the same split.
    init(_ path: String) throws(DatasetError) {
        let folders = try FolderListing(path, as: .inFolder).folders
        var found: [(Split, String)] = []
        for split in Split.allCases {
            let names = split.names.filter(folders.contains)
            guard names.count < 2 else {
                throw DatasetError(.twoFolders(names[0], names[1]), file: DataFile(path, as: .inFolder))
            }
            if let name = names.first { found.append((split, "\(path)/\(name)")) }
        }
        // A folder called `train` may be a class; one that stands alone is not.
        guard found.first?.0 == .train, found.count > 1 || folders.count == 1 else {
            splits = [(.train, path)]
            remarks = []
            return
        }
        splits = found
        let known = Split.allCases.flatMap(\.names)
        remarks = folders.filter { !known.contains($0) }.map { "folder beside the splits, left out: `\($0)`" }
    }

    /// Cuts a set that has the splits' images one after the other, so many of each.
    func cut(_ set: ImageSet, _ counts: [Int]) -> SourceSplits {
        var parts: [Split: ImageSet] = [:]
        var start = 0
        for (split, count) in zip(splits, counts) {
            parts[split.split] = set.subset(start..<start + count)
            start += count
        }
        let empty = set.subset([])
        return SourceSplits(
            pool: parts[.train] ?? empty, validation: parts[.validation], test: parts[.test] ?? empty)
    }
}
