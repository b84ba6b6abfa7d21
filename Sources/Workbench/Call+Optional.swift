import CommandLanguage

extension Call {
    func float(_ name: String) -> Float { Float(number(name)) }

    /// A list of numbers.
    func numbers(_ name: String) -> [Double] {
        list(name).compactMap { if case .number(let number) = $0 { number } else { nil } }
    }

    /// Nil if it was left out.
    func optionalText(_ name: String) -> String? { has(name) ? text(name) : nil }

    /// Nil if it was left out.
    func optionalNumber(_ name: String) -> Double? { has(name) ? number(name) : nil }

    /// Nil if it was left out.
    func optionalInteger(_ name: String) -> Int? { has(name) ? integer(name) : nil }
}
