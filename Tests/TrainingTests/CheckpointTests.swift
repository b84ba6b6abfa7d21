import Datasets
import Networks
import Tensors
import Testing
import Training

/// A file that is not a state of this run is refused, and nothing changes.
struct CheckpointTests {
    private func trained(_ change: (inout Bench) -> Void = { _ in }) throws -> Trainer {
        var bench = Bench()
        change(&bench)
        let trainer = try bench.make()
        trainer.train(untilStep: 8)
        return trainer
    }

    /// Saves, lets `damage` change the file, loads, and says what was found wrong.
    private func error(
        _ trainer: Trainer, damage: (inout TensorArchive) -> Void
    ) throws -> CheckpointError? {
        try withTemporaryFile { path in
            try trainer.state.save(to: path)
            var archive = try TensorArchive.read(path)
            damage(&archive)
            try archive.write(path)
            let before = Trace(trainer)
            defer { #expect(Trace(trainer) == before) }
            do throws(CheckpointError) {
                try trainer.restore(TrainingState.load(from: path, for: trainer.network))
                return nil
            } catch {
                #expect(!error.message.isEmpty)
                return error
            }
        }
    }

    @Test func holdsWhatOthersCanRead() throws {
        let trainer = try trained()
        try withTemporaryFile { path in
            try trainer.state.save(to: path)
            let archive = try TensorArchive.read(path)
            #expect(
                archive.tensors.map(\.name) == [
                    "conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean",
                    "bn1.running_var",
                    "dense1.weight", "dense1.bias",
                ]
                    + [
                        "conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "dense1.weight",
                        "dense1.bias",
                    ].flatMap {
                        ["optimizer.first_moment.\($0)", "optimizer.second_moment.\($0)"]
                    } + ["history.steps"])
            // PyTorch's shapes and order.
            #expect(archive.named["conv1.weight"]?.shape == [4, 3, 3, 3])
            #expect(archive.named["optimizer.first_moment.conv1.weight"]?.shape == [4, 3, 3, 3])
            #expect(archive.named["history.steps"]?.shape == [8, 3])
            #expect(archive.metadata["format"] == "pt")
        }
    }

    @Test func aHistoryWithInfinitiesIsKept() throws {
        let trainer = try trained {
            $0.normalization = Normalization(mean: [0, 0, 0], deviation: [1, 1, 1])
        }
        // Makes the validation loss infinite, but no training loss.
        trainer.network.buffers[1].value.combine(0, trainer.network.buffers[1].value, -1)
        trainer.network.buffers[0].value.combine(1e38, Tensor([4], [1, 1, 1, 1]), 1)
        trainer.train(epochs: 1)
        let loss = try #require(trainer.history.epochs.last?.validationLoss)
        #expect(!loss.isFinite)
        try withTemporaryFile { path in
            try trainer.state.save(to: path)
            let state = try TrainingState.load(from: path, for: trainer.network)
            #expect(state.history.epochs.last?.validationLoss.map { !$0.isFinite } == true)
        }
    }

    @Test func whatIsMissingOrTooMuchIsNamed() throws {
        let trainer = try trained()
        for name in [
            "conv1.weight", "bn1.running_var", "optimizer.second_moment.dense1.bias", "history.steps",
        ] {
            let found = try error(trainer) { $0.tensors.removeAll { $0.name == name } }
            guard case .missingTensor(_, name) = found else {
                Issue.record("\(String(describing: found)) without \(name)")
                continue
            }
        }
        let surplus = try error(trainer) { $0.tensors.append(("conv2.weight", Tensor(zeros: [1]))) }
        guard case .surplusTensor(_, "conv2.weight") = surplus else {
            Issue.record("\(String(describing: surplus))")
            return
        }
    }

