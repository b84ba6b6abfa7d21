import Datasets
import Glibc
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

    /// The same with everything that can be added: its saved state has all there is.
    private func trainedWithOptions() throws -> Trainer {
        try trained {
            $0.options.averaging = .ema(decay: 0.9)
            $0.options.stopping = EarlyStopping()
        }
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
            do throws(CheckpointError) {
                try trainer.restore(TrainingState.load(from: path, for: trainer.network))
                return nil
            } catch {
                #expect(!error.message.isEmpty)
                #expect(Trace(trainer) == before)
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
            #expect(archive.named["history.steps"]?.shape == [8, 4])
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
        let trainer = try trainedWithOptions()
        for name in [
            "conv1.weight", "bn1.running_var", "optimizer.second_moment.dense1.bias", "history.steps",
            "average.dense1.bias", "best.bn1.running_mean", "best.average.conv1.bias",
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
        ("\"format\":1", "\"format\":0", "format cannot be 0"),
        ("\"format\":1", "\"format\":\"one\"", "not JSON with a format"),
        ("{", "[", "not JSON"),
        ("\"optimizerKind\":\"adam\"", "\"optimizerKind\":\"magic\"", "the optimizer `magic`"),
        ("\"scheduleKind\":\"step\"", "\"scheduleKind\":\"magic\"", "the schedule `magic`"),
        ("\\\"beta1\\\":0.9", "\\\"beta1\\\":9", "settings of its optimizer"),
        ("\\\"beta1\\\":0.9", "\\\"beta\\\":0.9", "settings of its optimizer"),
        ("\\\"every\\\":1", "\\\"every\\\":0", "settings of its schedule"),
        ("\"image\":32", "\"image\":-32", "`position.image` cannot be -32"),
        ("\"image\":32", "\"image\":4611686018427387904", "`position.image` cannot be 4611686018427387904"),
        ("\"image\":32", "\"image\":91", "`position.image` cannot be 91"),
        ("\"image\":32", "\"image\":\"32\"", "another type"),
        ("\"step\":8", "\"step\":9", "history.steps"),
        ("\"step\":8", "\"step\":-1", "`position.step` cannot be -1"),
        (
            "\"scheduleStart\":{\"epoch\":0", "\"scheduleStart\":{\"epoch\":2",
            "`scheduleStart.epoch` cannot be 2"
        ),
        ("\"step\":0}", "\"step\":9}", "`scheduleStart.step` cannot be 9"),
        ("\"optimizerSteps\":[8", "\"optimizerSteps\":[9", "`optimizerSteps` cannot be 9"),
        ("\"optimizerSteps\":[8,", "\"optimizerSteps\":[", "are 5 for 6 parameters"),
        ("\"clipping\":{\"off\":{}}", "\"clipping\":{\"norm\":{\"_0\":-1}}", "`clipping` cannot be norm -1"),
        ("\"frozen\":[]", "\"frozen\":[\"conv9\"]", "`conv9`, and there is no such layer"),
        ("\"rates\":{}", "\"rates\":{\"conv1\":-1}", "`layerRates` cannot be"),
        ("\"epochsWithout\":0", "\"epochsWithout\":-1", "`stopping.epochsWithout` cannot be -1"),
        ("\"patience\":3", "\"patience\":0", "`stopping.settings` cannot be"),
        ("\"best\":{\"average\":{\"count\":6", "\"best\":{\"average\":{\"count\":0", "best.average."),
        ("\"epoch\":1,\"value\"", "\"epoch\":3,\"value\"", "`stopping.best.epoch` cannot be 3"),
        ("\"decay\":0.9}", "\"decay\":2}", "`average.settings` cannot be"),
        ("\"batchSize\":16", "\"batchSize\":0", "`setup.batchSize` cannot be 0"),
        ("\"images\":90,\"layers\"", "\"images\":0,\"layers\"", "`setup.images` cannot be 0"),
        ("\"epochs\":[", "\"epochs\":[null,", "another type"),
        ("\"epochs\":[{", "\"epochs\":[],\"ignored\":[{", "`position.epoch` cannot be 1"),
        ("\"shuffle\":[", "\"shuffle\":[1,", "`shuffle` cannot be [1, "),
    ]

    /// A field, what it is changed to, and whether a run can have that.
    static let fields: [(String, String, isPossible: Bool)] = [
        ("epochs[0].epoch", "2", false), ("epochs[0].step", "9", false), ("epochs[0].step", "-1", false),
        ("epochs[0].images", "4611686018427387904", false), ("epochs[0].images", "0", false),
        ("epochs[0].images", "80", true),
        ("epochs[0].seconds", "-1", false), ("epochs[0].seconds", "\"inf\"", false),
        ("epochs[0].seconds", "\"nan\"", false), ("epochs[0].seconds", "5e-324", true),
        ("epochs[0].trainLoss", "\"nan\"", false), ("epochs[0].trainAccuracy", "1.5", false),
        ("epochs[0].trainAccuracy", "\"nan\"", false),
        ("epochs[0].validationMetrics.accuracy", "-0.5", false),
        ("epochs[0].validationMetrics.f1", "\"nan\"", false),
        ("epochs[0].validationMetrics.loss", "\"inf\"", true),
        ("epochs[0].rate", "-1", false), ("epochs[0].rate", "\"inf\"", true),
        ("position.totals.correct", "33", false), ("position.totals.labels", "31", false),
        ("position.totals.lossWeight", "-1", false), ("position.totals.lossWeight", "\"inf\"", false),
        ("position.totals.lossSum", "\"inf\"", false),
        ("position.totals.seconds", "\"nan\"", false), ("position.totals.seconds", "1e300", false),
        ("position.totals.rate", "-1", false),
    ]

    @Test(arguments: fields.indices)
    func everyFieldIsChecked(_ index: Int) throws {
        let (field, value, isPossible) = Self.fields[index]
        let name = try #require(field.split(separator: ".").last)
        let object = field.hasPrefix("epochs") ? "\"epochs\":[{" : "\"totals\":{"
        let found = try error(trained()) { archive in
            let text = archive.metadata["cairn"] ?? ""
            let start = text.firstRange(of: object)?.upperBound ?? text.endIndex
            guard let key = text[start...].firstRange(of: "\"\(name)\":"),
                let end = text[key.upperBound...].firstIndex(where: { ",}".contains($0) })
            else {
                Issue.record("no \(field) in \(text)")
                return
            }
            archive.metadata["cairn"] = text[..<key.upperBound] + value + text[end...]
        }
        if isPossible {
            #expect(found == nil)
        } else {
            #expect(
                found?.message.contains("its `\(field)` cannot be ") == true, "\(String(describing: found))")
        }
    }

    /// The columns of `history.steps`: loss, accuracy, rate, norm of the gradients.
    @Test(arguments: [(0, Float.nan), (1, 1.5), (1, .nan), (2, -1), (3, -1), (3, .nan)])
    func everyStepIsChecked(column: Int, value: Float) throws {
        let found = try error(trained()) { archive in
            for index in archive.tensors.indices where archive.tensors[index].name == "history.steps" {
                var scalars = archive.tensors[index].tensor.scalars
                scalars[4 * 4 + column] = value
                archive.tensors[index].tensor = Tensor([8, 4], scalars)
            }
        }
        #expect(found?.message.contains("its step 5 cannot have") == true, "\(String(describing: found))")
    }

    /// Weights of a run that diverged can be saved and loaded, and it is said of them.
    @Test func warnsOfNumbersThatDoHarm() throws {
        let trainer = try trained()
        #expect(trainer.state.warnings.isEmpty)
        try withTemporaryFile { path in
            try trainer.state.save(to: path)
            var archive = try TensorArchive.read(path)
            for index in archive.tensors.indices {
                let shape = archive.tensors[index].tensor.shape
                switch archive.tensors[index].name {
                case "conv1.bias": archive.tensors[index].tensor = Tensor([4], [.nan, 1, -.infinity, 2])
                case "bn1.running_mean", "bn1.running_var", "optimizer.second_moment.dense1.bias":
                    archive.tensors[index].tensor = Tensor(shape, repeating: -1)
                default: break
                }
            }
            try archive.write(path)
            let state = try TrainingState.load(from: path, for: trainer.network)
            #expect(
                state.warnings.map(\.message) == [
                    "2 numbers in `conv1.bias` are NaN or infinite",
                    "`bn1.running_var` has negative numbers, and it is made of squares",
                    "`optimizer.second_moment.dense1.bias` has negative numbers, and it is made of squares",
                ])
            try trainer.restore(state)
            guard case .diverged = trainer.train(epochs: 1).reason else {
                Issue.record("NaN in a bias should stop the run")
                return
            }
            #expect(try trainer.evaluate(trainer.dataset.test)?.loss.isNaN == true)
        }
    }

    @Test func numbersThatAreNotFloatsAreNamed() throws {
        let trainer = try trained()
        try withTemporaryFile { path in
            try trainer.state.save(to: path)
            let file = try #require(fopen(path, "r+"))
            var bytes = [UInt8](repeating: 0, count: 4096)
            bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
            // The first tensor's type is the first that is named.
            let start = try #require(bytes.firstRange(of: Array("F32".utf8))?.lowerBound)
            fseek(file, start, SEEK_SET)
            fwrite("I32", 1, 3, file)
            fclose(file)
            let error = CheckpointError.tensorType(path: path, name: "conv1.weight", found: "I32")
            #expect(throws: error) { try TrainingState.load(from: path, for: trainer.network) }
            #expect(error.message == "`\(path)` has `conv1.weight` as I32, and floats are needed")
        }
    }

    @Test func aStateFurtherThanTheDataIsRefused() throws {
        let trainer = try trained()
        let state = trainer.state
        try trainer.change(dataset: Bench.shapes.split(validation: .count(70), seed: 1))
        #expect(throws: CheckpointError.position(image: 32, images: 30)) { try trainer.restore(state) }
    }

    @Test(arguments: descriptions.indices)
    func aDamagedDescriptionIsRefused(_ index: Int) throws {
        let (old, new, word) = Self.descriptions[index]
        let found = try error(trainedWithOptions()) { archive in
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
        // What a state brings along is there to be named.
        #expect("\(trainer.state.optimizer.settings)" == "adam rate=0.01")
        #expect("\(trainer.state.schedule)" == "step every=1 factor=0.9")
    }
}
