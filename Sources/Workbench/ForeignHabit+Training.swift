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
        ForeignHabit(["torch.save", "model.save", "checkpoint"], "`save file`", command: "save"),
        ForeignHabit(
            ["torch.load", "model.load", "model.load_state_dict", "load_model"], "`load file`",
            command: "load"),
        ForeignHabit(
            ["plt.plot", "plt.show", "plt.figure", "tensorboard", "wandb.init", "wandb.log"],
            "`plot loss accuracy`",
            command: "plot"),
        ForeignHabit(
            [
                "model.summary", "summary", "print(model)", "print(net)", "torchinfo.summary",
                "model.parameters",
            ],
            "`show model`", command: "show"),
        ForeignHabit(["predict", "test", "validate", "trainer.test"], "`evaluate`", command: "evaluate"),
        ForeignHabit(
            ["model.to", "model.cuda", "torch.device", "device", "torch.cuda.is_available", "torch.no_grad"],
            "everything runs on the processor; there is nothing to choose"),
        ForeignHabit(
            ["torch.manual_seed", "np.random.seed", "random.seed", "set_seed", "random_seed", "manual_seed"],
            "`seed 7`", command: "seed"),
        ForeignHabit(["lr", "learning_rate"], "`rate 0.1`", command: "rate"),
        ForeignHabit(["batch_size", "batchsize"], "`batch 64`", command: "batch"),
        ForeignHabit(
            ["epochs", "num_epochs", "n_epochs"], "`train 3` trains for three epochs", command: "train"),
        ForeignHabit(
            ["optimizer", "opt", "sgd", "adam", "adamw"], "`optimizer adam rate=0.001`", command: "optimizer"),
        ForeignHabit(
            ["model", "net"], "`model name { conv 16; relu; flatten; dense 10 }`",
            command: "model"),
        ForeignHabit(
            ["criterion", "loss_fn", "nn.CrossEntropyLoss", "F.cross_entropy", "nn.NLLLoss"],
            "`loss cross-entropy`",
            command: "loss"),
        ForeignHabit(["nn.MSELoss", "F.mse_loss"], "`loss mse`", command: "loss"),
        ForeignHabit(
            ["scheduler.step", "lr_scheduler.StepLR", "scheduler"],
            "`schedule step every=10`; `train` follows it by itself", command: "schedule"),
        ForeignHabit(
            [
                "DataLoader", "dataloader", "torch.utils.data.DataLoader", "load_data",
                "datasets.mnist.load_data",
                "torchvision.datasets.MNIST", "torchvision.datasets.FashionMNIST", "datasets.MNIST", "mnist",
                "ImageFolder", "datasets.ImageFolder",
            ], "`data fashion-mnist`, or `data folder path`", command: "data"),
        ForeignHabit(
            [
                "transforms.Compose", "transforms.RandomHorizontalFlip", "RandomHorizontalFlip",
                "horizontal_flip",
            ],
            "`augment { flip }`", command: "augment"),
        ForeignHabit(
            ["EarlyStopping", "callbacks"], "`early-stopping on patience=3`", command: "early-stopping"),
        ForeignHabit(
            ["breakpoint", "pdb.set_trace", "set_trace"], "`pause when (loss > 3)`", command: "pause"),
        ForeignHabit(["unwatch"], "`watch delete loss`", command: "watch"),
        ForeignHabit(["history"], "`show history`", command: "show"),
        ForeignHabit(
            ["nn.Conv2d", "Conv2d", "Conv2D", "layers.Conv2D", "tf.keras.layers.Conv2D", "F.conv2d"],
            "`conv 16 kernel=3` inside `model name { }`", command: "model"),
        ForeignHabit(
            ["nn.Linear", "Linear", "linear", "Dense", "layers.Dense", "fc", "F.linear"],
            "`dense 10` inside `model name { }`", command: "model"),
        ForeignHabit(
            ["nn.MaxPool2d", "MaxPool2d", "MaxPooling2D", "layers.MaxPooling2D", "F.max_pool2d"],
            "`maxpool 2` inside `model name { }`", command: "model"),
        ForeignHabit(
            ["nn.ReLU", "ReLU", "F.relu", "torch.relu"], "`relu` inside `model name { }`", command: "model"),
        ForeignHabit(
            ["nn.BatchNorm2d", "BatchNorm2d", "BatchNormalization"], "`batchnorm` inside `model name { }`",
            command: "model"),
        ForeignHabit(
            ["nn.Dropout", "Dropout", "F.dropout"], "`dropout 0.5` inside `model name { }`", command: "model"),
        ForeignHabit(
            ["nn.Flatten", "Flatten", "torch.flatten", "x.view"], "`flatten` inside `model name { }`",
            command: "model"),
    ]
}
