import CommandLanguage
import Datasets
import Search
import Training

/// Makes trials of a session: each in a session of its own beside it, in which everything is declared again with the
/// trial's values. The session itself is never touched.
struct TrialBench: TrialMaker {
    let session: Session
    let dataset: Dataset
    let block: SearchBlock

    /// - Throws: `Refusal` without data or a model.
    init(_ session: Session, _ block: SearchBlock) throws(Refusal) {
        dataset = try session.requireData()
        _ = try session.requireTrainer()
        self.session = session
        self.block = block
    }

    func prepare(_ configuration: Configuration, seed: UInt64) throws(TrialFailure) -> PreparedTrial {
        do {
            let bench = try declare(configuration, seed: seed)
            let trainer = try bench.requireTrainer()
            return PreparedTrial(trainer, settings: bench.runSettings(of: trainer))
        } catch let failure as any CommandFailure {
            throw TrialFailure(reason: failure.message)
        } catch let diagnostic as Diagnostic {
            throw TrialFailure(reason: diagnostic.message)
        } catch {
            throw TrialFailure(reason: String(describing: error))
        }
    }

    func words(for configuration: Configuration) -> String {
        zip(block.entries, configuration).map { $0.words($1) }.joined(separator: " ")
    }

    /// A session of its own with the configuration, ready to train.
    func declare(_ configuration: Configuration, seed: UInt64) throws -> Session {
        let bench = Session(beside: session)
        try declare(configuration, seed: seed, in: bench, images: nil)
        return bench
    }

    /// Makes a trial, as far as it was trained, the session's own.
    func adopt(_ configuration: Configuration, _ training: TrainingState) throws {
        let declared = try declare(configuration, seed: session.settings.seed)
        let sink = session.sink
        session.sink = nil
        defer { session.sink = sink }
        try declare(
            configuration, seed: session.settings.seed, in: session, images: declared.settings.dataset)
        try session.requireTrainer().restore(training)
    }

    /// Declares everything again, with the configuration's values; on these images, if there are any already.
    private func declare(
        _ configuration: Configuration, seed: UInt64, in other: Session, images: Dataset?
    ) throws {
        for call in try calls(configuration) {
            guard let command = declaringCommands.first(where: { $0.signature.name == call.path[0] }) else {
                preconditionFailure("a declaration is of a declaring command")
            }
            if call.path[0] == "data" {
                // Other seeds train on the same images.
                other.use(seed: session.settings.seed)
                if let images = images ?? (isUntouched(call) ? dataset : nil) {
                    _ = try other.use(images, replacing: true)
                    other.declarations.note(call)
                    continue
                }
            } else {
                other.use(seed: seed)
            }
            _ = try command.run(call, other)
        }
    }

    /// The session's declarations, with the values of the configuration where they read them, and its settings after them.
    private func calls(_ configuration: Configuration) throws -> [Call] {
        var variables: [String: Value] = [:]
        for (entry, value) in zip(block.entries, configuration) where entry.isVariable {
            variables[entry.dimension.name] = entry.value(value)
        }
        var declarations = Declarations()
        for call in session.declarations.calls {
            let isRead = call.recorded?.inputs.contains { variables[$0] != nil } == true
            let again = isRead ? try call.recorded?.call(with: variables, in: Session.catalog) : nil
            declarations.note(again ?? call)
        }
        let settings = zip(block.entries, configuration).filter { !$0.0.isVariable }
        for name in SearchBlock.settings.map(\.name) {
            for (entry, value) in settings where entry.dimension.name == name {
                declarations.note(
                    try RecordedStatement.call(of: entry.statement(value), in: Session.catalog))
            }
        }
        return declarations.calls
    }

    /// Whether the trial has the session's own images.
    private func isUntouched(_ call: Call) -> Bool {
        let varied = block.dimensions.map(\.name)
        return !varied.contains("data") && call.recorded?.inputs.contains(where: varied.contains) != true
    }
}
