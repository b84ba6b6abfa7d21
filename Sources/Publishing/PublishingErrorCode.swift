import CommandLanguage

/// Why results are not written.
package enum PublishingErrorCode: String, ErrorCode {
    case nothingToSave = "nothing-to-save"
    case unfitFormat = "unfit-format"
    case drawingFailed = "drawing-failed"

    package var explanation: ErrorExplanation {
        switch self {
        case .nothingToSave:
            .init(
                """
                `> file` and `as` save what a command shows, and this one showed nothing. `show`, `plot`, `stats` and \
                `runs` have something to save.
                """,
                wrong: "seed 7 > seed.md", right: "help seed > seed.md")
        case .unfitFormat:
            .init(
                """
                Not everything has a form in every format: a table is no picture, and an image grid no table. The hint \
                lists what fits.
                """,
                wrong: "help > help.png", right: "help > help.md")
        case .drawingFailed:
            .unstaged(
                """
                The drawing library could not make the picture, mostly for lack of memory. The message has its own words; \
                a smaller picture, or the numbers as `.csv`, may do.
                """,
                wrong: "plot loss > loss.png", right: "plot loss > loss.csv")
        }
    }
}
