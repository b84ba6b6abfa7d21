import ArgumentParser
import Networks
import Tensors

/// The nets that speed is measured with; PyTorch's are in `scripts/reference/train_bench.py`, layer by layer the same.
enum Net: String, CaseIterable, ExpressibleByArgument {
    case lenet, seed, resnet20, vggish

    /// Of one image.
    var input: Shape { self == .lenet ? [28, 28, 1] : [32, 32, 3] }

    var layers: [any Layer] {
        switch self {
        case .lenet:
            [
                conv(32), ReLU(), MaxPool2D(kernel: 2), conv(64), ReLU(), MaxPool2D(kernel: 2),
                Flatten(), Dense(units: 128), ReLU(), Dense(units: 10),
            ]
        case .seed:
            [32, 64, 128].flatMap { filters -> [any Layer] in
                [conv(filters), BatchNorm(), ReLU(), MaxPool2D(kernel: 2), Dropout(probability: 0.25)]
            } + [Flatten(), Dense(units: 10)]
        case .resnet20:
            [conv(16, bias: false), BatchNorm(), ReLU()] + resnetBlocks + [GlobalAvgPool(), Dense(units: 10)]
        case .vggish:
            [64, 128, 256].flatMap { filters -> [any Layer] in
                [conv(filters), ReLU(), conv(filters), ReLU(), MaxPool2D(kernel: 2)]
            } + [Flatten(), Dense(units: 256), ReLU(), Dense(units: 10)]
        }
    }

    private func conv(_ filters: Int, stride: Size = 1, bias: Bool = true) -> Conv2D {
        Conv2D(filters: filters, kernel: 3, stride: stride, padding: .explicit(1), bias: bias)
    }

    /// Three of 16, 32 and 64 channels each (He et al., 2016, for CIFAR), with 1x1 projections where the shape changes.
    private var resnetBlocks: [any Layer] {
        [(16, 1), (32, 2), (64, 2)].flatMap { filters, stride in
            (0..<3).flatMap { index -> [any Layer] in
                let stride: Size = index == 0 && stride == 2 ? 2 : 1
                let changesShape = stride == 2
                return [
                    Residual(
                        body: [
                            conv(filters, stride: stride, bias: false), BatchNorm(), ReLU(),
                            conv(filters, bias: false), BatchNorm(),
                        ],
                        shortcut: changesShape
                            ? [Conv2D(filters: filters, kernel: 1, stride: stride, bias: false), BatchNorm()]
                            : []),
                    ReLU(),
                ]
            }
        }
    }
}
