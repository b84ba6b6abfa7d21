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

let add = Word<any Layer>(
    Signature(
        "add", "Add what was marked before to what comes in.",
        details: """
            y = x + what stood at `mark`, for each name. All have one shape. `residual { }` is the shorter way where the \
            skip goes around one block.
            """,
        topic: "Layers", keywords: ["skip", "connection", "sum", "long"],
        arguments: [Argument("marks", .name, .rest, "names given by `mark`")],
        examples: [
            .init(
                """
                model skip {
                    conv 8 padding=same
                    mark stem
                    relu
                    conv 8 padding=same
                    add stem
                    flatten
                    dense 3
                }
                """, setup: smallDataSetup)
        ])
) { call, _ in Add(call.names("marks")) }

let mark = Word<any Layer>(
    Signature(
        "mark", "Give what comes in a name, for `add` and `concat` further on.",
        details: """
            Changes nothing itself. The name holds to the end of the block, also within blocks in it, or until it is given \
            again. It is no part of the weights' names.
            """,
        topic: "Layers", keywords: ["skip", "connection", "unet", "densenet", "label"],
        arguments: [Argument("name", .name, .positional, "what to call it")],
        examples: [
            .init(
                """
                model bridge {
                    conv 8 padding=same; relu
                    mark full
                    maxpool 2
                    conv 16 padding=same; relu
                    convtranspose 8 kernel=2 stride=2
                    concat full
                    conv 8 padding=same; relu
                    globalavgpool
                    dense 3
                }
                """, setup: smallDataSetup)
        ])
) { call, _ in Mark(call.text("name")) }

/// One way through a `concat` block; it stands inside the block.
private let branch = Signature(
    "branch", "Hold the layers of one way through a `concat` block.",
    details: "Without layers, `branch { }`, it is what comes in.",
    topic: "Layers", keywords: ["parallel", "path", "inception"], arguments: [branchName],
    block: .init(noun: "layer", vocabulary: layerWords.signatures()),
    examples: [
        .init(
            "model two { concat { branch { conv 4 padding=same }; branch { } }; flatten; dense 3 }",
            setup: smallDataSetup)
    ])

let concat = Word<any Layer>(
    Signature(
        "concat", "Put channels side by side: of branches, or of what was marked before.",
        details: """
            Channels of what the names mean come first, in order; then those of the branches, which all get what comes in, \
            or without branches those of what comes in itself. All have one height and width; after `flatten`, features \
            stand in the place of channels. As PyTorch's cat along the channels. DenseNet's step is \
            `concat { branch { }; branch { ... } }` (Huang et al., 2017), U-Net's bridge `concat down1` (Ronneberger et \
            al., 2015).
            """,
        topic: "Layers",
        keywords: ["skip", "connection", "unet", "densenet", "inception", "parallel", "cat"],
        arguments: [Argument("marks", .name, .rest, "names given by `mark`", isOptional: true)],
        block: .init(isRequired: false, noun: "branch", vocabulary: [branch]),
        examples: [
            .init(
                """
                model dense {
                    conv 8 padding=same
                    repeat 2 {
                        concat {
                            branch { }
                            branch { batchnorm; relu; conv 4 padding=same }
                        }
                    }
                    globalavgpool
                    dense 3
                }
                """, setup: smallDataSetup),
            .init(
                "model bridge { conv 8 padding=same; mark full; relu; conv 8 padding=same; concat full; flatten; dense 3 }",
                setup: smallDataSetup),
        ])
) { call, session in
    Concat(marks: call.names("marks"), try (call.block ?? []).map { try $0.branch(session) })
}

extension Call {
    /// The texts of a `.rest` argument.
    fileprivate func names(_ argument: String) -> [String] {
        list(argument).map { value in
            guard case .text(let name) = value else { preconditionFailure("`\(argument)` takes names") }
            return name
        }
    }

    /// What a branch's own block declares.
    fileprivate func branch(_ session: Session) throws -> Branch {
        Branch(
            try (block ?? []).map { try layerWords.make($0, session) },
            name: optionalText(branchName.name))
    }
}
