import Tensors

/// How weights are drawn: PyTorch's `kaiming_normal_`, `kaiming_uniform_`, `xavier_normal_`, `xavier_uniform_`.
///
/// The standard deviation is `gain / sqrt(fan in)` for He and `gain sqrt(2 / (fan in + fan out))` for Xavier;
/// a uniform distribution with it ends at `sqrt(3)` deviations. (He et al., 2015; Glorot & Bengio, 2010.)
///
/// Biases start at 0, unlike those of PyTorch's layers, which draw them too.
package struct Initializer: Hashable, Sendable {
    /// Which fans the spread depends on.
    package enum Scheme: String, CaseIterable, Sendable { case he, xavier }
    /// The shape of the spread.
    package enum Distribution: String, CaseIterable, Sendable { case normal, uniform }

    package let scheme: Scheme
    package let distribution: Distribution
    /// What the scheme's deviation is multiplied by.
    package let gain: Float

    /// `gain` is the scheme's own unless given: `sqrt(2)` for He, which makes up for what a `relu` takes away, and
    /// 1 for Xavier.
    package init(_ scheme: Scheme, _ distribution: Distribution = .normal, gain: Float? = nil) {
        self.scheme = scheme
        self.distribution = distribution
        self.gain = gain ?? (scheme == .he ? Float(2).squareRoot() : 1)
    }

    package static let he = Initializer(.he)
    package static let xavier = Initializer(.xavier)

    /// The standard deviation of a weight's numbers.
    package func deviation(fanIn: Int, fanOut: Int) -> Float {
        switch scheme {
        case .he: gain / Float(fanIn).squareRoot()
        case .xavier: gain * (2 / Float(fanIn + fanOut)).squareRoot()
        }
    }

    /// The tensor that a declared parameter starts as.
    func start(of declaration: ParameterDeclaration, random: RandomStream) -> Tensor {
        var random = random
        switch declaration.start {
        case .constant(let value): return Tensor(declaration.shape, repeating: value)
        case .random(let fanIn, let fanOut):
            let deviation = deviation(fanIn: fanIn, fanOut: fanOut)
            switch distribution {
            case .normal: return random.normal(declaration.shape, deviation: deviation)
            case .uniform: return random.uniform(declaration.shape, bound: Float(3).squareRoot() * deviation)
            }
        }
    }
}
