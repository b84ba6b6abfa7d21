import CommandLanguage
import Networks

/// How weights are drawn: what `model` and `init` take, and every layer with weights. `scheme` is `init=he`, or the
/// word after `init`.
struct InitializerArguments {
    let scheme: Argument

    init(_ scheme: Argument) { self.scheme = scheme }

    var all: [Argument] { [scheme, Self.distribution, Self.mode, Self.gain] }

    static let schemes = Argument.Kind.choice([
        .init("he", "for relu: deviation gain / √fan"),
        .init("xavier", "for tanh: deviation gain · √(2 / (fan in + fan out))"),
        .init("lecun", "for selu: deviation gain / √(fan in)"),
        .init("orthogonal", "rows or columns at right angles"),
        .init("normal", "a bell curve of deviation gain"),
        .init("uniform", "flat from −gain to gain"),
        .init("constant", "gain everywhere"),
        .init("zeros", "0 everywhere"),
    ])

    private static let distribution = Argument(
        "distribution",
        .choice([.init("normal", "bell curve"), .init("uniform", "flat, same deviation")]),
        "how he, xavier and lecun spread the weights; normal unless given", isOptional: true)

    private static let mode = Argument(
        "mode",
        .choice([
            .init("fan-in", "inputs of a unit: keeps the spread forward"),
            .init("fan-out", "outputs of an input: keeps that of gradients"),
        ]),
        "the fan in he; fan-in unless given", isOptional: true)

    private static let gain = Argument(
        "gain",
        .either([
            .number(.any), .choice(Gain.activations.map { .init($0.description, "\($0.value)") }),
        ]),
        "what weights are multiplied by, or the activation that it is to make up for; √2 for he, else 1",
        isOptional: true)

    /// What the call asks for, with what it leaves open from `usual`; nil if it asks for nothing. `word` is the scheme
    /// if that stands elsewhere than in its own argument.
    ///
    /// - Throws: `Refusal.notOfScheme` for an argument that the scheme has no use for, `Refusal.withoutScheme` if it is
    ///   not known what scheme.
    func initializer(
        of call: Call, scheme word: String? = nil, over usual: Initializer? = nil
    ) throws(Refusal) -> Initializer? {
        let given = [Self.distribution, Self.mode, Self.gain].map(\.name).filter(call.has)
        let named = (word ?? call.optionalText(scheme.name)).flatMap(Initializer.Scheme.init).map {
            Initializer($0)
        }
        if named == nil, given.isEmpty { return nil }
        guard let base = named ?? usual else { throw .withoutScheme(argument: given[0]) }
        for argument in given {
            let fitting = Initializer.Scheme.allCases.filter { Self.isUsed(argument, by: $0) }
            guard fitting.contains(base.scheme) else {
                throw .notOfScheme(argument: argument, base.scheme, fitting: fitting)
            }
        }
        return Initializer(
            base.scheme,
            call.optionalText(Self.distribution.name).flatMap(Initializer.Distribution.init)
                ?? base.distribution,
            mode: call.optionalText(Self.mode.name).flatMap(Initializer.Mode.init) ?? base.mode,
            gain: gain(of: call) ?? base.gain)
    }

    private static func isUsed(_ argument: String, by scheme: Initializer.Scheme) -> Bool {
        switch argument {
        case distribution.name: scheme.hasDistribution
        case mode.name: scheme.hasMode
        default: scheme.hasGain
        }
    }

    private func gain(of call: Call) -> Gain? {
        switch call.arguments[Self.gain.name] {
        case .number(let number): Gain(Float(number))
        case .text(let activation): Gain(for: activation)
        default: nil
        }
    }
}

/// What a layer with weights takes besides its own arguments.
private let layerInitializer = InitializerArguments(
    Argument(
        "init", InitializerArguments.schemes, "how its weights are drawn; as the model's unless given",
        isOptional: true))

/// The word of a layer whose weights are drawn, with the arguments that say how.
func takingInitializer(_ word: Word<any Layer>) -> Word<any Layer> {
    var signature = word.signature
    signature.arguments += layerInitializer.all
    return Word(signature) { call, session in
        let layer = try word.make(call, session)
        return try layerInitializer.initializer(of: call).map(layer.initialized) ?? layer
    }
}
