/// What the language asks of the world that it runs in; it knows no file, no key and no clock itself.
package struct Surroundings {
    /// Whether Ctrl-C was pressed since the input started. Asked before each statement and at each turn of a loop.
    package var shouldStop: () -> Bool
    /// Whether there is a file or folder of this name, as typed (`~` and all).
    package var pathExists: (String) -> Bool
    /// The names in a folder, for completion: folders end with `/`. The folder is as typed, `""` for the current one.
    package var namesInFolder: (String) -> [String]
    /// What there is of a kind of thing that arguments name, such as `layer`, or of `Formula`'s nouns, for completion.
    package var names: (String) -> [CompletionList.Item]
    /// What the prompt shows: where you are.
    package var promptWords: () -> [String]
    /// Told where results go, before anything runs: commands show theirs through their context.
    package var useSink: (any DisplaySink) -> Void
    /// What a command showed, in a format.
    package var publish: ([Displayable], OutputFormat) throws -> [UInt8]
    /// Writes a file, named as typed, whole or not at all.
    package var writeFile: (String, [UInt8]) throws -> Void
    /// Whether a bare name in an expression can be measured, such as `val.accuracy`, now or later.
    package var isMeasurable: (String) -> Bool
    /// The value of such a name; nil if it has none now.
    package var measure: (String) -> Value?
    /// Told the text of each statement of a script's outermost level before it runs: what it changes is one change.
    package var beginStatement: (String) -> Void
    /// Told before each statement of a script's outermost level, so that a front end can echo it.
    package var willRun: ((Source, Span) -> Void)?

    package init(
        shouldStop: @escaping () -> Bool = { false },
        pathExists: @escaping (String) -> Bool = { _ in true },
        namesInFolder: @escaping (String) -> [String] = { _ in [] },
        names: @escaping (String) -> [CompletionList.Item] = { _ in [] },
        promptWords: @escaping () -> [String] = { [] },
        useSink: @escaping (any DisplaySink) -> Void = { _ in },
        publish: @escaping ([Displayable], OutputFormat) throws -> [UInt8] = { _, _ in [] },
        writeFile: @escaping (String, [UInt8]) throws -> Void = { _, _ in },
        isMeasurable: @escaping (String) -> Bool = { _ in false },
        measure: @escaping (String) -> Value? = { _ in nil },
        beginStatement: @escaping (String) -> Void = { _ in },
        willRun: ((Source, Span) -> Void)? = nil
    ) {
        self.shouldStop = shouldStop
        self.pathExists = pathExists
        self.namesInFolder = namesInFolder
        self.names = names
        self.promptWords = promptWords
        self.useSink = useSink
        self.publish = publish
        self.writeFile = writeFile
        self.isMeasurable = isMeasurable
        self.measure = measure
        self.beginStatement = beginStatement
        self.willRun = willRun
    }
}
