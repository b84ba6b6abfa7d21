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

    /// What follows a text in the newest entry that begins with it and goes on in the same line; nil without one.
    package func continuation(of text: String) -> String? {
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        let match = entries.last { entry in
            entry.hasPrefix(text) && entry.dropFirst(text.count).first.map { !$0.isNewline } == true
        }
        return match.map { String($0.dropFirst(text.count)) }
    }

    /// The nearest entry before `index` that contains a text, upper and lower case alike.
    package func search(_ text: String, before index: Int) -> Int? {
        let wanted = text.lowercased()
        return entries.prefix(max(0, index)).lastIndex { $0.lowercased().contains(wanted) }
    }
}
