import CommandLanguage

/// What forks, claims, kept scripts and their replay refuse.
enum ExperimentErrorCode: String, ErrorCode {
    case unknownArm = "unknown-arm"
    case badSeeds = "bad-seeds"
    case afterWithoutSeeds = "after-without-seeds"
    case claimWithoutSeeds = "claim-without-seeds"
    case claimFailed = "claim-failed"
    case notARun = "not-a-run"
    case oneFileToKeepIn = "one-file-to-keep-in"
    case unknownInputs = "unknown-inputs"
    case nothingToKeep = "nothing-to-keep"
    case noScript = "no-script"
    case noFingerprints = "no-fingerprints"
    case replayDiffers = "replay-differs"
    case verifyWithin = "verify-within"

    private static let twoArms = "still { rate 0; train 1 } learning { rate 0.01; train 1 }"

    var explanation: ErrorExplanation {
        switch self {
        case .unknownArm:
            .init(
                """
                `take` goes on from the end of an arm of the last fork, by its name in the fork's table. Another fork \
                replaces the arms, and a fork over seeds keeps none.
                """,
                wrong: "take adam", right: "fork adam { optimizer adam; train 1 }\ntake adam",
                setup: smallModelSetup)
        case .badSeeds:
            .init(
                "Seeds are whole numbers, each once: a range `1..5` or a list `[1, 7]`.",
                wrong: "fork seeds=[1, 1] a { train 1 }", right: "fork seeds=[1, 2] a { train 1 }",
                setup: smallModelSetup)
        case .afterWithoutSeeds:
            .init(
                """
                With `seeds` every training starts anew, and `after` says how long before the arms part. Without, the \
                arms start from the session as it is: train it first.
                """,
                wrong: "fork after=1 a { train 1 }", right: "train 1\nfork a { train 1 }",
                setup: smallModelSetup)
        case .claimWithoutSeeds:
            .init(
                """
                A claim is about what several seeds have in common, so it reads the result of a fork with `seeds`, or has \
                arms of its own. What is true once is for `expect`. Results that are compared have the same seeds.
                """,
                wrong: "fork a { train 1 } -> f\nclaim ($f.a.loss.last < 9)",
                right: "fork seeds=1..2 a { train 1 } -> f\nclaim ($f.a.loss.last < 9)",
                setup: smallModelSetup)
        case .claimFailed:
            .init(
                """
                The seeds do not show what is claimed: the mean difference is not above the margin, its 95 % interval \
                reaches 0, or a seed breaks the condition; the numbers say which. More seeds make the interval narrower \
                where there is a difference.
                """,
                wrong: "fork seeds=1..2 \(Self.twoArms) -> f\nclaim ($f.still.loss.last < 0.01)",
                right: "fork seeds=1..2 \(Self.twoArms) -> f\nclaim ($f.still.loss.last > 0.01)",
                setup: smallModelSetup)
        case .notARun:
            .init(
                "`compare` takes the numbers that `runs` lists, and results that `-> name` kept of `train` or an arm.",
                wrong: "compare $base \"base\"", right: "compare $base 1", setup: trainedSetup)
        case .oneFileToKeepIn:
            .init(
                "`keep FILE` keeps everything that led here, `keep 3..7 FILE` what these inputs did: each one file.",
                wrong: "keep 1..2", right: "keep 1..2 part.cairn", setup: smallModelSetup)
        case .unknownInputs:
            .init(
                "Inputs are numbered from 1, as `history` lists them, and the one that keeps is not yet among them.",
                wrong: "keep 90..95 part.cairn", right: "keep 1..2 part.cairn", setup: smallModelSetup)
        case .nothingToKeep:
            .init(
                """
                Only what changed the session is kept, and only if it was not taken back. These inputs looked at things, \
                failed, or were undone.
                """,
                wrong: "print 1\nkeep 1 part.cairn", right: "batch 32\nkeep 1 part.cairn")
        case .noScript:
            .init(
                "A script is a text file, or a Markdown file with cells: fences marked `cairn`.",
                wrong: "source .", right: "keep all.cairn\nsource all.cairn", setup: smallModelSetup)
        case .noFingerprints:
            .init(
                """
                A replay is compared with the `fingerprint` lines of the script, which `keep FILE` writes after each \
                training. This one has none.
                """,
                wrong: "keep 1..2 part.cairn\nverify part.cairn", right: "keep all.cairn\nverify all.cairn",
                setup: trainedSetup)
        case .replayDiffers:
            .init(
                """
                The script gave other losses than when it was kept, by more than the tolerance. Files that it reads may \
                have changed, or the version of Cairn; another instruction set rounds differently, which small rates and \
                few steps keep small: `tolerance=0.1` asks for less.
                """,
                wrong:
                    "keep all.cairn\ntrain 20\nsave w.safetensors what=weights\nverify all.cairn tolerance=0.0001",
                right: "keep all.cairn\ntrain 20\nsave other.safetensors what=weights\nverify all.cairn",
                setup: smallModelSetup
                    + "\nsave w.safetensors what=weights\nload w.safetensors\ntrain 2")
        case .verifyWithin:
            .unstaged(
                "A script that `verify` replays has a `verify` itself, which would go on without end if it names itself.",
                wrong: "verify all.cairn", right: "source all.cairn")
        }
    }
}
