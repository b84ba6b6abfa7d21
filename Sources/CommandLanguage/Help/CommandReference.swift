/// The command reference in Markdown, generated from the declarations: topics, and for each command its usage,
/// arguments, result and examples, whose fences are cells that run.
package func commandReference(_ signatures: [Signature]) -> String {
    let catalog = Catalog(signatures)
    var lines = ["# Commands", "", "Generated from the declarations of the commands; do not edit.", ""]
    let topics = catalog.commands.map(\.topic).unique
    for topic in topics {
        let names = catalog.commands.filter { $0.topic == topic }.map { "[\($0.name)](#\($0.name))" }
        lines.append("- **\(topic)**: \(names.joined(separator: ", "))")
    }
    for topic in topics {
        lines += ["", "## \(topic)"]
        for command in catalog.commands where command.topic == topic {
            lines += section(command, parents: [], heading: "###")
        }
    }
    lines += ["", "## \(Topic.functions.name)", "", "| in `( ... )` | gives |", "|---|---|"]
    lines += Topic.functions.lines.map { row(["`\($0.usage)`", $0.summary]) }
    return lines.joined(separator: "\n") + "\n"
}

/// One declaration; `known` are the words of the blocks around it, which have sections already.
private func section(
    _ signature: Signature, parents: [String], heading: String, known: Set<String> = []
) -> [String] {
    let name = (parents + [signature.name]).joined(separator: " ")
    var lines = [
        "", "\(heading) \(name)", "", "```text", signature.usage(after: parents), "```", "",
        signature.summary,
    ]
    for paragraph in signature.paragraphs { lines += ["", paragraph] }
    if !signature.arguments.isEmpty {
        lines += ["", "| argument | takes | default | what it is |", "|---|---|---|---|"]
        for argument in signature.arguments {
            let name = argument.form == .named ? argument.name + "=" : argument.name
            lines.append(
                row(["`\(name)`", argument.kind.label, argument.defaultText, argument.summary]))
        }
    }
    let fields = signature.result.filter { !$0.name.isEmpty }
    if !fields.isEmpty {
        lines += ["", "| field of the result | holds |", "|---|---|"]
        lines += fields.map { row(["`\($0.name)`", $0.summary]) }
    }
    for example in signature.examples { lines += ["", "```cairn", example.script, "```"] }
    for variant in signature.completeVariants {
        lines += section(variant, parents: parents + [signature.name], heading: heading + "#")
    }
    let vocabulary = signature.block?.vocabulary ?? []
    let repeated = vocabulary.filter { known.contains($0.name) }
    if !repeated.isEmpty {
        lines += ["", "In its block too: " + repeated.map { "`\($0.name)`" }.joined(separator: ", ") + "."]
    }
    for entry in vocabulary where !known.contains(entry.name) {
        lines += section(
            entry, parents: [], heading: heading + "#", known: known.union(vocabulary.map(\.name)))
    }
    return lines
}

/// `|` in a cell would end it.
private func row(_ cells: [String]) -> String {
    let escaped = cells.map { cell in
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    return "| " + escaped.joined(separator: " | ") + " |"
}
