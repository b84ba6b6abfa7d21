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
        ("import torch", "nothing needs"), ("nn.Conv2d(3, 16, 3)", "`conv 16 kernel=3` inside"),
        ("model m { nn.Linear(10) }", "`dense 10` inside"), ("model m { fc 10 }", "`dense 10` inside"),
        ("lr = 0.1", "`rate 0.1`"), ("rate = 0.1", "`rate 0.1`"), ("batch_size = 32", "`batch 64`"),
        ("optimizer = torch.optim.SGD(x)", "`optimizer adam rate=0.001`"), ("print(model)", "`show model`"),
        ("print(\"hello\")", "`print \"hello\"`"), ("train(3)", "`train 3`"), ("help(conv)", "`help conv`"),
        ("exit()", "`exit`"), ("optimizer.step()", "`step 1`"), ("loss.backward()", "`step 1`"),
        ("plt.show()", "`plot loss accuracy`"), ("ls", "not a system shell"), ("!ls", "not a system shell"),
        (":q", "`quit`"), (":wq", "`quit`"), ("conv?", "`help conv`"), ("?train", "`help train`"),
        ("// comment", "`#` starts a comment"), ("class Net(nn.Module):", "no such thing here"),
        ("for i in range(10) { }", "`0..9`"), ("def f(x):", "blocks stand in"),
        ("optimizer sgd learning_rate=0.1", "did you mean `rate`?"),
        ("optimizer adam weight_decay=0.1", "did you mean `decay`?"),
        ("optimizer sgd lr=0.1", "it has `rate`"),
        ("model m { conv 8 kernel_size=3 }", "did you mean `kernel`?"),
        ("model m { dropout p=0.3 }", "did you mean `probability`?"),
    ])
    func habitsFromElsewhereAreAnswered(_ typed: String, _ hint: String) throws {
        #expect(try TestSession().type(typed).contains(hint))
    }
}
