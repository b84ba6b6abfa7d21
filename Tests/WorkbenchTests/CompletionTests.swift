import CommandLanguage
import Foundation
import Testing
import Workbench

/// Completion of what a session holds: layers, runs, curves, settings.
@Suite struct CompletionTests {
    private let session: TestSession

    init() throws {
        session = try TestSession()
        _ = session.run(
            "let filters = 4\ndata shapes size=12 count=60 classes=3\n"
                + "model m { conv $filters; residual { conv 4 padding=same }; flatten; dense 3 }\ntrain 1 -> base"
        )
    }

    private func complete(_ text: String) -> [CompletionList.Item] {
        session.shell.completions(in: text, at: text.utf8.count).items
    }

    @Test(arguments: [
        ("freeze c", ["conv1"]), ("freeze conv1 d", ["dense1"]),
        ("freeze r", ["residual1.conv1", "residual1"]),
        ("init he layers=[d", ["dense1"]), ("init he layers=[conv1, d", ["dense1"]),
        ("stats weights den", ["dense1"]),
        ("rate 0.1 layers=[den", ["dense1"]), ("load x only=den", ["dense1"]),
        ("load x only=[den", ["dense1"]),
        ("runs show ", ["1"]), ("runs compare 1 ", ["1", "$base", "$filters", "curve="]),
        ("plot acc", ["accuracy"]),
        ("plot sch", ["schedule"]),
        ("search grid { fil", ["filters = "]), ("search grid { rate = [0.1]; bat", ["batch = "]),
        ("search grid {\n  rate = lo", ["log"]), ("search grid { rate = l", ["log", "linear"]),
        ("print $ba", ["$base"]), ("print ba", []), ("print $base.val.ac", ["$base.val.accuracy"]),
        ("explain no-mod", ["no-model"]), ("data shapes classes=", ["6"]),
        ("models classes=", ["1", "65536"]), ("runs delete 1 ", ["1"]),
    ])
    func offersWhatTheSessionHolds(_ text: String, _ expected: [String]) {
        #expect(complete(text).map(\.text) == expected)
    }

    /// What one can go back to, and what is looked at.
    @Test(arguments: [
        ("restore ", ["late", "base"]), ("restore b", ["base"]), ("snapshots delete base l", ["late"]),
        ("diff ba", ["base"]), ("diff base l", ["late"]), ("diff ", ["late", "base", "1"]),
        ("undo ", ["1", "2"]), ("redo ", ["1"]), ("take ", ["a", "unchanged"]),
        ("pause delete ", ["1", "high", "all"]), ("pause disable h", ["high"]),
        ("watch delete ", ["1", "all"]),
        ("pause when (conv1.gr", ["conv1.gradient.norm"]),
        ("pause when (loss > 3 and conv1.we", ["conv1.weight.norm", "conv1.weight.notfinite"]),
        ("watch conv1.up", ["conv1.update.ratio"]), ("if (optimizer.", ["optimizer.name", "optimizer.rate"]),
        ("pause when (optimizer.", []), ("watch da", []), ("watch loss (loss + acc", ["accuracy"]),
        ("keep 2", ["2"]), ("plot l", ["loss"]),
    ])
    func offersWhatThereIsToGoBackTo(_ text: String, _ expected: [String]) throws {
        let session = try TestSession()
        let script = """
            data shapes size=12 count=60 classes=3
            model m { conv 4; flatten; dense 3 }
            """
        #expect(session.run(script) == .succeeded)
        for statement in Self.goingBack { #expect(session.run(statement) == .succeeded) }
        let items = session.shell.completions(in: text, at: text.utf8.count).items.map(\.text)
        #expect(items.prefix(max(expected.count, 1)) == expected[...])
    }

    private static let goingBack = [
        "snapshot base", "snapshot late", "fork a { step 1 }", "pause when (loss > 99)",
        "pause when (loss > 98) name=high", "watch (conv1.gradient.norm / dense1.gradient.norm)", "batch 16",
        "undo",
    ]

    @Test func describesIt() throws {
        #expect(complete("freeze conv1").first?.summary == "conv 4 kernel=3")
        #expect(
            try #require(complete("runs show ").first).summary.hasPrefix("run 1: m, finished after 1 epoch"))
        #expect(complete("search grid { filt").first?.summary == "a variable that declarations read")
        #expect(complete("explain no-data").first?.summary.isEmpty == false)
    }

    /// A class of two words in quotes, whether or not they were typed.
    @Test func classesAreOfferedAsTheyAreTyped() throws {
        let zoo = session.folder.appending(path: "zoo")
        try FileManager.default.createDirectory(at: zoo, withIntermediateDirectories: false)
        for (name, source) in [("wild cat", "cat"), ("dog", "dog")] {
            try FileManager.default.copyItem(
                at: session.folder.appending(path: "pets/\(source)"), to: zoo.appending(path: name))
        }
        _ = session.run("data folder zoo size=16 replace=true")
        #expect(complete("show images label=").map(\.text).prefix(2) == ["dog", "\"wild cat\""])
        #expect(complete("show images label=wi").map(\.text) == ["\"wild cat\""])
        #expect(session.type("show images 1 label=\"wild cat\"").hasSuffix("wild cat\n"))
    }

    /// Whatever a declaration says an argument names, the session has.
    @Test func everyNounIsKnown() {
        func nouns(_ kind: CommandLanguage.Argument.Kind) -> [String] {
            switch kind {
            case .naming(let noun, let kind): [noun] + nouns(kind)
            case .list(let kind): nouns(kind)
            case .either(let kinds): kinds.flatMap(nouns)
            default: []
            }
        }
        let all = Set(Session.catalog.entries.flatMap(\.signature.arguments).flatMap { nouns($0.kind) })
        #expect(all.isSuperset(of: ["layer", "run", "curve", "error code"]))
        for statement in Self.goingBack { #expect(session.run(statement) == .succeeded) }
        for noun in all where noun != "error code" {
            #expect(!session.shell.surroundings.names(noun).isEmpty, "\(noun)")
        }
    }

    @Test(arguments: [
        ("freeze ", "layers: "), ("init he layers=[conv1, ", "layers: "),
        ("search grid { rate = ", "values: "),
        ("model m {\n  conv ", "filters: "), ("model m {\n  repeat 2 {\n    conv 8 ", "kernel=3 "),
        ("model m { residual { conv ", "filters: "), ("augment { choice { rotate ", "degrees: "),
    ])
    func hintsReachIntoBlocksAndLists(_ text: String, _ start: String) throws {
        #expect(try #require(session.shell.hint(for: text)).plain.hasPrefix(start))
    }
}
