import Foundation
import Testing

/// The four ways in and their exit status: 0, 1 when a command or an `expect` failed, 2 when the script does not check.
@Suite struct WaysInTests {
    static let model = """
        data shapes size=12 count=200 classes=3 channels=1
        model tiny { flatten; dense 3 }

        """

    @Test func commandsFromTheCommandLine() throws {
        let outcome = try CairnProgram.run(["-c", "print (6 * 7); print done"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "42\ndone\n")
        #expect(outcome.errors.isEmpty)
    }

    @Test func aPipe() throws {
        let outcome = try CairnProgram.run([], input: Self.model + "train 2 -> run\nprint $run.epochs\n")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasSuffix("2\n"))
    }

    @Test func aScriptInAFile() throws {
        let folder = try TemporaryFolder()
        let script = try folder.file("lesson.cairn", "repeat 2 { print hello }\n")
        let outcome = try CairnProgram.run(["run", script, "--quiet"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "hello\nhello\n")
    }

    @Test func aMarkdownFileRunsItsCellsOnly() throws {
        let folder = try TemporaryFolder()
        let text = """
            # A lesson
            ```cairn
            let x = 20
            ```
            ```sh
            print this is not Cairn
            ```
            ```cairn
            print ($x + 1)
            ```
            """
        let outcome = try CairnProgram.run(["run", try folder.file("lesson.md", text), "--quiet"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "21\n")
    }

    @Test(arguments: [
        ("print one; expect (1 > 2); print two", 1 as Int32), ("print one; nosuchcommand", 2),
        ("print one; train 1", 1),
        ("print one; let x = (", 2), ("print one; optimizer sgd rate=-1", 2),
        ("print one; print $nothing", 2),
    ])
    func statusTellsWhatWentWrong(_ script: String, _ status: Int32) throws {
        let outcome = try CairnProgram.run(["-c", script])
        #expect(outcome.status == status)
        // A script that does not check runs nothing at all.
        #expect(outcome.output == (status == 2 ? "" : "one\n"))
        #expect(outcome.errors.hasPrefix("error["))
    }

    @Test func everyErrorOfAScriptIsReported() throws {
        let folder = try TemporaryFolder()
        let script = try folder.file(
            "broken.cairn", "optimizer sgd momentun=0.9\nprint fine\nconv 3\nmodel m { dens 3 }\ntrain 1.5\n")
        let outcome = try CairnProgram.run(["run", script])
        #expect(outcome.status == 2)
        #expect(outcome.errors.components(separatedBy: "error[").count - 1 == 4)
        for line in ["1 |", "3 |", "4 |", "5 |"] { #expect(outcome.errors.contains(line)) }
        #expect(outcome.errors.contains("did you mean `momentum`"))
        #expect(outcome.errors.contains("did you mean `dense`"))
    }

    @Test func standardInputThatIsAFolderIsAnError() throws {
        let outcome = try CairnProgram.run(["run", "/"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("cannot read the script `/`"))
    }

    @Test func aMissingScriptIsNamed() throws {
        let outcome = try CairnProgram.run(["run", "/no/such/lesson.cairn"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("/no/such/lesson.cairn"))
    }

    @Test func theSeedDecidesEveryBitAndThreadsNone() throws {
        func weights(_ arguments: [String]) throws -> Data {
            let folder = try TemporaryFolder()
            let script = Self.model + "train 3\nsave w.safetensors what=weights\n"
            let outcome = try CairnProgram.run(arguments + ["-c", script], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try Data(contentsOf: folder.url.appending(path: "w.safetensors"))
        }
        let one = try weights(["--seed", "7", "--threads", "1"])
        #expect(try weights(["--seed", "7", "--threads", "2"]) == one)
        #expect(try weights(["--seed", "8", "--threads", "1"]) != one)
    }

    @Test func versionAndHelp() throws {
        #expect(try CairnProgram.run(["--version"]).output.contains(/[0-9]+\.[0-9]+/))
        let help = try CairnProgram.run(["--help"])
        #expect(help.status == 0)
        for word in ["run", "--seed", "--threads", "--quiet", "-c"] { #expect(help.output.contains(word)) }
    }
}
