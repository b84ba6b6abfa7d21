import Testing

/// Who does not know the word finds the command by what goes wrong.
@Suite struct AproposTests {
    @Test(arguments: [
        ("accuracy does not improve", ["evaluate", "optimizer", "rate"]), ("it diverges", ["rate", "train"]),
        ("explodes to infinity", ["rate"]), ("loss oscillates", ["rate"]), ("noisy", ["batch"]),
        ("lr", ["rate"]), ("memorised", ["dropout"]), ("interrupt", ["train"]), ("underfitting", ["rate"]),
        ("dead units", ["relu", "leaky-relu", "prelu"]), ("kaiming", ["init"]),
        ("small batch", ["groupnorm", "layernorm", "batch"]), ("symmetry", ["init"]), ("swish", ["silu"]),
        ("go back", ["undo", "restore", "snapshot"]), ("undo", ["undo"]),
        ("roll back a mistake", ["undo", "restore"]),
    ])
    func symptomsFindCommands(_ question: String, _ names: [String]) throws {
        let session = try TestSession(width: 200)
        let lines = session.type("apropos \(question)").split(separator: "\n")
        for name in names { #expect(lines.contains { $0.hasPrefix(name + " ") }, "\(name)") }
    }

    @Test(arguments: [
        ("model.fit(x)", "`train 3` trains for three epochs"), ("optim.SGD", "`optimizer adam rate=0.001`"),
        ("nn.Sequential(a)", "`model name { }`"), ("summary", "`show model`"),
        ("import torch", "nothing needs"),
    ])
    func habitsFromElsewhereAreAnswered(_ typed: String, _ hint: String) throws {
        #expect(try TestSession().type(typed).contains(hint))
    }
}
