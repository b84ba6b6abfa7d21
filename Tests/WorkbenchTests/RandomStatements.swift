import CommandLanguage
import Tensors

/// Valid statements of the whole catalog, drawn from the declarations: each argument from its kind, within its range
/// and at the ends of it.
struct RandomStatements {
    private var random: RandomStream
    private let catalog: Catalog
    /// Large numbers are for commands only: a layer of as many filters as there may be takes the machine's memory.
    private static let usualSize = 1...6
    /// What takes a while for what it finds: less often.
    private static let slow: Set<String> = ["search", "batch", "rate", "models"]
    private static let words = ["a", "b", "conv1", "relu1", "dense1", "all", "loss", "accuracy", "m"]
    private static let quantities = [
        "loss", "accuracy", "rate", "epoch", "step", "gradient.norm", "val.accuracy", "conv1.gradient.norm",
        "conv1.update.ratio", "relu1.dead", "dense1.weight.norm", "relu1.activation.std", "conv9.dead",
    ]

    init(seed: UInt64, catalog: Catalog) {
        random = RandomStream(seed: seed, name: "statements")
        self.catalog = catalog
    }

    /// Any command but those that end the session.
    mutating func next() -> String { any(depth: 0) }

    private mutating func any(depth: Int) -> String {
        while true {
            let command = pick(catalog.commands)
            if command.usageOverride != nil || ["quit", "exit"].contains(command.name) { continue }
            if depth > 0, command.blocks != nil { continue }
            if Self.slow.contains(command.name), chance(0.7) { continue }
            return statement(of: command, isInBlock: false, depth: depth)
        }
    }

    // MARK: Statements

    private mutating func statement(of command: Signature, isInBlock: Bool, depth: Int) -> String {
        if let rule = command.entry { return statement(of: command, taking: rule) }
        var words = [command.name]
        var signature = command
        let isVariant =
            !command.variants.isEmpty && (command.arguments.allSatisfy { $0.form == .named } || chance(0.5))
        if isVariant {
            signature = pick(command.completeVariants)
            words.append(signature.name)
        }
        var hasLeftOut = false
        for argument in signature.arguments where argument.form == .positional {
            let isNeeded = argument.defaultValue == nil && !argument.isOptional
            guard isNeeded || (!hasLeftOut && chance(0.6)) else {
                hasLeftOut = true
                continue
            }
            words.append(hasLeftOut ? named(argument, isInBlock) : value(of: argument.kind, isInBlock))
        }
        for argument in signature.arguments where argument.form == .rest && !hasLeftOut {
            let least = argument.defaultValue == nil && !argument.isOptional ? 1 : 0
            for _ in 0..<least + Int(draw(3)) { words.append(value(of: argument.kind, isInBlock)) }
        }
        for argument in signature.arguments where argument.form == .named {
            let isNeeded = argument.defaultValue == nil && !argument.isOptional
            if isNeeded || chance(0.3) { words.append(named(argument, isInBlock)) }
        }
        if let rule = signature.block, rule.isRequired || chance(0.5) {
            words.append(block(of: rule, depth: depth))
        }
        if let rule = signature.blocks, depth == 0 {
            for index in 0..<max(rule.count.lowerBound, Int(1 + draw(2))) {
                words.append("\(rule.noun)s\(index) { \(any(depth: 1)); \(any(depth: 1)) }")
            }
        }
        if !isInBlock, !signature.result.isEmpty, chance(0.3) { words.append("-> \(pick(["a", "b"]))") }
        return words.joined(separator: " ")
    }

    /// `insert dropout 0.3 after=relu1`
    private mutating func statement(of command: Signature, taking rule: Signature.BlockRule) -> String {
        var words = [command.name]
        for argument in command.arguments where argument.form == .positional {
            words.append(value(of: argument.kind, false))
        }
        let entry = pick(rule.vocabulary.filter { $0.block == nil })
        words.append(statement(of: entry, isInBlock: true, depth: 1))
        for argument in command.arguments where argument.form == .named && chance(0.5) {
            words.append(named(argument, false))
        }
        return words.joined(separator: " ")
    }

