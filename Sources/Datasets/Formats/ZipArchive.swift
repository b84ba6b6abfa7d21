import CZip

/// A ZIP archive, by libzip.
final class ZipArchive {
    let file: DataFile
    private let archive: OpaquePointer

    /// - Throws: `DatasetError` if it is no such file.
    init(_ file: DataFile) throws(DatasetError) {
        _ = try RegularFile(file)
        var status: Int32 = 0
        guard let archive = zip_open(file.path, ZIP_RDONLY, &status) else {
            var error = zip_error_t()
            zip_error_init_with_code(&error, status)
            defer { zip_error_fini(&error) }
            let isOther = status == ZIP_ER_NOZIP || status == ZIP_ER_INCONS
            throw DatasetError(
                isOther ? .notZip : .unreadable(String(cString: zip_error_strerror(&error))), file: file)
        }
        self.file = file
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    var names: [String] {
        (0..<max(zip_get_num_entries(archive, 0), 0)).compactMap { index in
            zip_get_name(archive, zip_uint64_t(index), 0).map { String(cString: $0) }
        }
    }

    /// - Throws: `DatasetError` if it is not there, or packed in a way that libzip does not know.
    func member(_ name: String) throws(DatasetError) -> Member {
        var status = zip_stat_t()
        guard zip_stat(archive, name, 0, &status) == 0, let content = zip_fopen(archive, name, 0) else {
            throw DatasetError(.unreadable(String(cString: zip_strerror(archive))), file: file)
        }
        return Member(archive: self, size: Int(clamping: status.size), content: content)
    }

    /// One file in the archive, unpacked as it is read.
    final class Member: ByteReader {
        // Keeps the archive open.
        private let archive: ZipArchive
        let mostBytes: Int
        private let content: OpaquePointer

        fileprivate init(archive: ZipArchive, size: Int, content: OpaquePointer) {
            self.archive = archive
            mostBytes = size
            self.content = content
        }

        deinit { zip_fclose(content) }

        var file: DataFile { archive.file }

        func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            var filled = 0
            while filled < count {
                let got = bytes.withUnsafeMutableBytes { room in
                    zip_fread(content, room.baseAddress.map { $0 + filled }, zip_uint64_t(count - filled))
                }
                // Also when what was unpacked does not have the checksum that the archive says.
                guard got >= 0 else { throw DatasetError(.damagedCompression, file: file) }
                if got == 0 { break }
                filled += Int(got)
            }
            bytes.removeLast(count - filled)
            return bytes
        }
    }
}
