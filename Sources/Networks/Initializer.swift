import Tensors

/// How weights are drawn, as PyTorch's `torch.nn.init` does; biases start at 0, unlike those of PyTorch's layers.
package struct Initializer: Hashable, Sendable, CustomStringConvertible {
    /// Where the numbers come from; all are multiplied by the gain.
    package enum Scheme: String, CaseIterable, Sendable {
        /// Deviation `gain / sqrt(fan)`: `kaiming_normal_`, `kaiming_uniform_`. (He et al., 2015.)
        case he
        /// Deviation `gain sqrt(2 / (fan in + fan out))`: `xavier_normal_`, `xavier_uniform_`. (Glorot & Bengio, 2010.)
        case xavier
        /// Deviation `gain / sqrt(fan in)`. (LeCun et al., 1998.)
        case lecun
        /// Orthonormal rows or columns, whichever are fewer, of the weight as a matrix with a row for each output:
        /// `orthogonal_`. (Saxe, McClelland & Ganguli, 2014.)
        case orthogonal
        /// Deviation `gain`: `normal_`.
        case normal
        /// From `-gain` to `gain`: `uniform_`.
        case uniform
        /// `gain` everywhere: `constant_`.
        case constant
        /// `zeros_`.
        case zeros

        /// Whether the spread depends on the size of the layer, so that there is a choice of its shape.
        package var hasDistribution: Bool { self == .he || self == .xavier || self == .lecun }
        /// Whether there is a choice of which size that is.
        package var hasMode: Bool { self == .he }
        package var hasGain: Bool { self != .zeros }
        /// `sqrt(2)` for He, which makes up for what a `relu` takes away.
        package var defaultGain: Float { self == .he ? Float(2).squareRoot() : 1 }
    }

    /// The shape of a spread: a bell, or flat up to `sqrt(3)` deviations.
    package enum Distribution: String, CaseIterable, Sendable { case normal, uniform }

    /// Which fan He's deviation depends on: the one that keeps the spread of what goes forward, or of gradients.
    package enum Mode: String, CaseIterable, Sendable {
        case fanIn = "fan-in"
        case fanOut = "fan-out"
    }

    package let scheme: Scheme
    package let distribution: Distribution
    package let mode: Mode
    /// Nil for the scheme's own.
    package let gain: Gain?

    /// What the scheme gives no choice of is not used.
    package init(
        _ scheme: Scheme, _ distribution: Distribution = .normal, mode: Mode = .fanIn, gain: Gain? = nil
    ) {
        self.scheme = scheme
        self.distribution = distribution
        self.mode = mode
        self.gain = gain
    }

    package static let he = Initializer(.he)
    package static let xavier = Initializer(.xavier)

    /// As it is declared: `xavier distribution=uniform gain=tanh`.
    package var description: String {
        scheme.rawValue + (distribution == .normal ? "" : " distribution=\(distribution.rawValue)")
            + (mode == .fanIn ? "" : " mode=\(mode.rawValue)") + (gain.map { " gain=\($0)" } ?? "")
    }

    private var factor: Float { gain?.value ?? scheme.defaultGain }

    /// The standard deviation of a weight's numbers, for the schemes that depend on the size of the layer; for the
    /// others the gain.
    package func deviation(fanIn: Int, fanOut: Int) -> Float {
        let factor = gain?.value ?? scheme.defaultGain
        return switch scheme {
        case .he: factor / Float(mode == .fanIn ? fanIn : fanOut).squareRoot()
        case .xavier: factor * (2 / Float(fanIn + fanOut)).squareRoot()
        case .lecun: factor / Float(fanIn).squareRoot()
        case .orthogonal, .normal, .uniform, .constant, .zeros: factor
        }
    }

    /// The tensor that a declared parameter starts as.
    func start(of declaration: ParameterDeclaration, random: RandomStream) -> Tensor {
        switch declaration.start {
        case .constant(let value): Tensor(declaration.shape, repeating: value)
        case .random(let fanIn, let fanOut):
            draw(declaration, deviation: deviation(fanIn: fanIn, fanOut: fanOut), random)
        }
    }

    private func draw(
        _ declaration: ParameterDeclaration, deviation: Float, _ random: RandomStream
    ) -> Tensor {
        let shape = declaration.shape
        var random = random
        switch scheme {
        case .he, .xavier, .lecun:
            return distribution == .normal
                ? random.normal(shape, deviation: deviation)
                : random.uniform(shape, bound: Float(3).squareRoot() * deviation)
        case .orthogonal:
            let outside = declaration.layout.exportedShape(shape)
            let matrix = random.orthonormal(
                rows: outside[0], columns: shape.count / outside[0], scale: deviation)
            return declaration.layout.imported(Tensor(outside, matrix.scalars), as: shape)
        case .normal: return random.normal(shape, deviation: deviation)
        case .uniform: return random.uniform(shape, bound: deviation)
        case .constant: return Tensor(shape, repeating: deviation)
        case .zeros: return Tensor(zeros: shape)
        }
    }
}
