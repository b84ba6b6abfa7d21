import Networks
import Tensors

/// A mean of the weights that training goes through: validation and tests measure it, training goes on without it.
///
/// As PyTorch's `AveragedModel`. Running statistics are not averaged: a running mean uses the network's own, and those
/// of `swa` are measured anew on the training images, as by `update_bn`.
package struct WeightAverage: Sendable {
    package let settings: Averaging
    /// The epochs that the run had had when it began.
    let start: Int
    /// How many times weights have been added; before the first time there is no average.
    package private(set) var count: Int
    /// In the order of the network's parameters; none before the first time.
    package internal(set) var values: [Tensor]
    /// Running statistics of the averaged weights, in the order of the network's buffers; nil until they are measured.
    var statistics: [Tensor]?

    package init(_ settings: Averaging, start: Int, count: Int = 0, values: [Tensor] = []) {
        self.settings = settings
        self.start = start
        self.count = count
        self.values = values
    }

    package var isEmpty: Bool { count == 0 }

    /// Whether its running statistics are to be measured before it is used.
    var lacksStatistics: Bool {
        if case .swa = settings { !isEmpty && statistics == nil } else { false }
    }

    /// Adds the weights after a step, if they count; `finishedEpoch` is the epoch, from 1, that ends with this step, nil
    /// within one.
    package mutating func add(_ parameters: [Parameter], finishedEpoch: Int?) {
        switch settings {
        case .ema(let decay): add(parameters, share: Float(1 - decay))
        case .swa(let first):
            guard let finishedEpoch, finishedEpoch > start + first else { return }
            add(parameters, share: 1 / Float(count + 1))
        }
    }

    private mutating func add(_ parameters: [Parameter], share: Float) {
        statistics = nil
        if isEmpty {
            values = parameters.map(\.value)
        } else {
            for (index, parameter) in parameters.enumerated() {
                values[index].combine(share, parameter.value, 1 - share)
            }
        }
        count += 1
    }

    /// They are of other images, or of images in another form.
    mutating func forgetStatistics() { statistics = nil }

    mutating func setStatistics(_ statistics: [Tensor]) { self.statistics = statistics }

    /// Puts the average into the network and keeps what was there, or the other way round.
    mutating func exchange(with network: Network) {
        for (index, parameter) in network.parameters.enumerated() { swap(&parameter.value, &values[index]) }
        guard var own = statistics else { return }
        for (index, buffer) in network.buffers.enumerated() { swap(&buffer.value, &own[index]) }
        statistics = own
    }
}
