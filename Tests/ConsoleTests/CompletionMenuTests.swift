import CommandLanguage
import Console
import Testing

struct CompletionMenuTests {
    private func list(_ range: Range<Int>, _ words: String..., endsWord: Bool = true) -> CompletionList {
        CompletionList(range: range, items: words.map { .init($0, "", endsWord: endsWord) })
    }

    @Test func oneCandidateIsTakenWithASpace() {
        #expect(CompletionMenu(list(0..<2, "train"), in: "tr", at: 2) == .replace(0..<2, with: "train "))
        #expect(CompletionMenu(list(0..<2, "train"), in: "tr 5", at: 2) == .replace(0..<2, with: "train"))
    }

    @Test func anArgumentsNameIsNotTheEndOfAWord() {
        let menu = CompletionMenu(list(10..<12, "rate=", endsWord: false), in: "optimizer ra", at: 12)
        #expect(menu == .replace(10..<12, with: "rate="))
    }

    @Test func whatSeveralShareIsTakenFirst() {
        #expect(
            CompletionMenu(list(0..<1, "train", "transfer"), in: "t", at: 1) == .replace(0..<1, with: "tra"))
        let items = list(0..<3, "train", "transfer")
        #expect(CompletionMenu(items, in: "tra", at: 3) == .list(items.items))
    }

    @Test func candidatesThatBeginOtherwiseAreOnlyListed() {
        let items = list(0..<2, "train", "trail")
        #expect(CompletionMenu(items, in: "rt", at: 2) == .list(items.items))
    }

    @Test func nothingFitsNothing() { #expect(CompletionMenu(list(0..<1), in: "x", at: 1) == .nothing) }

    @Test func offsetsCountBytes() {
        let text = "\u{E9} t\u{E9}"
        #expect(
            CompletionMenu(list(3..<6, "t\u{E9}l\u{E9}"), in: text, at: 6)
                == .replace(3..<6, with: "t\u{E9}l\u{E9} "))
    }

    private func lines(_ items: [CompletionList.Item], width: Int = 40, limit: Int = 20) -> [String] {
        CompletionMenu.lines(items, width: width, limit: limit, cutMark: "...").map(\.plain)
    }

    @Test func namesAndSummariesAreAligned() {
        let items = [
            CompletionList.Item("train", "Trains the network."),
            .init("\u{65E5}\u{672C}", "Two wide characters."),
            .init("no", "A summary that is far too long for the line."), .init("x", ""),
        ]
        #expect(
            lines(items) == [
                "train  Trains the network.", "\u{65E5}\u{672C}   Two wide characters.",
                "no     A summary that is far too long...", "x",
            ])
    }

    @Test func namesAloneShareLines() {
        let items = ["alpha", "be", "gamma", "delta", "eps"].map { CompletionList.Item($0, "") }
        #expect(
            lines(items, width: 20).map { $0.trimmingSuffix { $0 == " " } } == [
                "alpha  be", "gamma  delta", "eps",
            ])
    }

    @Test func manyAreCounted() {
        let items = (1...43).map { CompletionList.Item("layer\($0)", "Layer \($0).") }
        #expect(lines(items, limit: 21).count == 21)
        #expect(lines(items, limit: 21).last == "... and 23 more")
        #expect(lines(items, limit: 43).last == "layer43  Layer 43.")
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        String(reversed().drop(while: predicate).reversed())
    }
}
