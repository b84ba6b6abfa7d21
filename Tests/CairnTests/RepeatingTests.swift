import Foundation
import Testing

/// Each process hashes in another order, and threads take what comes: neither may show in a result.
@Suite struct RepeatingTests {
    private static let script = """
        data shapes size=12 count=300 classes=3
        augment { flip; shift 1 }
        model m {
            conv 8 padding=same
            relu
            conv 16 padding=same
            residual { conv 16 padding=same; batchnorm; relu; conv 16 padding=same; batchnorm }
            relu
            maxpool 5
            flatten
            dropout 0.2
            dense 3
        }
        train 2
        filters conv1 12 new=drawn
        fork seeds=[1, 5] plain { train 1 } widened { widen conv1 x2; train 1 } -> f
        search random { rate = log 1e-4..1e-1; batch = [16, 32] } trials=3 epochs=1 -> found
        print $f.each[0].plain.loss $f.each[1].widened.loss $found.best.rate $found.scores
        train 1
        keep all.cairn
        """

    @Test func theSameScriptGivesTheSameBitsInAnyProcess() throws {
        var seen: Set<String> = []
        for threads in [1, 2, 2, 3, 1] {
            let folder = try TemporaryFolder()
            let script = try folder.file("script.cairn", Self.script)
            let outcome = try CairnProgram.run(
                ["run", "--quiet", "--threads", "\(threads)", script], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let printed = outcome.output.split(separator: "\n").last ?? ""
            let kept = try String(contentsOf: folder.url.appending(path: "all.cairn"), encoding: .utf8)
            seen.insert(printed + kept)
        }
        #expect(seen.count == 1)
    }
}
