"""Writes what PyTorch computes for each layer, forward and backward, for Tests/NetworksTests.

A case is a layer as Cairn declares it, the shape of a batch as Cairn has it in memory, and the same layer in
PyTorch. The test suite has a table with the same names and refuses a case whose declaration differs.
Everything is computed in double precision.
"""

import math
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F

import activation_cases
import fixture
import normalization_cases

# Cairn's `same` with a stride, which PyTorch refuses: as much padding as keeps ceil(size / stride) outputs.
def pad_same(x, kernel, stride, value=0.0):
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads, value=value)


class SameStrided(nn.Module):
    """A convolution with padding=same and a stride."""

    def __init__(self, *arguments, kernel, stride):
        super().__init__()
        self.inner = nn.Conv2d(*arguments, kernel, stride)
        self.weight, self.bias, self.kernel, self.stride = self.inner.weight, self.inner.bias, kernel, stride

    def forward(self, x):
        return self.inner(pad_same(x, self.kernel, self.stride))


class SameMaxPool(nn.Module):
    """Max pooling with padding=same: padding never wins."""

    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        return F.max_pool2d(pad_same(x, self.kernel, self.stride, float("-inf")), self.kernel, self.stride)


class Residual(nn.Module):
    """A block whose layers have the names that Cairn gives them."""

    def __init__(self, body, shortcut=()):
        super().__init__()
        self.body = [name for name, _ in body]
        for name, layer in body:
            self.add_module(name, layer)
        if shortcut:
            self.shortcut = nn.Sequential(OrderedDict(shortcut))

    def forward(self, x):
        y = x
        for name in self.body:
            y = getattr(self, name)(y)
        return y + (self.shortcut(x) if hasattr(self, "shortcut") else x)


def basic_block(inputs, filters, stride=1):
    """He et al.'s, with a projection if it changes the shape."""
    body = [
        ("conv1", nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)), ("bn1", nn.BatchNorm2d(filters)),
        ("relu1", nn.ReLU()), ("conv2", nn.Conv2d(filters, filters, 3, 1, 1, bias=False)),
        ("bn2", nn.BatchNorm2d(filters))]
    shortcut = [("conv1", nn.Conv2d(inputs, filters, 1, stride, bias=False)), ("bn1", nn.BatchNorm2d(filters))]
    return Residual(body, shortcut if inputs != filters else ())


CASES = {
    "conv": {
        "plain": ("conv 4 kernel=3", (2, 5, 6, 3), lambda: nn.Conv2d(3, 4, 3)),
        "same": ("conv 5 kernel=3 padding=same", (2, 6, 5, 2), lambda: nn.Conv2d(2, 5, 3, padding="same")),
        "same-even": ("conv 4 kernel=2 padding=same", (2, 5, 5, 3), lambda: nn.Conv2d(3, 4, 2, padding="same")),
        "strided": ("conv 4 kernel=3 stride=2 padding=1", (2, 7, 8, 3), lambda: nn.Conv2d(3, 4, 3, 2, 1)),
        "same-strided": (
            "conv 3 kernel=3 stride=2 padding=same", (2, 6, 7, 2), lambda: SameStrided(2, 3, kernel=3, stride=2)),
        "rectangular": ("conv 3 kernel=3x5 stride=2x1", (2, 8, 9, 2), lambda: nn.Conv2d(2, 3, (3, 5), (2, 1))),
        "pointwise": ("conv 7 kernel=1", (3, 4, 4, 5), lambda: nn.Conv2d(5, 7, 1)),
        "no-bias": ("conv 4 kernel=3 bias=false", (2, 5, 5, 1), lambda: nn.Conv2d(1, 4, 3, bias=False)),
        "whole-image": ("conv 6 kernel=4x3", (3, 4, 3, 2), lambda: nn.Conv2d(2, 6, (4, 3))),
        "padded-beyond-kernel": ("conv 2 kernel=1 padding=2", (2, 3, 3, 2), lambda: nn.Conv2d(2, 2, 1, padding=2)),
        "five": ("conv 3 kernel=5 padding=same", (2, 6, 6, 3), lambda: nn.Conv2d(3, 3, 5, padding="same")),
        "wide": ("conv 32 kernel=3 padding=same", (2, 7, 6, 16), lambda: nn.Conv2d(16, 32, 3, padding="same")),
    },
    "maxpool": {
        "plain": ("maxpool 2", (2, 6, 6, 3), lambda: nn.MaxPool2d(2)),
        "odd": ("maxpool 2", (2, 5, 7, 3), lambda: nn.MaxPool2d(2)),
        "overlapping": ("maxpool 3 stride=2 padding=1", (2, 7, 7, 2), lambda: nn.MaxPool2d(3, 2, 1)),
        "same": ("maxpool 3 stride=2 padding=same", (2, 6, 5, 2), lambda: SameMaxPool(3, 2)),
        "rectangular": ("maxpool 2x3 stride=1", (2, 4, 5, 2), lambda: nn.MaxPool2d((2, 3), 1)),
        "wide": ("maxpool 2", (2, 4, 4, 20), lambda: nn.MaxPool2d(2)),
    },
    "avgpool": {
        "plain": ("avgpool 2", (2, 6, 6, 3), lambda: nn.AvgPool2d(2)),
        "odd": ("avgpool 2", (2, 5, 7, 3), lambda: nn.AvgPool2d(2)),
        "padded": ("avgpool 3 stride=2 padding=1", (2, 7, 7, 2), lambda: nn.AvgPool2d(3, 2, 1)),
        "whole-image": ("avgpool 4", (3, 4, 4, 5), lambda: nn.AvgPool2d(4)),
    },
    "globalavgpool": {
        "plain": ("globalavgpool", (2, 3, 5, 4), lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())),
        "one-pixel": ("globalavgpool", (3, 1, 1, 3), lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())),
        "wide": ("globalavgpool", (9, 4, 4, 20), lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())),
    },
    "dense": {
        "plain": ("dense 5", (3, 7), lambda: nn.Linear(7, 5)),
        "no-bias": ("dense 3 bias=false", (4, 6), lambda: nn.Linear(6, 3, bias=False)),
        "wide": ("dense 20", (11, 40), lambda: nn.Linear(40, 20)),
        "one": ("dense 1", (2, 1), lambda: nn.Linear(1, 1)),
    },
    "flatten": {
        "plain": ("flatten", (2, 3, 4, 5), lambda: nn.Flatten()),
        "one-channel": ("flatten", (2, 3, 4, 1), lambda: nn.Flatten()),
        "one-pixel": ("flatten", (2, 1, 1, 6), lambda: nn.Flatten()),
    },
    "residual": {
        "identity": (
            "residual { conv 4 kernel=3 padding=1 bias=false; batchnorm; relu; "
            "conv 4 kernel=3 padding=same bias=false; batchnorm }",
            (3, 5, 6, 4), lambda: basic_block(4, 4)),
        "projection": (
            "residual { conv 6 kernel=3 stride=2 padding=1 bias=false; batchnorm; relu; "
            "conv 6 kernel=3 padding=same bias=false; batchnorm; "
            "shortcut { conv 6 kernel=1 stride=2 bias=false; batchnorm } }",
            (3, 6, 7, 3), lambda: basic_block(3, 6, 2)),
        "wide": (
            "residual { conv 20 kernel=3 padding=1 bias=false; batchnorm; relu; "
            "conv 20 kernel=3 padding=same bias=false; batchnorm; "
            "shortcut { conv 20 kernel=1 bias=false; batchnorm } }",
            (9, 4, 4, 16), lambda: basic_block(16, 20)),
        "pre-activation": (
            "residual { batchnorm; relu; conv 3 kernel=3 padding=same }", (4, 4, 5, 3),
            lambda: Residual([
                ("bn1", nn.BatchNorm2d(3)), ("relu1", nn.ReLU()), ("conv1", nn.Conv2d(3, 3, 3, padding=1))])),
        "nested": (
            "residual { residual { batchnorm; conv 3 kernel=1 }; conv 3 kernel=3 padding=same }", (2, 3, 4, 3),
            lambda: Residual([
                ("residual1", Residual([("bn1", nn.BatchNorm2d(3)), ("conv1", nn.Conv2d(3, 3, 1))])),
                ("conv1", nn.Conv2d(3, 3, 3, padding=1))])),
        "row": (
            "residual { batchnorm; dense 8; dense 4; shortcut { dense 4 } }", (5, 6),
            lambda: Residual(
                [("bn1", nn.BatchNorm1d(6)), ("dense1", nn.Linear(6, 8)), ("dense2", nn.Linear(8, 4))],
                [("dense1", nn.Linear(6, 4))])),
    },
}

