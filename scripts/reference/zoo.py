"""Checks the models that have a name against other programs, through Cairn's program itself: ONNX Runtime gives the same
outputs as Cairn for every model, and those that torchvision has too take its state_dict, give its outputs and gradients,
and give the state_dict back. Weights are random: nothing is downloaded. Writes no fixture.

    zoo.py [path of cairn] [model ...]
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import torch
import torchvision
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch.nn import functional

import export
import fixture

CLASSES = 3


def plain_relus(model):
    """Cairn has no relu that is clipped at 6."""
    for module in model.modules():
        for name, child in module.named_children():
            if isinstance(child, torch.nn.ReLU6):
                setattr(module, name, torch.nn.ReLU())
    return model


# Each with the sizes of images it is checked with, and what torchvision calls the same for the last of them.
MODELS = {
    "cnn": (["28x28x1", "32x32x3"], None),
    "lenet5": (["28x28x1", "32x32x3"], None),
    "alexnet-small": (["28x28x1", "224x224x3"], None),
    "resnet18": (["28x28x1", "64x64x3"], torchvision.models.resnet18),
    "resnet20": (["28x28x1", "32x32x3"], None),
    "resnet34": (["28x28x1", "64x64x3"], torchvision.models.resnet34),
    "mobilenet-v2-small": (
        ["28x28x1", "64x64x3"], lambda **options: plain_relus(torchvision.models.mobilenet_v2(width_mult=0.5, **options))),
    "densenet-small": (["28x28x1", "64x64x3"], lambda weights, num_classes: torchvision.models.DenseNet(
        growth_rate=12, block_config=(6, 6, 6), num_init_features=24, num_classes=num_classes)),
    "unet-small": (["28x28x1", "32x32x3"], None),
    "vgg11": (["28x28x1", "64x64x3", "224x224x3"], torchvision.models.vgg11),
    "vgg16": (["28x28x1", "224x224x3"], torchvision.models.vgg16),
}


def cairn(program, size, name, *commands):
    """Runs commands on a model that has been trained for an epoch, so that running statistics have moved."""
    side, _, channels = size.split("x")
    masks = "true" if name == "unet-small" else "false"
    images = 20 if int(side) > 100 else 40
    lines = [
        f"data shapes size={side} count={images} classes={CLASSES} channels={channels} masks={masks}", "batch 4",
        "set convolution exact", "optimizer sgd rate=0.001", f"model {name}", *commands]
    return subprocess.run([program, "-c", "\n".join(lines)], check=True, capture_output=True, text=True).stdout


def distance(found, expected):
    return float((found - expected).abs().max() / expected.abs().max())


def norm_distance(found, expected):
    return float((found - expected).norm() / expected.norm())


def check_onnx(program, folder, name, size):
    cairn(program, size, name, "train 1", f"export {folder}/a.onnx normalize=false", f"save {folder}/a what=outputs")
    with safe_open(f"{folder}/a", "np") as file:
        images, output = file.get_tensor("batch.images"), file.get_tensor("batch.output")
    return export.check(f"{folder}/a.onnx", images, output)[1]


def check_torchvision(program, folder, name, size, make):
    fixture.seed(name)
    model = make(weights=None, num_classes=CLASSES)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.running_mean, 0, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
        if isinstance(module, torch.nn.Dropout):
            module.p = 0
    save_file(model.state_dict(), f"{folder}/torch")
    # Dropout would be drawn differently: gradients are compared without it.
    has_dropout = any(isinstance(module, torch.nn.Dropout) for module in model.modules())
    cairn(
        program, size, name, f"load {folder}/torch", f"save {folder}/outputs what=outputs",
        f"save {folder}/gradients what=gradients", f"save {folder}/weights what=weights")
    model = model.double()
    outputs = load_file(f"{folder}/outputs")
    with torch.no_grad():
        expected = model.eval()(outputs["batch.images"].double())
    differences = [distance(outputs["batch.output"], expected)]

    weights = load_file(f"{folder}/weights")
    result = model.load_state_dict(weights, strict=False)
    assert not result.unexpected_keys
    assert all(key.endswith("num_batches_tracked") for key in result.missing_keys)
    assert all(torch.equal(weights[key], value.float()) for key, value in model.state_dict().items() if key in weights)

    if not has_dropout:
        batch = load_file(f"{folder}/gradients")
        loss = functional.cross_entropy(model.train()(batch["batch.images"].double()), batch["batch.labels"].long())
        loss.backward()
        # A relu whose input is 0 to the last digit lets a gradient pass here and not there: so the bound is wide, and
        # narrow for the last layer, which has no relu behind it.
        gradients = {key: value.grad for key, value in model.named_parameters()}
        differences += [norm_distance(batch[key], gradients[key]) for key in (list(gradients)[0], list(gradients)[-2])]
        assert differences[1] <= 1e-2 and differences[2] <= 1e-4, differences
    assert differences[0] <= 1e-5, differences
    return differences


def main(program, names):
    for name in names or MODELS:
        sizes, make = MODELS[name]
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                print(f"{name} {size}: ONNX Runtime differs by {check_onnx(program, folder, name, size):.1e}", flush=True)
        if make:
            with tempfile.TemporaryDirectory() as folder:
                differences = check_torchvision(program, folder, name, sizes[-1], make)
                print(f"{name} {sizes[-1]}: torchvision differs by", *(f"{value:.1e}" for value in differences), flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else fixture.ROOT / ".build-test/release/cairn", sys.argv[2:])
