import CommandLanguage
import Testing

/// A word that may stand in its own block, as deep as one likes.
private let nest: Signature = Signature(
    "nest", "Hold layers.", topic: "Layers",
    arguments: [Argument("name", .dottedName, "what to call it", isOptional: true)],
    block: .init(noun: "layer", vocabulary: [leaf, nest]), examples: ["model { nest { leaf } }"])

private let leaf = Signature("leaf", "Hold nothing.", topic: "Layers", examples: ["model { leaf }"])

private let model = Signature(
    "model", "Declare a model.", topic: "Model", block: .init(noun: "layer", vocabulary: [leaf, nest]),
    examples: ["model { leaf }"])

/// How deep the calls of the last block were nested, and their names.
private final class Outline {
    var depth = 0
    var names: [String] = []
}

private func makeInterpreter(_ outline: Outline = Outline()) -> Interpreter<Outline> {
    Interpreter(
        commands: [
            Command(model) { call, outline in
                func walk(_ calls: [Call], depth: Int) {
                    guard !calls.isEmpty else { return }
                    outline.depth = max(outline.depth, depth)
                    for call in calls {
                        if call.has("name") { outline.names.append(call.text("name")) }
                        walk(call.block ?? [], depth: depth + 1)
                    }
                }
                walk(call.block ?? [], depth: 1)
                return .nothing
            }
        ], context: outline)
}

@Test func aWordThatStandsInItsOwnBlockIsListedOnce() {
    let catalog = Catalog([model])
    #expect(catalog.entries.map(\.name) == ["model", "leaf", "nest"])
    #expect(catalog.entries.map(\.container) == [nil, "model", "model"])
    #expect(catalog.problems == [])
    #expect(Help(catalog).matches(["hold"]).map(\.name) == ["leaf", "nest"])
    let sections = commandReference([model]).split(separator: "\n").filter { $0.hasPrefix("#### ") }
    #expect(sections == ["#### leaf", "#### nest"])
    #expect(Help(catalog).page(for: ["nest"])?.isEmpty == false)
}

@Test func blocksNestAsDeepAsOneLikes() {
    let outline = Outline()
    let script = "model { nest { nest { leaf; nest { nest { leaf } } } } }"
    #expect(
        makeInterpreter(outline).execute(Source(name: "", text: script), sink: RecordingSink()) == .succeeded)
    #expect(outline.depth == 5)
    let text = "model { nest { nest { nest { l"
    let items = makeInterpreter().completions(in: text, at: text.utf8.count).items.map(\.text)
    #expect(items == ["leaf", "let"])
}

@Test func anUnknownWordIsFoundHoweverDeep() {
    let script = "model { nest { nest { leaff } } }"
    let outcome = makeInterpreter().execute(Source(name: "", text: script), sink: RecordingSink())
    guard case .rejected(let diagnostics) = outcome else {
        Issue.record("\(outcome)")
        return
    }
    #expect(diagnostics.map(\.message) == ["unknown layer `leaff`"])
}

@Test(arguments: [
    ("conv1", "conv1"), ("layer1.0", "layer1.0"), ("0", "0"), ("a-b_c.1.d", "a-b_c.1.d"), ("\"1.0\"", "1.0"),
    ("repeat", "repeat"), ("\"a..b\"", nil), (".a", nil), ("a.", nil), ("\"a b\"", nil), ("\"\"", nil),
    ("-1", nil), ("[a]", nil), ("a/b", nil),
])
func aDottedNameIsLettersDigitsAndMarksBetweenDots(_ typed: String, _ name: String?) {
    let outline = Outline()
    let outcome = makeInterpreter(outline).execute(
        Source(name: "", text: "model { nest name=\(typed) { leaf } }"), sink: RecordingSink())
    #expect((outcome == .succeeded) == (name != nil))
    #expect(outline.names == [name].compactMap(\.self))
}
