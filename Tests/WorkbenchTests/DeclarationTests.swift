import CommandLanguage
import Datasets
import Foundation
import Networks
import Testing
import Training
import Workbench

/// What every declaration owes its users.
@Suite struct DeclarationTests {
    static let entries = Session.catalog.entries

    /// By name: a test's argument is printed.
    private static let signatures = Dictionary(entries.map { ($0.name, $0.signature) }) { first, _ in first }

    /// What ends a script, or is refused in one.
    private static let promptOnly = ["quit", "exit", "learn"]

    @Test(arguments: signatures.keys.sorted())
    func examplesRun(_ name: String) throws {
        for example in try #require(Self.signatures[name]).examples {
            let session = try TestSession()
            #expect(session.run(example.setup) == .succeeded, "before `\(example.script)`")
            let outcome = session.run(example.script)
            #expect(outcome == .succeeded || Self.promptOnly.contains(name), "`\(example.script)`")
        }
    }

    @Test(arguments: signatures.keys.sorted())
    func isComplete(_ name: String) throws {
        let signature = try #require(Self.signatures[name])
        #expect(signature.summary.hasSuffix("."))
        // A command with variants is shown by theirs.
        #expect(!signature.examples.isEmpty || !signature.variants.isEmpty)
        for argument in signature.arguments { #expect(!argument.summary.isEmpty, "\(argument.name)") }
    }

    /// Nothing of the core is out of reach of the prompt, and the words are the same on both sides.
    @Test func everyKindHasAWord() {
        let words = Set(Self.entries.map(\.name))
        for layer in allLayers { #expect(words.contains(layer.kind)) }
        for augmentation in allAugmentations { #expect(words.contains(augmentation.kind)) }
        for optimizer in allOptimizers { #expect(words.contains("optimizer \(optimizer.kind)")) }
        for loss in allLosses { #expect(words.contains("loss \(loss.kind)")) }
        for schedule in allSchedules { #expect(words.contains("schedule \(schedule.kind)")) }
    }

    @Test func theCommandReferenceIsCurrent() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/commands.md")
        let text = try String(contentsOf: file.standardized, encoding: .utf8)
        #expect(text == Session.commandReference, "run scripts/update-reference")
    }

    /// What a layer prints is the line that declares it.
    @Test(arguments: [
        "conv 8 kernel=3", "conv 8 kernel=3x5 stride=2 padding=same bias=false", "conv 4 kernel=2 padding=1",
        "maxpool 2",
        "maxpool 3 stride=2 padding=1", "avgpool 2", "relu", "batchnorm",
        "batchnorm momentum=0.2 epsilon=0.001",
        "batchnorm affine=false", "groupnorm 3", "groupnorm 1 epsilon=0.001 affine=false", "layernorm",
        "leaky-relu 0.2", "prelu 0.25 per=channel", "elu alpha=0.5", "selu", "gelu approximate=tanh", "silu",
        "sigmoid", "tanh", "softplus beta=2.0 threshold=10.0", "hard-swish", "softmax",
        "conv 8 kernel=3 init=xavier distribution=uniform gain=tanh", "conv 8 kernel=3 init=he mode=fan-out",
        "dropout 0.25",
    ])
    func layersPrintTheirDeclaration(_ line: String) throws {
        let session = try TestSession(width: 200)
        _ = session.run("data shapes size=12 count=60 classes=3")
        #expect(session.run("model one { \(line); flatten; dense 3 }\nshow model") == .succeeded)
        #expect(session.shown.contains(" \(line) "))
    }
}
