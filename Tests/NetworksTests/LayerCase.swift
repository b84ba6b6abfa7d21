import Networks
import Tensors
import Testing

/// One layer with one geometry: what every law is checked on.
struct LayerCase: Sendable, CustomTestStringConvertible {
    let name: String
    let layer: any Layer
    /// Of one image.
    let input: Shape
    /// Images.
    let count: Int
    /// Whether there is a `relu` within, whose kinks the evenly spaced input does not keep away from.
    let hasKinks: Bool

    init(_ name: String, _ layer: any Layer, _ input: Shape, count: Int = 2, hasKinks: Bool = false) {
        self.name = name
        self.layer = layer
        self.input = input
        self.count = count
        self.hasKinks = hasKinks
    }

    var kind: String { type(of: layer).kind }
    var testDescription: String { "\(kind) \(name)" }

    /// Those that PyTorch has computed too, under the same names in `scripts/reference/layers.py`.
    static let withFixture = structures + activations + normalizations

    private static let structures: [LayerCase] = [
        LayerCase("plain", Conv2D(filters: 4, kernel: 3), [5, 6, 3]),
        LayerCase("same", Conv2D(filters: 5, kernel: 3, padding: .same), [6, 5, 2]),
        LayerCase("same-even", Conv2D(filters: 4, kernel: 2, padding: .same), [5, 5, 3]),
        LayerCase("strided", Conv2D(filters: 4, kernel: 3, stride: 2, padding: .explicit(1)), [7, 8, 3]),
        LayerCase("same-strided", Conv2D(filters: 3, kernel: 3, stride: 2, padding: .same), [6, 7, 2]),
        LayerCase(
            "rectangular",
            Conv2D(filters: 3, kernel: Size(height: 3, width: 5), stride: Size(height: 2, width: 1)),
            [8, 9, 2]),
        LayerCase("pointwise", Conv2D(filters: 7, kernel: 1), [4, 4, 5], count: 3),
        LayerCase("no-bias", Conv2D(filters: 4, kernel: 3, bias: false), [5, 5, 1]),
        LayerCase("whole-image", Conv2D(filters: 6, kernel: Size(height: 4, width: 3)), [4, 3, 2], count: 3),
        LayerCase("padded-beyond-kernel", Conv2D(filters: 2, kernel: 1, padding: .explicit(2)), [3, 3, 2]),
        LayerCase("five", Conv2D(filters: 3, kernel: 5, padding: .same), [6, 6, 3]),
        LayerCase("wide", Conv2D(filters: 32, kernel: 3, padding: .same), [7, 6, 16]),

        LayerCase("plain", MaxPool2D(kernel: 2), [6, 6, 3]),
        LayerCase("odd", MaxPool2D(kernel: 2), [5, 7, 3]),
        LayerCase("overlapping", MaxPool2D(kernel: 3, stride: 2, padding: .explicit(1)), [7, 7, 2]),
        LayerCase("same", MaxPool2D(kernel: 3, stride: 2, padding: .same), [6, 5, 2]),
        LayerCase("rectangular", MaxPool2D(kernel: Size(height: 2, width: 3), stride: 1), [4, 5, 2]),
        LayerCase("wide", MaxPool2D(kernel: 2), [4, 4, 20]),

        LayerCase("plain", AvgPool2D(kernel: 2), [6, 6, 3]),
        LayerCase("odd", AvgPool2D(kernel: 2), [5, 7, 3]),
        LayerCase("padded", AvgPool2D(kernel: 3, stride: 2, padding: .explicit(1)), [7, 7, 2]),
        LayerCase("whole-image", AvgPool2D(kernel: 4), [4, 4, 5], count: 3),

        LayerCase("plain", GlobalAvgPool(), [3, 5, 4]),
        LayerCase("one-pixel", GlobalAvgPool(), [1, 1, 3], count: 3),
        LayerCase("wide", GlobalAvgPool(), [4, 4, 20], count: 9),

        LayerCase("plain", Dense(units: 5), [7], count: 3),
        LayerCase("no-bias", Dense(units: 3, bias: false), [6], count: 4),
        LayerCase("wide", Dense(units: 20), [40], count: 11),
        LayerCase("one", Dense(units: 1), [1]),

        LayerCase("plain", Flatten(), [3, 4, 5]),
        LayerCase("one-channel", Flatten(), [3, 4, 1]),
        LayerCase("one-pixel", Flatten(), [1, 1, 6]),

        LayerCase("identity", basicBlock(filters: 4), [5, 6, 4], count: 3, hasKinks: true),
        LayerCase(
            "projection", basicBlock(filters: 6, inputs: 3, stride: 2), [6, 7, 3], count: 3,
            hasKinks: true),
        LayerCase("wide", basicBlock(filters: 20, inputs: 16), [4, 4, 16], count: 9, hasKinks: true),
        LayerCase(
            "pre-activation",
            Residual(body: [BatchNorm(), ReLU(), Conv2D(filters: 3, kernel: 3, padding: .same)]), [4, 5, 3],
            count: 4, hasKinks: true),
        LayerCase(
            "nested",
            Residual(body: [
                Residual(body: [BatchNorm(), Conv2D(filters: 3, kernel: 1)]),
                Conv2D(filters: 3, kernel: 3, padding: .same),
            ]), [3, 4, 3]),
        LayerCase(
            "row",
            Residual(body: [BatchNorm(), Dense(units: 8), Dense(units: 4)], shortcut: [Dense(units: 4)]),
            [6],
            count: 5),
    ]

