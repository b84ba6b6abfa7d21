import CommandLanguage
import Testing
import Workbench

/// Nothing that is typed may crash: every number that a declaration takes, at the ends of its range and beyond.
@Suite struct ExtremeValueTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let setup: String
        let script: String

        var testDescription: String { script }
    }

    static let cases = Session.catalog.entries.flatMap { entry -> [Case] in
        guard let example = entry.signature.examples.first else { return [] }
        let given = entry.signature.arguments.filter { $0.form == .positional && $0.defaultValue == nil }
        return entry.signature.arguments.flatMap { argument in
            Self.extremes(of: argument.kind).map { value in
                // Files are the example's.
                let exampleWords = example.script.dropFirst(entry.name.count).split(separator: " ")
                let samples = zip(given, given.indices).map { argument, index in
                    if case .path = argument.kind, index < exampleWords.count {
                        (argument, String(exampleWords[index]))
                    } else {
                        (argument, Self.sample(argument))
                    }
                }
                let others = samples.filter { $0.0.name != argument.name && !$0.0.isOptional }.map(\.1)
                let words = [entry.name] + others + ["\(argument.name)=\(value)"]
                let statement = words.joined(separator: " ")
                let setup = example.setup.isEmpty ? "data shapes size=12 count=60 classes=3" : example.setup
                return Case(setup: setup, script: Self.inPlace(statement, entry))
            }
        }
    }

    @Test(arguments: cases)
    func isARefusalOrAResult(_ test: Case) throws {
        // What takes long is stopped: it must stop, too.
        var questions = 0
        let session = try TestSession {
            questions += 1
            return questions > 200
        }
        _ = session.run(test.setup)
        questions = 0
        _ = session.run(test.script)
        questions = 0
        #expect(session.run("print alive") == .succeeded)
    }

    private static func extremes(of kind: Argument.Kind) -> [String] {
        switch kind {
        case .number: ["0", "-1", "1e-300", "1e300", "1e19", "0.5"]
        case .integer(let range, _): ["-1", "0", "1", "1e300", "\(range.lowerBound)", "\(range.upperBound)"]
        case .either(let kinds): kinds.flatMap(extremes)
        case .duration: ["0s", "1ms", "1e300s"]
        case .measurement: ["(1 / loss > 0)", "(loss / 0)"]
        case .size: ["1x1", "64x64", "100000x100000", "0x0"]
        default: []
        }
    }

    private static func sample(_ argument: Argument) -> String {
        switch argument.kind {
        case .name: "m"
        case .choice(let choices): choices[0].word
        default: "3"
        }
    }

    /// A layer stands in a model, an augmentation in `augment`.
    private static func inPlace(_ statement: String, _ entry: Catalog.Entry) -> String {
        switch entry.container {
        // Of few images, for a layer of 65 536 filters takes much memory for each.
        case "model": "batch 4\nmodel m { conv 4; \(statement); flatten; dense 3 }\ntrain 1\nevaluate"
        case "augment": "augment { \(statement) }\nmodel m { flatten; dense 3 }\ntrain 1"
        default: statement + "\nmodel m { flatten; dense 3 }\ntrain 1"
        }
    }
}
