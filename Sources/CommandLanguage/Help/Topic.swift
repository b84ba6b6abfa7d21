/// A heading of help with what stands under it.
struct Topic {
    /// One word with what it is, as the topic's page lists it.
    struct Line {
        let name: String
        /// As it is typed, where the name does not tell.
        let usage: String
        let summary: String

        init(_ name: String, usage: String? = nil, _ summary: String) {
            self.name = name
            self.usage = usage ?? name
            self.summary = summary
        }
    }

    let name: String
    let lines: [Line]
    /// The command in whose block its words stand, such as `model` for the layers.
    let container: String?
}

extension Help {
    /// The topics in the order of their first word; the functions of expressions come last.
    var topics: [Topic] {
        let names = catalog.entries.map(\.signature.topic).unique.filter { !$0.isEmpty }
        let declared = names.map { name in
            // A word that stands in several blocks is one line.
            var seen: Set<String> = []
            let entries = catalog.entries.filter {
                $0.signature.topic == name && seen.insert($0.name).inserted
            }
            return Topic(
                name: name, lines: entries.map { Topic.Line($0.name, $0.signature.summary) },
                container: entries[0].container)
        }
        return declared + [.functions]
    }
}

extension Topic {
    /// What an expression may call.
    static let functions = Topic(
        name: "Functions",
        lines: Function.all.map { Line($0.name, usage: $0.usage, $0.summary) }, container: nil)
}
