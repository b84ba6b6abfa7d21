import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Images that cannot be read stop training and nothing more.
struct UnreadableImageTests {
    /// The bench's images, of which some cannot be read until they are mended.
    private final class Shelf: ImageStore, @unchecked Sendable {
        let images: ImageSet
        var broken: Set<Int> = []
        let unreadable = UnreadableFiles(.error)

        init(_ images: ImageSet) { self.images = images }

        var imageShape: Shape { images.imageShape }
        var count: Int { images.count }
        var hasMasks: Bool { false }
        var isInMemory: Bool { true }

        func read(
            _ index: Int, choosing chooser: (any RegionChooser)?, into room: ImageRoom
        ) throws(DatasetError) {
            if broken.contains(index) { throw Self.error(index) }
            try images.read(index, choosing: chooser, into: room)
        }

        static func error(_ index: Int) -> DatasetError {
            DatasetError(.damagedImage("torn"), file: DataFile("\(index).png", as: .inFolder))
        }
    }

    private let shelf: Shelf
    private let trainer: Trainer
    private let whole: Trainer

    init() throws {
        var bench = Bench()
        let source = bench.data.source
        let pool = Shelf(source.splits.pool)
        shelf = pool
        bench.data = try Dataset(
            DataSource(
                name: source.name, classes: source.classes,
                splits: SourceSplits(pool: ImageSet(store: pool, labels: source.splits.pool.labels))),
            seed: 1)
        trainer = try bench.make()
        whole = try Bench().make()
    }

    @Test func trainingStopsAndGoesOnWhenTheyAreMended() throws {
        shelf.broken = [7]
        guard case .unreadable(Shelf.error(7)) = trainer.train(epochs: 2).reason else {
            Issue.record("training should have met the broken image")
            return
        }
        #expect(trainer.position.epoch == 0 && trainer.history.epochs.isEmpty)
        // It stays so, and what was trained stays.
        let before = Trace(trainer)
        guard case .unreadable = trainer.train(epochs: 2).reason else {
            Issue.record("training should have met the broken image again")
            return
        }
        #expect(Trace(trainer) == before)
        shelf.broken = []
        #expect(trainer.train(epochs: 2).reason == .finished)
        whole.train(epochs: 2)
        #expect(Trace(trainer) == Trace(whole))
    }

    @Test func evaluationSaysSo() throws {
        shelf.broken = Set(0..<100)
        #expect(throws: TrainingError.data(Shelf.error(0))) {
            _ = try trainer.evaluate(trainer.dataset.source.splits.pool)
        }
    }

    /// The validation after an epoch is tried again by the next `train`.
    @Test func anUnreadableValidationImageStopsBeforeTheEpochEnds() throws {
        whole.train(epochs: 1)
        let broken = try #require(
            (0..<100).first { index in
                let pixels = try? shelf.images.image(at: index)
                return (try? trainer.dataset.validation.image(at: 0)) == pixels
            })
        trainer.train(untilStep: 1)
        shelf.broken = [broken]
        guard case .unreadable = trainer.train(epochs: 1).reason else {
            Issue.record("validation should have met the broken image")
            return
        }
        #expect(trainer.position.step == 6 && trainer.position.epoch == 0)
        shelf.broken = []
        trainer.train(epochs: 1)
        #expect(Trace(trainer) == Trace(whole))
    }
}
