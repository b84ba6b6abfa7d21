import Datasets
import Networks
import Tensors
import Testing
import Training

/// The network, weights and images of `scripts/reference/inspection.py`, all images in one batch.
struct HookedNet {
    let fixture: Fixture
    let data: Dataset
    /// The same in Cairn's words; `dropout` adds layers that do nothing in evaluation, one of which others absorb.
    let layers: [any Layer]

    init(dropout: Bool = false) throws {
        fixture = try Fixture("inspection")
        let pool = ImageSet(
            imageShape: [10, 10, 3], pixels: try fixture["pixels"].scalars.map { UInt8($0) },
            labels: try fixture["labels"].scalars.map { Int32($0) })
        data = try Dataset(
            DataSource(
                name: "hooked", classes: ["a", "b", "c"], splits: SourceSplits(pool: pool, validation: pool)),
            seed: 1)
        let body: [any Layer] = [
            Conv2D(filters: 4, kernel: 3, padding: .explicit(1), bias: false), BatchNorm(),
        ]
        layers =
            [
                Conv2D(filters: 4, kernel: 3, padding: .explicit(1), bias: false), BatchNorm(), ReLU(),
                MaxPool2D(kernel: 2),
            ] + (dropout ? [Dropout(probability: 0.4)] : []) + [
                Residual(body: body), ReLU(), Conv2D(filters: 6, kernel: 3), Sigmoid(), Flatten(),
                Dense(units: 8), Tanh(),
            ] + (dropout ? [Dropout(probability: 0.6)] : []) + [Dense(units: 3)]
    }

    func makeTrainer() throws -> Trainer {
        let network = try Network(
            name: "hooked", input: data.imageShape, layers: layers, initializer: .he,
            random: RandomStream(seed: 1, name: "init"))
        let before = fixture.tensors.filter { $0.key.hasPrefix("before.") }
        try network.importTensors(
            Dictionary(
                uniqueKeysWithValues: before.map { (String($0.key.dropFirst("before.".count)), $0.value) }))
        return try Trainer(
            network, optimizer: Adam(rate: 0.01), dataset: data, batchSize: data.train.count, seed: 1,
            workers: Workers(threads: 2))
    }
}
