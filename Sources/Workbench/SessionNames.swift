import CommandLanguage
import Diagnosis
import Search

/// A kind of thing that a session has by name, which arguments name: completion lists them.
enum SessionNoun: String, CaseIterable {
    case layer
    /// What an image shows.
    case imageClass
    case run
    case curve
    case setting
    /// How the values of a search's dimension lie.
    case scale
    /// One with a name.
    case snapshot
    /// What `undo` takes back, counted from the last.
    case change
    /// What `redo` does again.
    case undone
    /// Of the last fork.
    case arm
    case breakpoint
    case watch
    /// What was typed, by its number.
    case input
}

extension Argument.Kind {
    /// A layer of the model, a block, or a pattern.
    static let layer = named(.layer, .text)
    /// A class by its name or number.
    static let imageClass = named(.imageClass, .either([.integer(0...100_000), .text]))
    /// A run by its number.
    static let run = named(.run, .integer(1...Int.max))

    static func named(_ noun: SessionNoun, _ kind: Argument.Kind) -> Argument.Kind {
        .naming(noun.rawValue, kind)
    }
}

extension Session {
    /// What there is of a kind of thing, each with a few words about it.
    func names(of noun: String) -> [CompletionList.Item] {
        if noun == Formula.noun { return quantityNames }
        if noun == Formula.factNoun {
            return allFacts.map { CompletionList.Item($0.name, $0.summary) } + quantityNames
        }
        return switch SessionNoun(rawValue: noun) {
        case .layer: layerNames
        case .imageClass: classNames
        case .run: runNames
        case .curve: curveWords.map { CompletionList.Item($0.word, $0.summary) } + watchedCurves
        case .setting:
            declarations.inputs.map { CompletionList.Item($0, "a variable that declarations read") }
                + SearchBlock.settings.map { CompletionList.Item($0.name, $0.summary) }
        case .scale:
            [
                CompletionList.Item("log", "equal factors are equally likely: log 1e-4..1e-1"),
                CompletionList.Item("linear", "all numbers between: linear 0..1"),
            ]
        case .snapshot:
            snapshots.named.reversed().map { CompletionList.Item($0.name, $0.snapshot.headline.words) }
        case .change: numbered(snapshots.past, "before")
        case .undone: numbered(snapshots.future, "after")
        case .arm: arms.map { CompletionList.Item($0.name, $0.summary) }
        case .breakpoint:
            instruments.breakpoints.map {
                CompletionList.Item($0.name ?? "\($0.number)", "pauses when \($0.condition.text)")
            }
        case .watch: instruments.watches.map { CompletionList.Item("\($0.number)", $0.title) }
        case .input:
            (shell?.inputs ?? []).suffix(50).map { CompletionList.Item("\($0.number)", $0.text.firstLine) }
        case nil: []
        }
    }

    private func numbered(_ changes: [Snapshots.Change], _ word: String) -> [CompletionList.Item] {
        zip(1..., changes.reversed()).map {
            CompletionList.Item("\($0)", "\(word) `\($1.statement.firstLine)`")
        }
    }

    private var watchedCurves: [CompletionList.Item] {
        instruments.watches.map { watch in
            let isName = watch.expression.soleName == watch.expression.text
            return CompletionList.Item(isName ? watch.title : "(\(watch.expression.text))", "watched")
        }
    }

    /// Of the run, then of each layer.
    private var quantityNames: [CompletionList.Item] {
        guard let network = trainer?.network else {
            return allQuantities.filter { !$0.isOfLayer }.map { CompletionList.Item($0.name, $0.summary) }
        }
        return Gauge.all(in: network).map { CompletionList.Item($0.name, $0.quantity.summary) }
    }

    private var classNames: [CompletionList.Item] {
        (settings.dataset?.classes ?? []).enumerated().map { index, name in
            // As it is typed; a number is read as the class of that name.
            CompletionList.Item(
                name.allSatisfy(\.isNumber) ? name : Value.text(name).literal, "class \(index)")
        }
    }

    private var layerNames: [CompletionList.Item] {
        guard let network = trainer?.network else { return [] }
        let blocks = network.layers.compactMap { placed in
            placed.name.firstIndex(of: ".").map { String(placed.name[..<$0]) }
        }
        let names = network.layers.map(\.name)
        return network.layers.map { CompletionList.Item($0.name, $0.declaration) }
            + blocks.uniqued.filter { !names.contains($0) }.map {
                CompletionList.Item($0, "all layers of a block")
            }
    }

    /// The newest first; none if there is no store, which the command itself will say.
    private var runNames: [CompletionList.Item] {
        guard let stored = try? runs.open().runs(newest: 50, withTrials: true) else { return [] }
        return stored.map { CompletionList.Item("\($0.id)", $0.headline.plain) }
    }
}
