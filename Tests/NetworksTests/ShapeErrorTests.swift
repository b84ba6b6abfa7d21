import Networks
import Tensors
import Testing

/// A layer that does not fit is refused when the model is declared, before anything is allocated.
struct ShapeErrorTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        let input: Shape
        let layers: [any Layer]
        let text: String

        init(_ input: Shape, _ layers: [any Layer], _ text: String) {
            (self.input, self.layers, self.text) = (input, layers, text)
        }

        var testDescription: String { text }
    }

    private static let huge = 1_000_000_000

    @Test(arguments: [
        Refused(
            [28, 28, 1], [Conv2D(filters: 8), ReLU(), Dense(units: 10)],
            "dense1 gets 26x26x8, but needs one row of numbers: put `flatten` before it"),
        Refused(
            [28, 28, 1], [Flatten(), Conv2D(filters: 8)],
            "conv1 gets 784, but needs an image (height x width x channels): put it before `flatten`"),
        Refused(
            [28, 28, 1], [Flatten(), MaxPool2D(kernel: 2)],
            "maxpool1 gets 784, but needs an image (height x width x channels): put it before `flatten`"),
        Refused(
            [28, 28, 1], [Flatten(), Flatten()],
            "flatten2 gets 784, but needs an image (height x width x channels): leave out this `flatten`"),
        Refused(
            [8, 6, 1], [Conv2D(filters: 8), Conv2D(filters: 8, kernel: 9)],
            "conv2 gets 6x4x8, but needs an image of at least 9x9 (kernel 9, no padding)"),
        Refused(
            [5, 5, 1], [Conv2D(filters: 8, kernel: 9, padding: .explicit(1))],
            "conv1 gets 5x5x1, but needs an image of at least 9x9 (kernel 9, 7x7 with its padding)"),
        Refused(
            [3, 3, 1], [MaxPool2D(kernel: 2), MaxPool2D(kernel: 2)],
            "maxpool2 gets 1x1x1, but needs an image of at least 2x2 (kernel 2, no padding)"),
        Refused(
            [9, 9, 1], [AvgPool2D(kernel: 3, padding: .explicit(2))],
            "avgpool1 gets 9x9x1, but needs padding of at most half the kernel (1), not 2"),
        Refused(
            [99, 99, 1], [MaxPool2D(kernel: 16)],
            "maxpool1 gets 99x99x1, but needs a kernel of at most 255 values, not 256"),
        Refused([9, 9, 1], [Conv2D(filters: 0)], "conv1 gets 9x9x1, but needs filters in 1...65536, not 0"),
        Refused(
            [9, 9, 1], [Conv2D(filters: 1, kernel: 0)],
            "conv1 gets 9x9x1, but needs kernel in 1...65536, not 0"),
        Refused(
            [9, 9, 1], [Conv2D(filters: 1, stride: Size(height: 1, width: -1))],
            "conv1 gets 9x9x1, but needs stride in 1...65536, not 1x-1"),
        Refused(
            [9, 9, 1], [Conv2D(filters: 1, padding: .explicit(-1))],
            "conv1 gets 9x9x1, but needs padding in 0...65536, not -1"),
        Refused([9], [Dense(units: 0)], "dense1 gets 9, but needs at least 1 unit, not 0"),
        Refused(
            [9], [Dropout(probability: 1)],
            "dropout1 gets 9, but needs a probability of at least 0 and below 1, not 1.0"),
        Refused(
            [9], [Dropout(probability: .nan)],
            "dropout1 gets 9, but needs a probability of at least 0 and below 1, not nan"),
        Refused([9], [BatchNorm(epsilon: 0)], "bn1 gets 9, but needs an epsilon above 0, not 0.0"),
        Refused([9], [BatchNorm(momentum: 1.5)], "bn1 gets 9, but needs momentum in 0...1, not 1.5"),
        Refused([9], [LeakyReLU(slope: .nan)], "leakyrelu1 gets 9, but needs a finite slope, not nan"),
        Refused([9], [PReLU(slope: .infinity)], "prelu1 gets 9, but needs a finite slope, not inf"),
        Refused([9], [ELU(alpha: .nan)], "elu1 gets 9, but needs a finite alpha, not nan"),
        Refused([9], [Softplus(beta: 0)], "softplus1 gets 9, but needs a beta above 0, not 0.0"),
        Refused(
            [9], [Softplus(threshold: -1)], "softplus1 gets 9, but needs a threshold of at least 0, not -1.0"),
        Refused(
            [9, 9, 6], [GroupNorm(groups: 4)],
            "gn1 gets 9x9x6, but needs a number of channels that 4 groups divide evenly, not 6"),
        Refused([9, 9, 6], [GroupNorm(groups: 0)], "gn1 gets 9x9x6, but needs at least 1 group, not 0"),
        Refused(
            [1, 1, 6], [GroupNorm(groups: 6)],
            "gn1 gets 1x1x6, but needs groups of more than one number: normalising a single one leaves nothing of it"
        ),
        Refused([6], [GroupNorm(groups: 2, epsilon: 0)], "gn1 gets 6, but needs an epsilon above 0, not 0.0"),
        Refused(
            [9, 9, 1], [LayerNorm()],
            "ln1 gets 9x9x1, but needs more than one channel: normalising a single number leaves nothing of it"
        ),
        Refused([6], [LayerNorm(epsilon: .nan)], "ln1 gets 6, but needs an epsilon above 0, not nan"),
        Refused(
            [7], [GlobalAvgPool()],
            "globalavgpool1 gets 7, but needs an image (height x width x channels): put it before `flatten`"),
        Refused(
            [9, 8, 3], [ReLU(), Residual(body: [Conv2D(filters: 4, stride: 2, padding: .explicit(1))])],
            "residual1 gets 9x8x3, but needs a body and a shortcut that give one shape, not 5x4x4 and 9x8x3: "
                + "add `shortcut { conv 4 kernel=1 stride=2 bias=false }`"),
        Refused(
            [9, 8, 3], [Residual(body: [Conv2D(filters: 3)])],
            "residual1 gets 9x8x3, but needs a body and a shortcut that give one shape, not 7x6x3 and 9x8x3"),
        Refused(
            [9, 8, 3],
            [Residual(body: [Conv2D(filters: 3)], shortcut: [Conv2D(filters: 4, kernel: 1)])],
            "residual1 gets 9x8x3, but needs a body and a shortcut that give one shape, not 7x6x3 and 9x8x4"),
        Refused(
            [9], [Residual(body: [])], "residual1 gets 9, but needs at least one layer in its body"),
        Refused(
            [5, 5, 1],
            [
                ReLU(),
                Residual(body: [
                    Residual(body: [ReLU()], shortcut: [Conv2D(filters: 1), Flatten(), Flatten()])
                ]),
            ],
            "residual1.residual1.shortcut.flatten2 gets 9, but needs an image (height x width x channels): "
                + "leave out this `flatten`"),
        Refused(
            [784], [Residual(body: [Dense(units: 10), Dense(units: huge)])],
            "residual1.dense2 gets 10, but needs at most 150000000 parameters in the whole model; "
                + "1000000000x10 more is too many"),
        Refused(
            [784], [Dense(units: 10), Dense(units: huge)],
            "dense2 gets 10, but needs at most 150000000 parameters in the whole model; 1000000000x10 more is too many"
        ),
        Refused(
            [784], [Dense(units: .max)],
            "dense1 gets 784, but needs at most 150000000 parameters in the whole model; "
                + "9223372036854775807x784 more is too many"),
        Refused(
            [60000, 60000, 1], [],
            "input gets 60000x60000x1, but needs at most 67108864 values per image"),
        Refused(
            [1000, 1000, 3], [Conv2D(filters: 64, kernel: 1), Conv2D(filters: 64, kernel: 1)],
            "conv2 gets 1000x1000x64, but needs at most 67108864 values per image in all layers' outputs together; "
                + "1000x1000x64 more is too many"),
        Refused(
            [0, 5, 1], [],
            "input gets 0x5x1, but needs height x width x channels, or one number of features, each in 1...65536"
        ),
        Refused(
            [5, 5], [],
            "input gets 5x5, but needs height x width x channels, or one number of features, each in 1...65536"
        ),
    ])
    func errorNamesTheLayerWhatItGotAndWhatItNeeds(_ refused: Refused) {
        let error = #expect(throws: ShapeError.self) {
            try Network(
                name: "net", input: refused.input, layers: refused.layers, initializer: .he,
                random: RandomStream(key: 1))
        }
        #expect(error?.description == refused.text)
        #expect(error?.layerIndex == (refused.layers.isEmpty ? nil : refused.layers.count - 1))
    }
}
