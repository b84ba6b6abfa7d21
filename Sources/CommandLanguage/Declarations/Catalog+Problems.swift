extension Catalog {
    /// What is wrong with the declarations themselves, for the tests of whoever declares commands: summaries that
    /// are no sentences, commands without a topic or example, defaults that their own argument does not take,
    /// required words after optional ones, names used twice.
    package var problems: [String] {
        entries.flatMap { entry in
            let parent = entry.path.count > 1 || entry.container != nil
            return entry.signature.problems(needsTopic: !parent).map { "`\(entry.name)`: \($0)" }
        }
    }
}

extension Signature {
    fileprivate func problems(needsTopic: Bool) -> [String] {
        var problems: [String] = []
        if !summary.hasSuffix(".") || summary.first?.isUppercase != true {
            problems.append("the summary is no sentence: \(summary)")
        }
        if needsTopic, topic.isEmpty { problems.append("no topic") }
        if examples.isEmpty, variants.isEmpty { problems.append("no example") }
        if Set(arguments.map(\.name)).count < arguments.count {
            problems.append("an argument is declared twice")
        }
        if arguments.count(where: { $0.form == .rest }) > 1 {
            problems.append("two arguments take all the rest")
        }
        let places = arguments.filter { $0.form != .named }
        for (place, next) in zip(places, places.dropFirst()) where place.isOmissible && !next.isOmissible {
            problems.append("`\(next.name)` is required after `\(place.name)`, which is not")
        }
        for argument in arguments { problems += argument.problems }
        return problems
    }
}

extension Argument {
    fileprivate var isOmissible: Bool { isOptional || defaultValue != nil }

    fileprivate var problems: [String] {
        guard NameRule.word.allows(name) else { return ["`\(name)` is no name for an argument"] }
        guard let defaultValue, form != .rest, kind.accepting(defaultValue) != defaultValue else { return [] }
        return ["`\(name)` does not take its own default \(kind.typed(defaultValue))"]
    }
}
