import CommandLanguage
import Testing
import Workbench

/// What somebody who learns finds in help: how it computes, or where it is described.
@Suite struct PaperTests {
    /// The words of the field: layers, losses, optimizers, schedules.
    static let names = Session.catalog.entries.filter { entry in
        ["loss", "optimizer", "schedule"].contains(entry.path[0]) && entry.path.count > 1
            || entry.container == "model"
    }.map(\.name)

    /// Words that say all there is in their summary and arguments.
    private static let plain: Set<String> = [
        "flatten", "mark", "upsample", "schedule constant", "schedule expression", "schedule plateau",
    ]

    @Test func thereAreMany() { #expect(Self.names.count > 50) }

    @Test(arguments: names)
    func hasAFormulaOrAPaper(_ name: String) throws {
        let entry = try #require(Session.catalog.entries.first { $0.name == name })
        let details = entry.signature.details
        let hasFormula = details.contains("=") || details.contains("⌊")
        let hasPaper = details.contains(#/\([^()]*\d{4}[^()]*\)/#)
        #expect(hasFormula || hasPaper || Self.plain.contains(name), "\(details)")
    }
}
