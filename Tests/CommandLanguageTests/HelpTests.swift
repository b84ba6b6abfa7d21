import CommandLanguage
import Testing

@Test func helpListsTheTopics() {
    let lines = Session().output("help")
    #expect(lines[0].hasPrefix("Data | data\nModel | model\nTraining | optimizer, train\n"))
    #expect(lines[0].contains("Language | let, if, while"))
}

@Test func helpShowsACommandFromItsDeclaration() {
    #expect(
        Session().output("help train") == [
            "train <epochs> [time=<number>] [milestones=<list>] [scale=1..1] [note=<text>] [-> name]",
            "Train for some epochs.",
            """
            Arguments
            epochs | integer 1..1000 | required | how often to go through the data
            time= | number > 0 in seconds | optional | when to stop
            milestones= | list of integers 1..1000 | optional | epochs to report
            scale= | range within 0..2 | 1..1 | of the images
            note= | text | optional | words to keep
            """,
            """
            Result
            epochs | how many were trained
            val.accuracy | on the validation images, by epoch
            val.loss | on the validation images, by epoch
            """,
            "Example", "  train 3 -> run\n  print $run.val.accuracy.last",
        ])
}

@Test(arguments: [
    ("help conv", "conv <filters> [kernel=3] [padding=valid]"),
    ("help sgd", "optimizer sgd [rate=0.01] [momentum=0] [nesterov=false] [l2=0]"),
    ("help optimizer sgd", "optimizer sgd [rate=0.01] [momentum=0] [nesterov=false] [l2=0]"),
    ("help optimizer", "optimizer sgd | adam [l2=0]"), ("help model", "model <name> { layers }"),
    ("help if", "if (condition) { ... } [else if (condition) { ... }] [else { ... }]"),
    ("help plot", "plot <series>... [title=\"\"]"),
    ("help Training", "Training\noptimizer | Choose the update rule.\ntrain | Train for some epochs."),
    ("help training", "Training\noptimizer | Choose the update rule.\ntrain | Train for some epochs."),
    ("def f(a, b=2) { }\nhelp f", "f <a> [b] [-> name]"),
])
func helpStartsWithTheUsage(_ script: String, _ usage: String) {
    #expect(Session().output(script).first == usage)
}

@Test(arguments: [
    ("apropos stuck", ["optimizer", "train"]), ("apropos training", ["train"]),
    ("apropos TRAINED", ["train"]),
    ("apropos loading", ["load", "data"]), ("apropos validation stuck", ["train", "optimizer"]),
    ("apropos filters", ["conv"]), ("apropos xyzzy", []),
])
func aproposFindsByNameAndSymptom(_ script: String, _ first: [String]) {
    let lines = Session().output(script).first?.split(separator: "\n") ?? []
    let names = lines.compactMap { line in
        line.contains(" | ") ? line.split(separator: " | ").first.map(String.init) : nil
    }
    #expect(Array(names.prefix(first.count)) == first)
    #expect(first.isEmpty == names.isEmpty)
}

@Test func theReferenceHoldsEveryWordAndItsExamplesAreCells() {
    let catalog = Session().interpreter.catalog
    let text = commandReference(catalog.commands)
    let cells = cairnCells(inMarkdown: text, name: "").map(\.text)
    for entry in catalog.entries {
        #expect(text.contains("# \(entry.name)\n"), "\(entry.name)")
        for example in entry.signature.examples { #expect(cells.contains(example.script + "\n")) }
    }
    #expect(text.contains("| `momentum=` | number 0..<1 | 0 | share of the last step kept |"))
    #expect(text.hasSuffix("\n"))
}
