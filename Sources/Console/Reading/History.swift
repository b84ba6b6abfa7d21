/// What was entered before, oldest first, and the file that keeps it between starts.
package final class History {
    package private(set) var entries: [String]
    private let file: HistoryFile?

    /// - Parameter file: None keeps entries in memory only.
    package init(file: HistoryFile?) {
        self.file = file
        entries = file?.load() ?? []
    }

    /// Adds an entry, whole, unless it is blank or the one before again.
    package func append(_ entry: String) {
        guard entry.contains(where: { !$0.isWhitespace }), entry != entries.last else { return }
        entries.append(entry)
        file?.append(entry)
    }

    /// The nearest entry before `index` that contains a text, upper and lower case alike.
    package func search(_ text: String, before index: Int) -> Int? {
        let wanted = text.lowercased()
        return entries.prefix(max(0, index)).lastIndex { $0.lowercased().contains(wanted) }
    }
}
