import CommandLanguage
import Testing
import Workbench

/// What every error owes its users: a code, and an explanation whose examples are true.
@Suite struct ErrorCodeTests {
    @Test(arguments: Session.errorCodes.names)
    func isExplained(_ name: String) throws {
        let explanation = try #require(Session.errorCodes[name])
        #expect(name.wholeMatch(of: #/[a-z0-9]+(-[a-z0-9]+)*/#) != nil)
        #expect(explanation.text.hasSuffix("."))
        #expect(!explanation.text.contains("  "))
        #expect(!explanation.wrong.isEmpty && !explanation.right.isEmpty)
        let session = try TestSession()
        #expect(session.type("explain \(name)").hasPrefix(name + "\n"))
    }

    @Test(arguments: Session.errorCodes.names)
    func examplesAreTrue(_ name: String) throws {
        let explanation = try #require(Session.errorCodes[name])
        guard let setup = explanation.setup else { return }
        let wrong = try TestSession()
        #expect(wrong.run(setup) == .succeeded, "before `\(explanation.wrong)`")
        let codes = wrong.run(explanation.wrong).diagnostics.map(\.code)
        #expect(codes.contains(name), "`\(explanation.wrong)` gives \(codes)")
        let right = try TestSession()
        #expect(right.run(setup) == .succeeded)
        #expect(right.run(explanation.right) == .succeeded, "`\(explanation.right)`")
    }

    @Test func theLastErrorIsExplained() throws {
        let session = try TestSession()
        #expect(session.type("explain") == "nothing has gone wrong so far\n")
        _ = session.run("train 1")
        #expect(session.type("explain").hasPrefix("no-data\n"))
        _ = session.run("print fine")
        #expect(session.type("explain").hasPrefix("no-data\n"))
        _ = session.run("trian 1\nprint $x")
        #expect(session.type("explain").hasPrefix("unknown-command\n"))
    }
}
