"""Writes what PyTorch computes for each layer, forward and backward, for Tests/NetworksTests.

A case is a layer as Cairn declares it, the shape of a batch as Cairn has it in memory, and the same layer in
PyTorch. The test suite has a table with the same names and refuses a case whose declaration differs.
Everything is computed in double precision.
"""

import torch
from torch import nn
from torch.nn import functional as F

import fixture

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
    "relu": {
        "image": ("relu", (3, 3, 4, 2), lambda: nn.ReLU()),
        "row": ("relu", (5, 7), lambda: nn.ReLU()),
    },
    "batchnorm": {
        "image": ("batchnorm", (3, 4, 5, 3), lambda: nn.BatchNorm2d(3)),
        "row": ("batchnorm", (5, 6), lambda: nn.BatchNorm1d(6)),
        "settings": (
            "batchnorm momentum=0.3 epsilon=0.01", (4, 2, 2, 4), lambda: nn.BatchNorm2d(4, eps=0.01, momentum=0.3)),
        "shifted": ("batchnorm", (6, 3, 3, 2), lambda: nn.BatchNorm2d(2)),
        "wide": ("batchnorm", (9, 2, 2, 20), lambda: nn.BatchNorm2d(20)),
    },
}


def run(kind, name, shape, make):
    """One case's tensors: input, parameters and buffers before, output and gradients, and what evaluation gives."""
    fixture.seed(f"{kind} {name}")
    layer = make().double()
    with torch.no_grad():
        for value in layer.state_dict().values():
            if value.is_floating_point():
                # Not the defaults, which hide mistakes; a variance has to be positive.
                value.copy_(fixture.normal(*value.shape) * 0.5)
        if hasattr(layer, "running_var"):
            layer.running_var.abs_().add_(0.5)
    x = fixture.normal(*shape)
    if name == "shifted":
        # Far from zero compared with its spread, where sums of squares lose digits.
        x = (x + 30).float().double()
    x = (x.permute(0, 3, 1, 2) if len(shape) == 4 else x).contiguous().requires_grad_()

    tensors = {"input": fixture.channels_last(x).clone()}
    for key in ("weight", "bias", "running_mean", "running_var"):
        if getattr(layer, key, None) is not None:
            tensors[f"before.{key}"] = getattr(layer, key).clone()
    y = layer(x)
    dy = fixture.normal(*y.shape)
    y.backward(dy)
    tensors["output"] = fixture.channels_last(y)
    tensors["gradient.output"] = fixture.channels_last(dy)
    tensors["gradient.input"] = fixture.channels_last(x.grad)
    for key in ("weight", "bias"):
        if getattr(layer, key, None) is not None:
            tensors[f"gradient.{key}"] = getattr(layer, key).grad
    if hasattr(layer, "running_mean"):
        tensors["after.running_mean"] = layer.running_mean
        tensors["after.running_var"] = layer.running_var
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
