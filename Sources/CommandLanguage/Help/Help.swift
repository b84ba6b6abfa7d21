/// What `help` and `apropos` show, all of it read from the declarations.
package struct Help {
    let catalog: Catalog

    package init(_ catalog: Catalog) { self.catalog = catalog }

    /// The topics in the order of their first command.
    package var topics: [String] { catalog.commands.map(\.topic).unique.filter { !$0.isEmpty } }

    /// What `help` alone shows: each topic with its commands.
    package func overview() -> [Displayable] {
        let rows = topics.map { topic in
            [
                StyledText(topic, .strong),
                StyledText(catalog.commands.filter { $0.topic == topic }.map(\.name).joined(separator: ", ")),
            ]
        }
        return [
            .table(Table(columns: [Table.Column("topic"), Table.Column("commands")], rows: rows)),
            .text(
                StyledText([
                    .init("help \(catalog.commands[0].name)", .code), .init(" explains a command, "),
                    .init("help Language", .code),
                    .init(" a topic; "), .init("apropos loop", .code),
                    .init(" finds commands by what they are about."),
                ])),
        ]
    }

    /// The page of a command, variant, entry or topic, or nil if there is none of that name.
    package func page(for words: [String]) -> [Displayable]? {
        let name = words.joined(separator: " ")
        let entries = catalog.entries.filter { $0.name == name || $0.path.last == name }
        // A command hides a variant or entry of the same name.
        if let command = entries.first(where: { $0.name == name }) ?? entries.first {
            return page(for: command.signature, entry: command)
        }
        guard let topic = topics.first(where: { $0.lowercased() == name.lowercased() }) else { return nil }
        return [.table(listing(catalog.commands.filter { $0.topic == topic }, title: topic))]
    }

    /// The page of a declaration that no catalog holds: a `def`.
    package func page(for signature: Signature) -> [Displayable] { page(for: signature, entry: nil) }

    /// The known command, variant, entry or topic that was probably meant.
    func nearestName(to words: [String]) -> String? {
        let known = catalog.entries.map(\.name) + catalog.entries.compactMap(\.path.last) + topics
        return nearest(to: words.joined(separator: " "), among: known)
    }

    // MARK: Parts

    private func page(for signature: Signature, entry: Catalog.Entry?) -> [Displayable] {
        let parents = entry.map { Array($0.path.dropLast()) } ?? []
        var page: [Displayable] = [
            .text(StyledText(signature.usage(after: parents), .code)),
            .text(StyledText(signature.summary)),
        ]
        if let container = entry?.container, let noun = entry?.noun {
            page.append(.text(StyledText("A \(noun): it stands inside `\(container) { }`.", .faint)))
        }
        for paragraph in signature.paragraphs { page.append(.text(StyledText(paragraph))) }
        if !signature.variants.isEmpty { page.append(.table(listing(signature.variants, title: "Kinds"))) }
        if !signature.arguments.isEmpty { page.append(.table(argumentTable(signature.arguments))) }
        if let block = signature.block {
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
    fileprivate var indented: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    }
}
