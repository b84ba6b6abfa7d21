/// One operation of a plan, for people to read.
package struct PlannedStep: Hashable, Sendable, CustomStringConvertible {
    /// The layers it computes at once: `conv1`, `relu1`.
    package let layers: [String]
    /// In words, where there is a choice: `winograd F(2x2)`.
    package let algorithm: String?
    /// One image's, forward and backward. Those of the sum itself, which Winograd's algorithms need fewer of.
    package let multiplyAdds: Int

    /// `conv1+relu1: winograd F(2x2)`.
    package var description: String {
        layers.joined(separator: "+") + (algorithm.map { ": \($0)" } ?? "")
    }
}
