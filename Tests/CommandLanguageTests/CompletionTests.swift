import CommandLanguage
import Testing

/// Completes at the `|`, or at the end.
private func complete(_ text: String) -> CompletionList {
    let session = Session()
    session.run("train 3 -> base\nlet rate = 0.1\ndef mine(a) { print $a }")
    let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return session.interpreter.completions(in: parts.joined(), at: parts[0].utf8.count)
}

@Test(arguments: [
    ("tr", ["train"]), ("  sa", ["save"]), ("print 1; sa", ["save"]),
    ("model m {\n  conv 3\n  d", ["dense", "def"]),
    ("model m { repeat 2 { de", ["dense", "def"]), ("model m { branch { p", ["path"]),
    ("model m { relu }; tra", ["train"]),
    ("mi", ["mine"]), ("optimizer ", ["sgd", "adam"]), ("optimizer s", ["sgd"]),
    ("optimizer sgd ", ["rate=", "momentum=", "nesterov=", "l2="]),
    ("optimizer sgd rate=0.1 ", ["momentum=", "nesterov=", "l2="]),
    ("optimizer sgd m", ["momentum="]), ("optimizer sgd nesterov=", ["true", "false"]),
    ("optimizer sgd nesterov=f", ["false"]),
    ("optimizer sgd rate=", ["0.01"]), ("model m { conv 3 padding=", ["same", "valid"]),
    ("model m { conv 3 padding=v", ["valid"]),
    ("fail ", ["argument", "block", "plain", "stop", "nothing"]), ("fail stop ", []),
    ("data shapes channels=", ["1", "3"]), ("print $", ["$base", "$rate"]),
    ("print $r", ["$rate"]),
    ("print ($ra", ["$rate"]), ("print $base.", ["$base.epochs", "$base.val"]),
    ("print $base.val.a", ["$base.val.accuracy"]),
    (
        "print $base.val.accuracy.m",
        ["$base.val.accuracy.min", "$base.val.accuracy.max", "$base.val.accuracy.mean"]
    ),
    ("train 3 -> other\nprint $other.", ["$other.epochs", "$other.val"]),
    ("if (true) {\n train 3 -> inner\n print $i", ["$inner"]),
    ("print (ma", ["max("]), ("load ", ["data/", "notes.md"]),
    ("load data/", ["data/images.gz", "\"data/my file\""]),
    ("load \"data/m", ["\"data/my file\""]), ("data idx n", ["notes.md"]), ("help tr", ["train"]),
    ("help con", ["conv", "continue"]),
    ("train 3 -> ", []), ("for x ", ["in"]), ("mine ", ["$base", "$rate"]), ("xyzzy ", []), ("# tr", []),
    ("tr|ain 3", ["train"]),
    ("optimizer sgd mo|mentum=0.9", ["momentum="]), ("train 3 milestones=[1, ", []), ("save \"x y\" -> ", []),
])
func completionOffersWhatCanStandThere(_ text: String, _ expected: [String]) {
    #expect(complete(text).items.map(\.text) == expected)
}

@Test func anEmptyLineListsAllCommands() {
    let items = complete("").items
    #expect(items.first == CompletionList.Item("data", "Load images."))
    #expect(items.map(\.text).contains("mine"))
    #expect(items.map(\.text).contains("let"))
}

@Test(arguments: [
    ("tr", 0..<2), ("print é $ra", 9..<12), ("optimizer sgd rate=", 19..<19), ("load \"data/m", 5..<12),
    ("print $base.v", 6..<13),
])
func completionReplacesTheWordAtTheCursor(_ text: String, _ range: Range<Int>) {
    #expect(complete(text).range == range)
}

@Test func descriptionsComeFromTheDeclaration() {
    #expect(
        complete("optimizer sgd mom").items == [
            CompletionList.Item(
                "momentum=", "share of the last step kept (number 0..<1, default 0)", endsWord: false)
        ])
    #expect(complete("print $rat").items == [CompletionList.Item("$rate", "0.1")])
    #expect(complete("print $bas").items.map(\.endsWord) == [false])
    #expect(complete("load dat").items == [CompletionList.Item("data/", "", endsWord: false)])
}

@Test func anyCursorIsSafe() {
    let session = Session()
    for text in validScripts {
        for cursor in -1...text.utf8.count + 1 {
            let list = session.interpreter.completions(in: text, at: cursor)
            #expect(0 <= list.range.lowerBound && list.range.upperBound <= text.utf8.count)
        }
    }
}

@Test(
    arguments: [
        ("", nil), ("train", nil), ("optimizer ", "sgd | adam"), ("optimizer sgd rate=", "rate: "),
        ("optimizer sgd rate=0.1", "rate: "), ("optimizer sgd rate=0.1 ", "momentum="),
        ("model m { conv ", "filters: "), ("model m { conv 3", "filters: "), ("model m { conv 3 ", "kernel="),
        ("train 3 -> ", nil), ("print (1 + ", nil), ("# train ", nil), ("xyzzy ", nil),
    ] as [(String, String?)])
func hintsSayWhatIsExpected(text: String, start: String?) throws {
    let hint = Session().interpreter.hint(for: text)?.plain
    guard let start else {
        #expect(hint == nil)
        return
    }
    #expect(try #require(hint).hasPrefix(start))
}
