import CommandLanguage

extension ForeignHabit {
    /// Habits from Python's libraries for networks.
    static let training: [ForeignHabit] = [
        ForeignHabit(
            ["model.fit", "fit", "trainer.fit", "model.train"], "`train 3` trains for three epochs",
            command: "train"),
        ForeignHabit(
            ["model.compile", "compile", "optim.SGD", "torch.optim.SGD", "torch.optim.Adam", "optim.Adam"],
            "`optimizer adam rate=0.001` sets the optimizer", command: "optimizer"),
        ForeignHabit(
            ["optimizer.step", "loss.backward", "optimizer.zero_grad"], "`step 1` makes one update",
            command: "step"),
        ForeignHabit(["model.eval", "model.evaluate", "model.predict"], "`evaluate`", command: "evaluate"),
        ForeignHabit(
            ["nn.Sequential", "Sequential", "torch.nn.Sequential", "keras.Sequential"], "`model name { }`",
            command: "model"),
        ForeignHabit(["torch.save", "model.save"], "`save file`", command: "save"),
        ForeignHabit(["torch.load", "model.load"], "`load file`", command: "load"),
        ForeignHabit(["plt.plot", "plt.show"], "`plot`", command: "plot"),
        ForeignHabit(["model.summary", "summary"], "`show model`", command: "show"),
    ]
}
