import Glibc

/// The character set of the process, which decides between Unicode and ASCII drawings.
package enum Charset {
    /// Takes the character set that the environment names; to be called once, before anything is read or written.
    ///
    /// A machine without the named locale (`LANG=en_US.UTF-8` in a small container) still has `C.UTF-8`.
    package static func adopt(environment: [String: String]) {
        if setlocale(LC_CTYPE, "") == nil, namesUTF8(environment) { _ = setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// Whether the adopted character set is UTF-8.
    package static var isUnicode: Bool {
        nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8"
    }

    private static func namesUTF8(_ environment: [String: String]) -> Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
        guard let name = names.first(where: { !$0.isEmpty })?.lowercased() else { return false }
        return name.contains("utf-8") || name.contains("utf8")
    }
}
