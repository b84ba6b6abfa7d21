import CommandLanguage
import Glibc

enum Samples {
    static let table = Table(
        title: "Layers",
        columns: [
            .init("layer"), .init("what it does"), .init("parameters", .right), .init("share", .right),
        ],
        rows: [
            [
                "conv1",
                "32 filters of 3x3, padding same, He initialisation, followed by batch normalisation", "320",
                "0.1 %",
            ],
            ["dense1", "128 units", "401 536", "98.2 %"],
            ["dense2", "10 units, one for each class", "1 290", "1.7 %"],
        ])

    static let chart = Chart(
        title: "loss", xLabel: "epoch", yLabel: "cross-entropy",
        series: [
            .init(
                "hot.train.loss", (0...60).map { .init(Double($0) / 20, 2.3 * exp(-Double($0) / 15) + 0.1) }),
            .init(
                "hot.val.loss",
                (0...60).map { .init(Double($0) / 20, 2.3 * exp(-Double($0) / 12) + 0.1 + Double($0) / 90) }),
            .init("cool.val.loss", (0...60).map { .init(Double($0) / 20, 1.4 + 0.4 * sin(Double($0) / 5)) }),
        ])

    static let images = ImageGrid(
        (0..<8).map { index in
            ImageGrid.Image(
                caption: "class \(index)", height: 28, width: 28, channels: index < 4 ? 1 : 3,
                bytes: (0..<28 * 28 * (index < 4 ? 1 : 3)).map { position in
                    let pixel = index < 4 ? position : position / 3
                    let (x, y) = (Double(pixel % 28) - 14, Double(pixel / 28) - 14)
                    let value = max(0, 1 - abs((x * x + y * y).squareRoot() - Double(index + 3)) / 4)
                    let tint = index < 4 ? 1 : [1, 0.6, 0.2][position % 3]
                    return UInt8(value * tint * 255)
                })
        })
}
