import Glibc

/// What is in a folder: names in the order of their bytes, as Python sorts them. Links are followed; what starts with
/// a dot is left out. No file is opened.
struct FolderListing {
    private(set) var folders: [String] = []
    private(set) var files: [String] = []

    /// - Throws: `DatasetError` if it is no folder that can be listed.
    init(_ path: String, as role: DataFile.Role) throws(DatasetError) {
        let file = DataFile(path, as: role)
        guard let folder = opendir(path) else {
            throw DatasetError(errno == ENOTDIR ? .notAFolder : .system(errno), file: file)
        }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.utf8.first == UInt8(ascii: ".") { continue }
            if Self.isFolder(Int32(entry.pointee.d_type), "\(path)/\(name)") {
                folders.append(name)
            } else {
                files.append(name)
            }
        }
        folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Only links, and what file systems tell nothing about, cost a look.
    private static func isFolder(_ type: Int32, _ path: String) -> Bool {
        guard type == Int32(DT_LNK) || type == Int32(DT_UNKNOWN) else { return type == Int32(DT_DIR) }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

/// The image files of a folder and of all folders in it.
struct ImageTree {
    /// Paths below the folder, in order.
    private(set) var images: [String] = []
    /// How many other files there are.
    private(set) var otherFiles = 0

    /// Deeper than anybody sorts images, and an end to links that lead back up.
    private static let mostLevels = 16

    /// - Throws: `DatasetError` if a folder cannot be listed, or if folders nest too deep.
    init(_ path: String, as role: DataFile.Role) throws(DatasetError) { try add(path, "", role, level: 0) }

    private mutating func add(
        _ path: String, _ prefix: String, _ role: DataFile.Role, level: Int
    ) throws(DatasetError) {
        guard level < Self.mostLevels else {
            throw DatasetError(.tooDeep(Self.mostLevels), file: DataFile(path, as: role))
        }
        let listing = try FolderListing(path, as: role)
        for name in listing.files {
            if isImageName(name) { images.append(prefix + name) } else { otherFiles += 1 }
        }
        for folder in listing.folders {
            try add("\(path)/\(folder)", "\(prefix)\(folder)/", role, level: level + 1)
        }
    }
}

/// Whether a file is called like an image.
func isImageName(_ name: String) -> Bool {
    let lowered = name.utf8.suffix(5).map { byte in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return imageSuffixes.contains { lowered.suffix($0.count).elementsEqual($0) }
}

private let imageSuffixes = allImageFormats.flatMap { $0.suffixes }.map { Array($0.utf8) }
