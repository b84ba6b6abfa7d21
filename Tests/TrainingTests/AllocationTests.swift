import AllocationCounter
import Datasets
import Networks
import Synchronization
import Tensors
import Testing
import Training

/// A training step in its stride takes nothing from the heap: forward, loss, backward and update.
@Suite(.enabled(if: allocation_counter_works(), "a sanitizer has the heap"))
struct AllocationTests {
    /// Every kind of layer, every way to fuse them, and what they do alone.
    private static let layers: [any Layer] = [
        Conv2D(filters: 16, kernel: 3, padding: .same, bias: false), BatchNorm(), ReLU(),
        MaxPool2D(kernel: 2),
        Dropout(probability: 0.25),
        Residual(
            body: [Conv2D(filters: 16, kernel: 3, padding: .same, bias: false), BatchNorm()],
            shortcut: [Conv2D(filters: 16, kernel: 1), BatchNorm()]), ReLU(),
        Residual(body: [ReLU(), Conv2D(filters: 16, kernel: 3, padding: .same)]),
        Conv2D(filters: 16, kernel: 3), ReLU(), MaxPool2D(kernel: 2), AvgPool2D(kernel: 2, stride: 1), ReLU(),
        Residual(body: [Residual(body: [Dropout()])]), Flatten(), Dense(units: 200), ReLU(), Dense(units: 24),
        BatchNorm(), Dense(units: 4),
    ]

    private static let global: [any Layer] = [
        Conv2D(filters: 8, kernel: 5, stride: 2), GlobalAvgPool(), Dense(units: 4),
    ]

    private static let activations: [any Layer] = [
        Conv2D(filters: 8), GroupNorm(groups: 2), LeakyReLU(), Conv2D(filters: 8), LayerNorm(), GELU(),
        PReLU(per: .channel), SELU(), BatchNorm(affine: false), Softmax(), GlobalAvgPool(), Dense(units: 4),
    ]

    @Test(
        arguments: [layers, global, activations],
        [
            SGD(rate: 0.01),
            SGD(
                rate: 0.01, momentum: 0.9, isNesterov: true,
                regularization: Regularization(l1: 1e-4, l2: 1e-4, decay: 1e-4, maxNorm: 1)),
            Adam(), NAdam(), RMSprop(momentum: 0.9, isCentered: true),
        ] as [any OptimizerSettings])
    func aStepTakesNothingFromTheHeap(layers: [any Layer], settings: any OptimizerSettings) throws {
        let workers = Workers(threads: 2)
        let network = try Network(
            name: "net", input: [16, 16, 3], layers: layers, initializer: .he, random: RandomStream(key: 1))
        var random = RandomStream(key: 2)
        let images = random.normal([20, 16, 16, 3], deviation: 1)
        let labels = (0..<20).map { Int32($0 % 4) }
        for convolution in ConvolutionPrecision.allCases {
            let executor = Executor(
                network, loss: CrossEntropy(), batchSize: 20, convolution: convolution, workers: workers)
            var optimizer = try Optimizer(settings, for: network.parameters)
            func step() {
                network.zeroGradients()
                executor.forward(images, count: 20, mode: .training(dropout: random))
                _ = executor.computeLoss(labels: labels)
                executor.backward()
                optimizer.update(network.parameters, rate: 0.01, workers: workers)
            }
            // The first steps take something: OpenBLAS its room, and a thread, whenever it gets its first work, room
            // for its own variables. A step that goes to the heap goes there every time.
            let counts = (0..<4).map { _ in allocations(of: workers) { for _ in 0..<5 { step() } } }
            #expect(counts.contains(0), "\(convolution): \(counts)")
        }
    }

    private static let losses: [any Loss] = [
        CrossEntropy(), CrossEntropy(weights: .listed([1, 2, 3, 4]), labelSmoothing: 0.1),
        BinaryCrossEntropy(),
        Focal(), Hinge(), MeanSquaredError(), MeanAbsoluteError(), Huber(), Dice(), DiceCrossEntropy(),
    ]

    @Test(arguments: losses.indices, [false, true])
    func aLossTakesNothingFromTheHeap(index: Int, isMixed: Bool) throws {
        let workers = Workers(threads: 2)
        let network = try Network(
            name: "net", input: [6, 6, 3], layers: [Conv2D(filters: 4, kernel: 1)], initializer: .he,
            random: RandomStream(key: 1))
        var random = RandomStream(key: 2)
        let images = random.normal([20, 6, 6, 3], deviation: 1)
        let labels = (0..<20 * 36).map { Int32($0 % 4) }
        let mix = isMixed ? Mix(labels: labels.reversed(), shares: (0..<20).map { Float($0) / 20 }) : nil
        let executor = Executor(network, loss: Self.losses[index], batchSize: 20, workers: workers)
        let counts = (0..<4).map { _ in
            allocations(of: workers) {
                for _ in 0..<5 {
                    executor.forward(images, count: 20, mode: .training(dropout: random))
                    _ = executor.computeLoss(labels: labels, mix: mix)
                    executor.backward()
                }
            }
        }
        #expect(counts.contains(0), "\(Self.losses[index]): \(counts)")
    }

    /// A counter that cannot count would prove nothing: on the calling thread and on the others.
    @Test func anAllocationIsCounted() {
        let workers = Workers(threads: 2)
        #expect(allocations(of: workers) { _ = Tensor(zeros: [5]) } >= 1)
        let count = allocations(of: workers) { workers.forEach(2, Allocating(meeting: Meeting(2))) }
        #expect(count >= 2)
        #expect(allocations(of: workers) {} == 0)
    }

    /// How often the workers' threads, the caller's among them, go to the heap.
    private func allocations(of workers: Workers, _ body: () -> Void) -> Int {
        let (begin, end) = (Meeting(workers.threads), Meeting(workers.threads))
        workers.forEach(workers.threads, Watching(meeting: begin, isWatched: true))
        let before = allocation_counter_total()
        body()
        let count = allocation_counter_total() - before
        workers.forEach(workers.threads, Watching(meeting: end, isWatched: false))
        return count
    }

    /// Keeps whoever arrives until all are there, so that each thread gets one item.
    private final class Meeting: Sendable {
        private let missing: Atomic<Int>

        init(_ count: Int) { missing = Atomic(count) }

        func wait() {
            missing.subtract(1, ordering: .sequentiallyConsistent)
            while missing.load(ordering: .sequentiallyConsistent) > 0 {}
        }
    }

    private struct Watching: ParallelWork {
        let meeting: Meeting
        let isWatched: Bool

        func run(item: Int, thread: Int) {
            meeting.wait()
            allocation_counter_watch(isWatched)
        }
    }

    private struct Allocating: ParallelWork {
        let meeting: Meeting

        func run(item: Int, thread: Int) {
            meeting.wait()
            _ = Tensor(zeros: [5])
        }
    }
}
