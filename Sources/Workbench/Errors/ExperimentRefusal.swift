import CommandLanguage

/// What forks, claims, kept scripts and their replay refuse, and its wording.
enum ExperimentRefusal: CommandFailure, Hashable {
    /// No fork whose arms could be taken.
    case noArms
    case unknownArm(String, known: [String])
    case badSeeds(String)
    case afterWithoutSeeds
    case seedsWithoutArms
    case noSeeds(String)
    case otherSeeds([String])
    case claimFailed(String, String)
    /// What was given to be compared.
    case notARun(String)
    case noFileToKeepIn
    case twoFilesToKeepIn
    /// Inputs that there are not, with how many there are.
    case unknownInputs(String, count: Int)
    case nothingToKeep
    case unreadableScript(String, reason: String)
    /// A Markdown file without cells.
    case noCells(String)
    case noFingerprints(String)
    case replayDiffers(String, String)
    /// A script that is being verified would verify another, maybe itself.
    case verifyWithin

    var code: any ErrorCode {
        switch self {
        case .noArms, .unknownArm: ExperimentErrorCode.unknownArm
        case .badSeeds: ExperimentErrorCode.badSeeds
        case .afterWithoutSeeds: ExperimentErrorCode.afterWithoutSeeds
        case .seedsWithoutArms, .noSeeds, .otherSeeds: ExperimentErrorCode.claimWithoutSeeds
        case .claimFailed: ExperimentErrorCode.claimFailed
        case .notARun: ExperimentErrorCode.notARun
        case .noFileToKeepIn, .twoFilesToKeepIn: ExperimentErrorCode.oneFileToKeepIn
        case .unknownInputs: ExperimentErrorCode.unknownInputs
        case .nothingToKeep: ExperimentErrorCode.nothingToKeep
        case .unreadableScript, .noCells: ExperimentErrorCode.noScript
        case .noFingerprints: ExperimentErrorCode.noFingerprints
        case .replayDiffers: ExperimentErrorCode.replayDiffers
        case .verifyWithin: ExperimentErrorCode.verifyWithin
        }
    }

    var message: String {
        switch self {
        case .noArms: "there has been no fork whose arms are kept"
        case .unknownArm(let name, _): "the last fork had no arm `\(name)`"
        case .badSeeds(let found):
            "`seeds` takes up to \(SeededFork.mostSeeds) whole numbers, each once, not \(found)"
        case .afterWithoutSeeds:
            "`after` is about `seeds`: without them the arms start from where the session is"
        case .seedsWithoutArms: "a claim without arms of its own trains nothing"
        case .noSeeds(let condition): "`\(condition)` reads nothing that has several seeds"
        case .otherSeeds(let names):
            names.map { "`$\($0)`" }.joined(separator: " and ") + " have different seeds"
        case .claimFailed(let condition, let finding): "claimed `\(condition)`, but \(finding)"
        case .notARun(let kind): "what is compared are numbers of runs and results of `train`, not \(kind)"
        case .noFileToKeepIn: "there is no file to keep them in"
        case .twoFilesToKeepIn: "there is one file to keep them in"
        case .unknownInputs(let found, let count):
            "there are no inputs \(found): there have been \(count)"
        case .nothingToKeep: "none of the inputs has changed anything that is still there"
        case .unreadableScript(let path, let reason): "cannot read the script `\(path)`: \(reason)"
        case .noCells(let path): "`\(path)` has no ```cairn cells"
        case .noFingerprints(let path): "`\(path)` says nothing that a replay could be compared with"
        case .replayDiffers(let path, let finding): "`\(path)` gives other numbers: \(finding)"
        case .verifyWithin: "a script that is verified verifies no other"
        }
    }

    var hint: String? {
        switch self {
        case .noArms: "`fork lower { rate 0.001; train 1 }` first; of a fork over seeds no arm is kept"
        case .unknownArm(let name, let known):
            nearest(to: name, among: known).map { "did you mean `\($0)`?" }
                ?? "it had " + known.map { "`\($0)`" }.joined(separator: ", ")
        case .badSeeds: "such as `seeds=1..5` or `seeds=[1, 7]`"
        case .afterWithoutSeeds: "add `seeds=1..3`, or `train` first"
        case .seedsWithoutArms: "give `seeds` to the fork whose result it is about"
        case .noSeeds: "`fork seeds=1..3 ... -> f`, then `claim ($f.adam.loss.last < $f.sgd.loss.last)`"
        case .otherSeeds: "fork both over the same"
        case .claimFailed, .notARun, .replayDiffers, .verifyWithin: nil
        case .noFileToKeepIn: "`keep 3..7 FILE`"
        case .twoFilesToKeepIn: "`keep FILE`"
        case .unknownInputs: "`history` lists them"
        case .nothingToKeep: "`history` shows which would be kept"
        case .unreadableScript: nil
        case .noCells: "a cell is a fence marked `cairn`"
        case .noFingerprints: "`keep FILE` writes `fingerprint` lines"
        }
    }

    var argument: String? {
        switch self {
        case .unknownArm: "arm"
        case .badSeeds, .seedsWithoutArms: "seeds"
        case .afterWithoutSeeds: "after"
        case .noSeeds, .otherSeeds, .claimFailed: "conditions"
        case .notARun: "runs"
        case .unknownInputs: "inputs"
        case .unreadableScript, .noCells, .noFingerprints, .twoFilesToKeepIn: "file"
        case .noArms, .noFileToKeepIn, .nothingToKeep, .replayDiffers, .verifyWithin: nil
        }
    }
}
