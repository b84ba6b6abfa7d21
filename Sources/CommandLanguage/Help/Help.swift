/// What `help` and `apropos` show, all of it read from the declarations.
package struct Help {
    let catalog: Catalog
    let synonyms: [Synonym]

    package init(_ catalog: Catalog, synonyms: [Synonym] = []) {
        self.catalog = catalog
        self.synonyms = synonyms
    }

    /// What `help` alone shows: each topic with its words.
    package func overview() -> [Displayable] {
        let rows = topics.map { topic in
            [
                StyledText(topic.name, .strong), StyledText(topic.lines.map(\.name).joined(separator: ", ")),
            ]
        }
        return [
            .table(Table(columns: [Table.Column("topic"), Table.Column("commands")], rows: rows)),
            .text(
                StyledText([
                    .init("help \(catalog.commands[0].name)", .code), .init(" explains a command, "),
                    .init("help \(exampleTopic)", .code), .init(" a topic; "),
                    .init("apropos stuck", .code), .init(" finds what helps."),
                ])),
        ]
    }

    /// The page of a command, variant, entry or topic, or nil if there is none of that name. No words, or "topics",
    /// give the overview.
    package func page(for words: [String]) -> [Displayable]? {
        let name = words.joined(separator: " ")
        let entries = catalog.entries.filter { $0.name == name || $0.path.last == name }
        // A command hides a variant or entry of the same name.
        if let command = entries.first(where: { $0.name == name }) ?? entries.first {
            return page(for: command.signature, entry: command)
        }
        if ["", Self.overviewName].contains(name.lowercased()) { return overview() }
        return topics.first { $0.name.lowercased() == name.lowercased() }.map(page)
    }

    /// What the overview is called among the pages.
    static let overviewName = "topics"

    /// The page of a declaration that no catalog holds: a `def`.
    package func page(for signature: Signature) -> [Displayable] { page(for: signature, entry: nil) }

    /// The known command, variant, entry or topic that was probably meant.
    func nearestName(to words: [String]) -> String? {
        let known =
            catalog.entries.map(\.name) + catalog.entries.compactMap(\.path.last) + topics.map(\.name)
        return nearest(to: words.joined(separator: " "), among: known)
    }

    // MARK: Parts

    /// A topic that looks unlike a command: `Data` beside `data` would puzzle.
    private var exampleTopic: String {
        let names = topics.map(\.name)
        return names.first { catalog.command($0.lowercased()) == nil } ?? names[0]
    }

    private func page(for topic: Topic) -> [Displayable] {
        let rows = topic.lines.map { [StyledText($0.usage, .strong), StyledText($0.summary)] }
        let columns = [Table.Column("name"), Table.Column("summary")]
        let table = Displayable.table(Table(title: topic.name, columns: columns, rows: rows))
        guard let container = topic.container else { return [table] }
        return [table, .text(StyledText("They stand inside `\(container) { }`.", .faint))]
    }

    private func page(for signature: Signature, entry: Catalog.Entry?) -> [Displayable] {
        let parents = entry.map { Array($0.path.dropLast()) } ?? []
        var page: [Displayable] = [
            .text(StyledText(signature.usage(after: parents), .heading)),
            .text(StyledText(signature.summary)),
        ]
        if let container = entry?.container, let noun = entry?.noun {
            page.append(
                .text(
                    StyledText(
                        "\(noun.withArticle.capitalized): it stands inside `\(container) { }`.", .faint)))
        }
        for paragraph in signature.paragraphs { page.append(.text(StyledText(paragraph).asProse)) }
        if !signature.variants.isEmpty {
            page.append(
                .table(listing(signature.variants, title: signature.standsAlone ? "Besides" : "Kinds")))
        }
        if !signature.arguments.isEmpty { page.append(.table(argumentTable(signature.arguments))) }
        if let block = signature.block, !block.vocabulary.isEmpty {
            page.append(.table(listing(block.vocabulary, title: "In its block")))
        }
        let fields = signature.result.filter { !$0.name.isEmpty }
        if !fields.isEmpty {
            let rows = fields.map { [StyledText($0.name, .strong), StyledText($0.summary)] }
            page.append(
                .table(
                    Table(
                        title: "Result", columns: [Table.Column("field"), Table.Column("holds")], rows: rows))
            )
        }
        if !signature.examples.isEmpty {
            page.append(.text(StyledText(signature.examples.count == 1 ? "Example" : "Examples", .heading)))
            for example in signature.examples {
                page.append(.text(StyledText(example.script.indented, .code)))
            }
        }
        return page
    }

    private func listing(_ signatures: [Signature], title: String) -> Table {
        Table(
            title: title, columns: [Table.Column("name"), Table.Column("summary")],
            rows: signatures.map { [StyledText($0.name, .strong), StyledText($0.summary)] })
    }

    private func argumentTable(_ arguments: [Argument]) -> Table {
        Table(
            title: "Arguments",
            columns: ["name", "takes", "default", "what it is"].map { Table.Column($0) },
            rows: arguments.map { argument in
                [
                    StyledText(argument.form == .named ? argument.name + "=" : argument.name, .strong),
                    StyledText(argument.kind.label), StyledText(argument.defaultText),
                    StyledText(argument.summary),
                ]
            })
    }
}

extension Argument {
    /// The default as typed, "required" or "optional".
    var defaultText: String { typedDefault ?? (isOptional ? "optional" : "required") }
}

extension Signature {
    /// The details without the line breaks of the source code.
    var paragraphs: [String] {
        var paragraphs: [String] = []
        var lines: [Substring] = []
        for line in details.split(separator: "\n", omittingEmptySubsequences: false) + [""[...]] {
            if line.trimmingBlanks.isEmpty {
                if !lines.isEmpty { paragraphs.append(lines.joined(separator: " ")) }
                lines = []
            } else {
                lines.append(line.trimmingBlanks)
            }
        }
        return paragraphs
    }
}

extension String {
    /// With a large first letter.
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }

    var indented: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    }
}