    @Test(arguments: ["conv1.weight", "optimizer.first_moment.dense1.weight", "history.steps"])
    func otherShapesAreNamed(name: String) throws {
        let trainer = try trained()
        let found = try error(trainer) { archive in
            for index in archive.tensors.indices where archive.tensors[index].name == name {
                archive.tensors[index].tensor = Tensor(zeros: [3, 4])
            }
        }
        guard case .tensorShape(_, name, [3, 4], _) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    /// What is changed in the description, and a word of the error.
    static let descriptions: [(String, String, String)] = [
        ("\"format\":1", "\"format\":2", "format 2"),
        ("\"format\":1", "\"format\":\"one\"", "not JSON with a format"),
        ("{", "[", "not JSON"),
        ("\"optimizerKind\":\"adam\"", "\"optimizerKind\":\"magic\"", "the optimizer `magic`"),
        ("\"scheduleKind\":\"step\"", "\"scheduleKind\":\"magic\"", "the schedule `magic`"),
        ("\\\"beta1\\\":0.9", "\\\"beta1\\\":9", "settings of its optimizer"),
        ("\\\"beta1\\\":0.9", "\\\"beta\\\":0.9", "settings of its optimizer"),
        ("\\\"every\\\":1", "\\\"every\\\":0", "settings of its schedule"),
        ("\"image\":32", "\"image\":-32", "counter"),
        ("\"image\":32", "\"image\":4611686018427387904", "counter"),
        ("\"image\":32", "\"image\":91", "image 91"),
        ("\"image\":32", "\"image\":\"32\"", "another type"),
        ("\"step\":8", "\"step\":9", "history.steps"),
        ("\"scheduleStart\":0", "\"scheduleStart\":2", "counter"),
        ("\"epochs\":[", "\"epochs\":[null,", "another type"),
        ("\"epochs\":[{", "\"epochs\":[],\"ignored\":[{", "counter"),
        ("\"shuffle\":[", "\"shuffle\":[1,", "random stream"),
    ]

    @Test(arguments: descriptions.indices)
    func aDamagedDescriptionIsRefused(_ index: Int) throws {
        let (old, new, word) = Self.descriptions[index]
        let found = try error(trained()) { archive in
            let text = archive.metadata["cairn"] ?? ""
            #expect(text.contains(old), "\(text)")
            archive.metadata["cairn"] = text.replacing(old, with: new, maxReplacements: 1)
        }
        #expect(found?.message.contains(word) == true, "\(String(describing: found?.message))")
    }

    @Test func weightsAloneAreNoState() throws {
        let found = try error(trained()) { $0.metadata = ["format": "pt"] }
        guard case .notATrainingState = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test func aFileThatIsNoArchiveIsRefused() throws {
        let trainer = try trained()
        #expect(throws: CheckpointError.self) {
            try TrainingState.load(from: "/no/such/file", for: trainer.network)
        }
        #expect(throws: CheckpointError.self) {
            try trainer.state.save(to: "/no/such/folder/run.safetensors")
        }
    }

    @Test func aStateOfAnotherModelIsRefused() throws {
        let trainer = try trained()
        let before = Trace(trainer)
        let others = [
            try trained { $0.layers[0] = Conv2D(filters: 5, kernel: 3, padding: .same) },
            try trained { $0.layers.remove(at: 1) },
        ]
        for other in others {
            let error = #expect(throws: CheckpointError.self) { try trainer.restore(other.state) }
            guard case .otherModel = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(throws: CheckpointError.self) { try other.restore(trainer.state) }
        }
        #expect(Trace(trainer) == before)
    }

    @Test func saysWhatIsDifferentHere() throws {
        let trainer = try trained()
        #expect(trainer.setup.differences(from: trainer.state.setup).isEmpty)
        let other = try trained {
            $0.batchSize = 8
            $0.augmentations = []
            $0.normalization = .off(channels: 3)
        }
        #expect(
            other.setup.differences(from: trainer.state.setup).map(\.what)
                == ["normalization", "augmentation", "batch size"])
    }
}
