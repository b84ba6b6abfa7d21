import CommandLanguage
import Networks

/// What a branch within a block takes.
private let branchName = Argument(
    "name", .dottedName, "what its layers' names begin with, after the block's, instead of its own word",
    isOptional: true)

/// The branch around a residual block's layers; it stands inside the block.
private let shortcut = Signature(
    "shortcut", "Bring a residual block's input to the shape of its output.",
    details: "Its layers compute what is added at the block's end; without it that is the input itself.",
    topic: "Layers", keywords: ["projection", "skip"], arguments: [branchName],
    block: .init(noun: "layer", vocabulary: layerWords.signatures()),
    examples: [
        .init(
            "model skip { residual { conv 8 padding=same; shortcut { conv 8 kernel=1 } }; flatten; dense 3 }",
            setup: smallDataSetup)
    ])

let residual = Word<any Layer>(
    Signature(
        "residual", "Add what comes in to what a block of layers makes of it.",
        details: """
            y = layers(x) + shortcut(x). Without a `shortcut { }` x itself is added, so the layers must keep its shape; \
            with one, say `shortcut { conv 16 kernel=1 stride=2 }`, it is brought to theirs. Gradients pass the block \
            unhindered, so that deep networks learn. (He et al., 2016)
            """,
        topic: "Layers", keywords: ["resnet", "skip", "connection", "deep", "vanishing"],
        block: .init(noun: "layer", vocabulary: layerWords.signatures() + [shortcut]),
        examples: [
            .init(
                """
                model resnet {
                    conv 8 padding=same
                    residual { conv 8 padding=same; batchnorm; relu; conv 8 padding=same; batchnorm }
                    relu
                    residual {
                        conv 16 stride=2 padding=1
                        batchnorm
                        shortcut { conv 16 kernel=1 stride=2 }
                    }
                    relu
                    globalavgpool
                    dense 3
                }
                """, setup: smallDataSetup)
        ])
) { call, session in
    let entries = call.block ?? []
    let shortcuts = entries.filter { $0.path.last == shortcut.name }
    guard shortcuts.count <= 1 else { throw Refusal.severalShortcuts }
    return Residual(
        body: try entries.filter { $0.path.last != shortcut.name }.map { try layerWords.make($0, session) },
        shortcut: try shortcuts.first?.branch(session) ?? [])
}

extension Call {
    /// What a branch's own block declares.
    fileprivate func branch(_ session: Session) throws -> Branch {
        Branch(
            try (block ?? []).map { try layerWords.make($0, session) },
            name: optionalText(branchName.name))
    }
}