    /// He et al.'s block, without the `relu` after it; with a projection if it changes the shape.
    private static func basicBlock(filters: Int, inputs: Int? = nil, stride: Size = 1) -> Residual {
        Residual(
            body: [
                Conv2D(filters: filters, kernel: 3, stride: stride, padding: .explicit(1), bias: false),
                BatchNorm(), ReLU(), Conv2D(filters: filters, kernel: 3, padding: .same, bias: false),
                BatchNorm(),
            ],
            shortcut: inputs == nil
                ? [] : [Conv2D(filters: filters, kernel: 1, stride: stride, bias: false), BatchNorm()])
    }

    private static let activations: [LayerCase] =
        functions(ReLU()) + functions(LeakyReLU()) + functions(PReLU()) + functions(ELU()) + functions(SELU())
        + functions(GELU()) + functions(SiLU()) + functions(Sigmoid()) + functions(Tanh())
        + functions(Softplus()) + functions(HardSwish()) + functions(Softmax()) + [
            LayerCase("steep", LeakyReLU(slope: 0.3), [3, 4, 2], count: 3),
            LayerCase("image-per-channel", PReLU(per: .channel), [3, 4, 2], count: 3),
            LayerCase("row-per-channel", PReLU(per: .channel), [7], count: 5),
            LayerCase("wide", PReLU(per: .channel), [4, 4, 20], count: 9),
            LayerCase("alpha", ELU(alpha: 0.5), [3, 4, 2], count: 3),
            LayerCase("tanh", GELU(approximation: .tanh), [3, 4, 2], count: 3),
            LayerCase("extreme-tanh", GELU(approximation: .tanh), [12]),
            LayerCase("settings", Softplus(beta: 3, threshold: 1.5), [3, 4, 2], count: 3),
            LayerCase("wide", Softmax(), [2, 2, 20], count: 9),
        ]

    /// The cases that every activation has: an image, a row, and numbers where formulas break.
    private static func functions(_ layer: any Layer) -> [LayerCase] {
        [
            LayerCase("image", layer, [3, 4, 2], count: 3), LayerCase("row", layer, [7], count: 5),
            LayerCase("extreme", layer, [12]),
        ]
    }

    private static let normalizations: [LayerCase] = [
        LayerCase("image", BatchNorm(), [4, 5, 3], count: 3),
        LayerCase("row", BatchNorm(), [6], count: 5),
        LayerCase("settings", BatchNorm(momentum: 0.3, epsilon: 0.01), [2, 2, 4], count: 4),
        LayerCase("shifted", BatchNorm(), [3, 3, 2], count: 6),
        LayerCase("wide", BatchNorm(), [2, 2, 20], count: 9),
        LayerCase("not-affine", BatchNorm(affine: false), [4, 5, 3], count: 3),

        LayerCase("image", GroupNorm(groups: 2), [4, 5, 6], count: 3),
        LayerCase("row", GroupNorm(groups: 3), [6], count: 5),
        LayerCase("whole-image", GroupNorm(groups: 1), [3, 3, 5]),
        LayerCase("each-channel", GroupNorm(groups: 3, epsilon: 0.01), [4, 3, 3]),
        LayerCase("shifted", GroupNorm(groups: 2), [3, 3, 4], count: 6),
        LayerCase("wide", GroupNorm(groups: 4), [2, 2, 20], count: 9),
        LayerCase("not-affine", GroupNorm(groups: 2, affine: false), [4, 5, 6], count: 3),

        LayerCase("image", LayerNorm(), [4, 5, 3], count: 3),
        LayerCase("row", LayerNorm(), [6], count: 5),
        LayerCase("settings", LayerNorm(epsilon: 0.01), [2, 2, 4]),
        LayerCase("shifted", LayerNorm(), [3, 3, 4], count: 6),
        LayerCase("wide", LayerNorm(), [2, 2, 20], count: 9),
        LayerCase("not-affine", LayerNorm(affine: false), [4, 5, 6], count: 3),
    ]

    static let withoutFixture: [LayerCase] = [
        LayerCase("image", Dropout(probability: 0.25), [4, 5, 3], count: 3),
        LayerCase("row", Dropout(probability: 0.5), [9], count: 9),
        LayerCase("nothing", Dropout(probability: 0), [5]),
    ]

    static let all = withFixture + withoutFixture
}