CASES |= activation_cases.CASES | normalization_cases.CASES

# Where formulas break: beyond what an exponential holds, infinite, NaN.
EXTREMES = [-math.inf, -1e4, -30, -5, -0.5, 0, 0.5, 5, 30, 1e4, math.inf, math.nan]


def run(kind, name, shape, make):
    """One case's tensors: input, parameters and buffers before, output and gradients, and what evaluation gives."""
    fixture.seed(f"{kind} {name}")
    layer = make().double()
    with torch.no_grad():
        for value in layer.state_dict().values():
            if value.is_floating_point():
                # Not the defaults, which hide mistakes; a variance has to be positive.
                value.copy_(fixture.normal(*value.shape) * 0.5)
        for key, value in layer.state_dict().items():
            if key.endswith("running_var"):
                value.abs_().add_(0.5)
    x = fixture.normal(*shape)
    if name == "shifted":
        # Far from zero compared with its spread, where sums of squares lose digits.
        x = (x + 30).float().double()
    if name.startswith("extreme"):
        # A softmax of the last ones is NaN throughout; one of the others is not.
        x[:] = torch.tensor(EXTREMES)
        x[0, -2:] = 0
    x = (x.permute(0, 3, 1, 2) if len(shape) == 4 else x).contiguous().requires_grad_()

    tensors = {"input": fixture.channels_last(x).clone()}
    for key, value in layer.state_dict().items():
        if value.is_floating_point():
            tensors[f"before.{key.removeprefix('inner.')}"] = value.clone()
    y = layer(x)
    dy = fixture.normal(*y.shape)
    y.backward(dy)
    tensors["output"] = fixture.channels_last(y)
    tensors["gradient.output"] = fixture.channels_last(dy)
    tensors["gradient.input"] = fixture.channels_last(x.grad)
    for key, value in layer.named_parameters():
        tensors[f"gradient.{key.removeprefix('inner.')}"] = value.grad
    statistics = {key: value for key, value in layer.named_buffers() if value.is_floating_point()}
    if statistics:
        tensors |= {f"after.{key}": value.clone() for key, value in statistics.items()}
        tensors["evaluation"] = fixture.channels_last(layer.eval()(x))
    return {f"{name}.{key}": value for key, value in tensors.items()}


def main():
    for kind, cases in CASES.items():
        tensors, metadata = {}, {}
        for name, (declaration, shape, make) in cases.items():
            tensors |= run(kind, name, shape, make)
            metadata[name] = f"{declaration} | {'x'.join(map(str, shape))}"
        fixture.save("NetworksTests", kind, tensors, metadata)


if __name__ == "__main__":
    main()
