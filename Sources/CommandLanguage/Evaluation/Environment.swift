/// What a session remembers between inputs.
final class Environment {
    var variables: [String: Value] = [:]
    var definitions: [String: DefinedCommand] = [:]
    /// The code of the last input's first error that has one.
    var lastError: String?
}

/// A `def` that has been read, with the source that its spans index into.
struct DefinedCommand: Sendable {
    let definition: Definition
    let source: Source
    /// How it is called; its parameters take any value.
    let signature: Signature

    /// `defaults` holds the values of the parameters that have one; a default that is not known yet, when a script
    /// is checked, only makes its parameter optional.
    init(_ definition: Definition, in source: Source, defaults: [String: Value] = [:]) {
        self.definition = definition
        self.source = source
        let arguments = definition.parameters.map { parameter in
            Argument(
                parameter.name.text, .any, .positional, "parameter of this `def`",
                default: defaults[parameter.name.text], isOptional: parameter.defaultValue != nil)
        }
        let place = "Defined in \(source.name), line \(source.line(at: definition.name.span.start))."
        signature = Signature(
            definition.name.text, place, topic: Signature.ownTopic, arguments: arguments,
            result: [Signature.Field("", "what `return` gives")])
    }
}
