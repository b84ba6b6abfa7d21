import CommandLanguage
import Foundation
import Publishing
import Tensors

/// Every command, in the order of help and of the command reference. A new one is a declaration in its topic's file.
let allCommands: [Command<Session>] =
    declaringCommands.map(\.undoable) + changeCommands.map(\.undoable) + trainCommands + stepCommands
    + controlCommands + statsCommands + searchCommands + runCommands + snapshotCommands + showCommands
    + plotCommands + forkCommands + comparisonCommands + inputCommands + verifyCommands + fileCommands

/// The commands that say what is trained and how: a session remembers them, and a search can vary them.
let declaringCommands =
    (dataCommands + modelCommands + settingCommands + safeguardCommands + freezeCommands).map(\.remembered)

/// What all errors besides the language's own are called: one enumeration for each module that words some.
let allErrorCodes: [any ErrorCode.Type] = [
    RefusalCode.self, EditErrorCode.self, DatasetErrorCode.self, TrainingErrorCode.self, FileErrorCode.self,
    SearchErrorCode.self, LookErrorCode.self, ControlErrorCode.self, SnapshotErrorCode.self,
    ExperimentErrorCode.self, PublishingErrorCode.self,
]

extension Session {
    /// An interpreter of the commands that works on this session.
    package func makeShell() -> Interpreter<Session> {
        let interpreter = Interpreter(
            commands: allCommands, context: self, habits: ForeignHabit.training, synonyms: Synonym.training,
            codes: allErrorCodes)
        interpreter.surroundings = Surroundings(
            shouldStop: shouldStop,
            pathExists: { [unowned self] in FileManager.default.fileExists(atPath: expand($0)) },
            namesInFolder: { [unowned self] in namesInFolder($0) },
            names: { [unowned self] in names(of: $0) },
            promptWords: { [unowned self] in promptWords },
            useSink: { [unowned self] in sink = $0 },
            publish: { try Publishing.publish($0, as: $1) },
            writeFile: { [unowned self] path, content in try write(content, to: path) },
            beginStatement: { [unowned self] in snapshots.begin($0) })
        shell = interpreter
        return interpreter
    }

    package static let version = "0.1.0"

    /// Every word there is, with its declaration.
    package static let catalog = Catalog(allCommands.map(\.signature) + Signature.own)

    /// Every code that an error can have, with what `explain` says about it.
    package static let errorCodes = ErrorCodes(host: allErrorCodes)

    /// `docs/commands.md`.
    package static var commandReference: String { CommandLanguage.commandReference(catalog.commands) }

    private func write(_ content: [UInt8], to path: String) throws(FileError) {
        try AtomicFile.write(to: expand(path)) { (file) throws(FileError) in
            try file.append(content)
        }
    }

    /// What one sees at the start.
    package var banner: StyledText {
        let machine =
            "\(Figures.count(threads, "thread")), \(Machine.instructionSet), OpenBLAS \(Machine.openBLASCore)"
        return StyledText("Cairn \(Session.version)", .heading)
            + StyledText(" - \(machine) - seed \(settings.seed)\n", .faint)
            + "Type " + StyledText("help", .code) + ", or " + StyledText("apropos stuck", .code)
            + " to find commands by symptom."
    }

    /// `~` is the home folder, as in a shell; other relative paths start in the session's folder.
    func expand(_ path: String) -> String {
        let path = NSString(string: path).expandingTildeInPath
        guard let folder, !path.hasPrefix("/") else { return path }
        return folder + "/" + path
    }

    /// `cairn`, and once there is a model its name and how many epochs it has had.
    private var promptWords: [String] {
        guard let trainer else { return ["cairn"] }
        return ["cairn", trainer.network.name, "\(trainer.position.epoch)"]
    }

    private func namesInFolder(_ folder: String) -> [String] {
        let path = expand(folder.isEmpty ? "." : folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().map { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            return exists && isFolder.boolValue ? name + "/" : name
        }
    }
}
