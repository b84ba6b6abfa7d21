/// What keeps a front end from reading its script or writing its results.
package enum FrontEndErrorCode: String, ErrorCode {
    case unreadableScript = "unreadable-script"
    case noCells = "no-cells"
    case unwritableResults = "unwritable-results"

    package var explanation: ErrorExplanation {
        switch self {
        case .unreadableScript:
            .unstaged(
                """
                The script cannot be opened or is not UTF-8 text. Check its name, its permissions, and the encoding that \
                the editor saved it in.
                """,
                wrong: "cairn run nowhere.cairn", right: "cairn run first-steps.cairn")
        case .noCells:
            .unstaged(
                """
                Of a Markdown file only the cells run that are fenced as ```cairn, and this one has none. Check the word \
                after the three backquotes.
                """,
                wrong: "```python\ntrain 3\n```", right: "```cairn\ntrain 3\n```")
        case .unwritableResults:
            .unstaged(
                """
                What receives the results takes no more: a full disk, a closed pipe. The commands themselves ran until \
                then; check the free space or the program behind the `|`.
                """,
                wrong: "cairn run first-steps.cairn > /dev/full",
                right: "cairn run first-steps.cairn > results.txt")
        }
    }
}