    private mutating func block(of rule: Signature.BlockRule, depth: Int) -> String {
        let count = 1 + Int(draw(4))
        var statements: [String] = []
        for _ in 0..<count {
            if let assigned = rule.assigned {
                statements.append(
                    "\(pick(["rate", "batch", "optimizer", "a"])) = \(value(of: assigned.kind, true))")
                continue
            }
            let plain = rule.vocabulary.filter { $0.block == nil }
            let words = depth < 2 || plain.isEmpty ? rule.vocabulary : plain
            statements.append(statement(of: pick(words), isInBlock: true, depth: depth + 1))
        }
        // Most models shall train.
        if rule.noun == "layer", depth == 0, chance(0.8) { statements += ["flatten", "dense 3"] }
        return "{ " + statements.joined(separator: "; ") + " }"
    }

    private mutating func named(_ argument: Argument, _ isInBlock: Bool) -> String {
        "\(argument.name)=\(value(of: argument.kind, isInBlock))"
    }

    // MARK: Values

    private mutating func value(of kind: Argument.Kind, _ isInBlock: Bool) -> String {
        switch kind {
        case .number(let range, _): return number(in: range).literal
        case .integer(let range, _): return String(integer(in: range, isInBlock))
        case .duration: return pick(["1ms", "20ms", "0.1s"])
        case .boolean: return pick(["true", "false"])
        case .choice(let choices): return pick(choices).word
        case .text: return pick(Self.words + ["\"a b\"", "conv*", "é"])
        case .name, .dottedName: return pick(["a", "b", "small"])
        case .path(.read):
            return pick(["saved.safetensors", "digits.csv", "images.npy", "insects", "nothing"])
        case .path(.write): return pick(["saved.safetensors", "a.onnx", "b"])
        case .size(let count):
            return (0..<max(count.lowerBound, 2)).map { _ in pick(["1", "3", "12"]) }.joined(separator: "x")
        case .range(let bounds):
            let ends = [number(in: bounds), number(in: bounds)].sorted()
            return "\(ends[0].literal)..\(ends[1].literal)"
        case .list(let kind):
            return "[" + (0...Int(draw(2))).map { _ in value(of: kind, isInBlock) }.joined(separator: ", ")
                + "]"
        case .formula(let variables): return "(0.1 / (1 + $\(pick(variables).word)))"
        case .condition: return pick(["(1 < 2)", "($arms0.accuracy.last > $unchanged.accuracy.last)"])
        case .measurement: return measurement()
        case .any: return pick(["1", "[1, 2, 3]", "loss", "0.001..0.1", "[sgd, adam]", "log", "$a"])
        case .naming(_, let kind): return value(of: kind, isInBlock)
        case .either(let kinds): return value(of: pick(kinds), isInBlock)
        }
    }

    private mutating func measurement() -> String {
        let name = pick(Self.quantities)
        switch draw(4) {
        case 0: return name
        case 1: return "(\(name) / \(pick(Self.quantities)))"
        default: return "(\(name) \(pick(["<", ">", "=="])) \(pick(["0", "0.5", "3", "1e9"])))"
        }
    }

    private mutating func number(in range: NumberRange) -> Double {
        let edges = [range.lower, range.upper].compactMap { $0 }
        let candidates = (edges + [0, 0.001, 0.1, 0.5, 1, 2, 10]).filter(range.contains)
        return candidates.isEmpty ? 1 : pick(candidates)
    }

    private mutating func integer(in range: ClosedRange<Int>, _ isInBlock: Bool) -> Int {
        switch draw(20) {
        case 0: return range.lowerBound
        case 1 where !isInBlock: return range.upperBound
        default: return min(max(range.lowerBound + Int(draw(4)), Self.usualSize.lowerBound), range.upperBound)
        }
    }

    // MARK: Chance

    private mutating func draw(_ count: UInt64) -> UInt64 { random.next() % count }
    private mutating func chance(_ share: Double) -> Bool { Double(draw(1000)) < share * 1000 }
    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(draw(UInt64(elements.count)))]
    }
}
