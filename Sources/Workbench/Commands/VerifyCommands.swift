import CommandLanguage
import Training

let verifyCommands: [Command<Session>] = [verify, fingerprint]

private let verify = Command<Session>(
    Signature(
        "verify", "Replay a kept script, and say whether it gives the same numbers.",
        details: """
            It runs in a session of its own; this one stays as it is. `equal` are the same bits. `equal within` says how \
            far the furthest loss is off, relative to losses above 1: another instruction set, or other kernels of \
            OpenBLAS (`OPENBLAS_CORETYPE`), round differently; the script's first line says which it had. \
            `different` says at which step a loss is first off by more than `tolerance`, of the up to \
            \(StepFingerprint.mostLosses) that are kept of each training; it fails a script. `cairn verify FILE` does the \
            same from a shell.
            """,
        topic: "Scripts", keywords: ["reproduce", "replay", "deterministic", "bits", "check", "same"],
        arguments: [
            Argument("file", .path(.read), .positional, "a script that `keep` wrote"),
            Argument(
                "tolerance", .number(.within(0...1)), "how far a loss may be off, relative if it is above 1",
                default: .number(Verification.usualTolerance)),
        ],
        result: [.init("", "`equal` or `close`")],
        examples: [
            .init("verify small.cairn -> verdict\nprint $verdict", setup: trainedSetup + "\nkeep small.cairn")
        ])
) { call, session in
    guard session.verification == nil else { throw ExperimentRefusal.verifyWithin }
    let file = call.text("file")
    let sources = try session.sources(inScript: file)
    let other = Session(beside: session)
    let verification = Verification(tolerance: call.number("tolerance"))
    other.verification = verification
    let shell = other.makeShell()
    switch shell.execute(sources, sink: LabelledSink("verify", in: session.sink, isQuiet: true)) {
    case .succeeded, .quit: break
    case .interrupted:
        session.show("stopped: nothing is known of the rest")
        throw CommandInterruption()
    case .failed(let diagnostic): throw diagnostic
    case .rejected(let diagnostics): try session.fail(with: diagnostics)
    }
    guard !verification.findings.isEmpty else { throw ExperimentRefusal.noFingerprints(file) }
    session.show(verification.table)
    if let difference = verification.firstDifference {
        throw ExperimentRefusal.replayDiffers(file, difference.words.plain)
    }
    let isExact = verification.isExact
    session.show(
        isExact
            ? StyledText("equal", .good) + ": the same bits as when it was kept"
            : StyledText("equal within \(Figures.brief(verification.furthest))", .good)
                + ": other bits, such as another instruction set gives")
    return .text(isExact ? "equal" : "close")
}

private let hash = Argument("hash", .text, .positional, "what was kept")

private let fingerprint = Command<Session>(
    Signature(
        "fingerprint", "Compare training with what `keep` wrote down of it.",
        details:
            "It changes nothing and fails nothing: where the numbers are others it says so. `verify` collects them.",
        topic: "Scripts", keywords: ["hash", "reproduce", "checksum"],
        variants: [
            Signature(
                "steps", "Compare the last steps.",
                arguments: [
                    hash,
                    Argument("count", .integer(1...Int(Int32.max)), "how many steps there were"),
                    Argument(
                        "losses", .list(of: .number(.any)),
                        "of some of them, evenly from the first to the last"),
                ],
                examples: [
                    .init(
                        "fingerprint steps cbf29ce484222325 count=4 losses=[1.5, 1.25]", setup: trainedSetup)
                ]),
            Signature(
                "state", "Compare weights, running statistics and what the optimizer remembers.",
                arguments: [hash],
                examples: [.init("fingerprint state cbf29ce484222325", setup: trainedSetup)]),
        ])
) { call, session in
    let finding: Verification.Finding
    if call.path.last == "state" {
        finding = .state(isEqual: session.trainer?.state.fingerprint == call.text("hash"))
    } else {
        let kept = StepFingerprint(
            hash: call.text("hash"), count: call.integer("count"),
            losses: call.numbers("losses").map { Float($0) })
        let history = session.trainer?.history ?? RunHistory()
        let tolerance = session.verification?.tolerance ?? Verification.usualTolerance
        finding = .steps(
            last: history.steps.count, count: kept.count, kept.compare(with: history, tolerance: tolerance))
    }
    if let verification = session.verification {
        verification.note(finding)
    } else if case .steps(_, _, let verdict) = finding, verdict != .equal {
        session.note("fingerprint: " + finding.words)
    }
    return .nothing
}
