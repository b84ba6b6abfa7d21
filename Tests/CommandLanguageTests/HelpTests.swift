import Testing

@testable import CommandLanguage

@Test func helpListsTheTopics() {
    let lines = Session().output("help")
    #expect(
        lines[0].hasPrefix(
            "Data | data\nModel | model\nLayers | conv, relu, dense\nTraining | optimizer, train\n"))
    #expect(lines[0].contains("Language | let, if, while"))
    #expect(lines[0].hasSuffix("Functions | " + Function.all.map(\.name).joined(separator: ", ")))
    #expect(
        lines[1]
            == "help data explains a command, help Layers a topic; apropos stuck finds what helps."
    )
    #expect(Session().output("help topics") == lines)
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
    (
        "help Layers",
        "Layers\nconv | Convolve with square filters.\nrelu | Keep what is positive.\ndense | Connect everything."
    ),
    (
        "help functions",
        "Functions\n" + Function.all.map { "\($0.usage) | \($0.summary)" }.joined(separator: "\n")
    ),
    ("help shapes", "data shapes [size] [noise=0] [channels=3]"),
    ("def f(a, b=2) { }\nhelp f", "f <a> [b] [-> name]"),
])
func helpStartsWithTheUsage(_ script: String, _ usage: String) {
    #expect(Session().output(script).first == usage)
}

@Test(arguments: [
    ("apropos stuck", ["optimizer", "train"]), ("apropos training", ["train"]),
    ("apropos TRAINED", ["train"]),
    ("apropos loading", ["load", "data"]), ("apropos validation stuck", ["train", "optimizer"]),
    ("apropos filters", ["conv"]), ("apropos xyzzy", []), ("apropos my loading is out of the", ["load"]),
    ("apropos for", ["for"]), ("apropos \"=\"", ["let"]), ("apropos test", ["expect"]),
    ("apropos function", ["let", "def", "return"]), ("apropos nesterov", ["optimizer sgd"]),
    ("apropos interrupt", ["train"]), ("apropos underfitting", ["optimizer", "train"]),
    ("apropos \"lr?\"", ["optimizer sgd", "optimizer adam"]),
    ("apropos a connected network", ["model", "dense"]),
])
func aproposFindsByNameAndSymptom(_ script: String, _ first: [String]) {
    let lines = Session().output(script).first?.split(separator: "\n") ?? []
    let names = lines.compactMap { line in
        line.contains(" | ") ? line.split(separator: " | ").first.map(String.init) : nil
    }
    #expect(Array(names.prefix(first.count)) == first)
    #expect(first.isEmpty == names.isEmpty)
}

@Test(arguments: ["layer", "augmentation"])
func anEntrysPageSaysWhereItStands(_ noun: String) {
    let entry = Signature("flip", "Mirror.", examples: ["augment { flip }"])
    let host = Signature("augment", "Vary.", block: .init(noun: noun, vocabulary: [entry]))
    let page = Help(Catalog([host])).page(for: ["flip"]) ?? []
    let article = noun == "layer" ? "A" : "An"
    #expect(page.contains(.text(StyledText("\(article) \(noun): it stands inside `augment { }`.", .faint))))
}

/// The words with which a host might declare commands about training.
private let trainingWords = Catalog(
    [
        Signature(
            "seed", "Set the seed.", details: "The accuracy does change, but does not improve.", topic: "T",
            keywords: ["random"]),
        Signature(
            "normalize", "Give images mean 0.", topic: "T", keywords: ["normalisation", "stuck", "slow"]),
        Signature("batch", "Set the batch size.", topic: "T", keywords: ["noise", "memory"]),
        Signature("rate", "Change the learning rate.", topic: "T", keywords: ["stuck", "jumps", "nan"]),
        Signature("dropout", "Zero a share.", topic: "T", keywords: ["regularisation", "overfitting"]),
        Signature("evaluate", "Measure the model.", topic: "T", keywords: ["accuracy", "test"]),
        Signature("train", "Train for some epochs.", topic: "T", keywords: ["fit", "nan"]),
    ] + Signature.own)

@Test(arguments: [
    ("accuracy does not improve", ["evaluate", "seed"]), ("my rate", ["rate"]),
    ("regularization", ["dropout"]), ("regularizer", ["dropout"]), ("normalise", ["normalize"]),
    ("normalizing", ["normalize"]), ("test", ["evaluate", "expect"]),
])
func aproposAnswersQuestions(_ question: String, _ names: [String]) {
    #expect(Help(trainingWords).matches([question]).map(\.name) == names)
}

@Test func theHostHasItsOwnSynonyms() {
    let help = Help(trainingWords, synonyms: [Synonym(["wobbly"], ["jumps"])])
    #expect(help.matches(["wobbly"]).map(\.name) == ["rate"])
    #expect(help.matches(["lr"]).isEmpty)
    let interpreter = Interpreter<Void>(
        commands: [Command(trainingWords.commands[3]) { _, _ in .nothing }], context: (),
        synonyms: [Synonym(["wobbly"], ["jumps"])])
    let sink = RecordingSink()
    #expect(interpreter.execute(Source(name: "", text: "apropos wobbly"), sink: sink) == .succeeded)
    #expect(sink.lines == ["rate | Change the learning rate."])
}

@Test func theReferenceHoldsEveryWordAndItsExamplesAreCells() {
    let catalog = Session().interpreter.catalog
    let text = commandReference(catalog.commands)
    for entry in catalog.entries {
        #expect(text.contains("# \(entry.name)\n"), "\(entry.name)")
        for example in entry.signature.examples {
            #expect(text.contains("```cairn\n\(example.script)\n```\n"))
        }
    }
    #expect(text.contains("| `momentum=` | number 0..<1 | 0 | share of the last step kept |"))
    #expect(text.contains("| `round(x, digits)` |"))
    #expect(text.hasSuffix("\n"))
}
