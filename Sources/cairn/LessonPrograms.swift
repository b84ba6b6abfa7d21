import ArgumentParser
import CommandLanguage
import Lessons

/// `cairn learn [LESSON]`
struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a lesson at the prompt, or list them all.")

    @OptionGroup var options: Options
    @ArgumentParser.Argument(help: "Its name, its number, or a file.", completion: .file(extensions: ["md"]))
    var lesson: String?

    func run() throws { try Program(options).learn(lesson) }
}

/// `cairn test LESSON...`
struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run lessons: answers must pass, wrong ones fail, numbers in the text be right.")

    @OptionGroup var options: Options
    @ArgumentParser.Argument(
        help: "Names, numbers or files; all lessons without.", completion: .file(extensions: ["md"]))
    var lessons: [String] = []

    func run() throws { try Program(options).test(lessons) }
}

/// `cairn lint LESSON...`
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is wrong with lessons' files, without running them.")

    @OptionGroup var options: Options
    @ArgumentParser.Argument(
        help: "Names, numbers or files; all lessons without.", completion: .file(extensions: ["md"]))
    var lessons: [String] = []

    func run() throws { try Program(options).lint(lessons) }
}
