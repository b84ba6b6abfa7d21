"""Writes three training steps of the four nets that speed is measured with, for Tests/NetworksTests.

Weights and images are drawn from Cairn's own streams, which this script draws again, so that only results have to be
kept: losses, and a sample of every tensor's change. PyTorch computes them in double precision, and several times in
single precision, each time adding in another order: how far those are from double, in the tensor where it is most,
says how far Cairn may be. That is chance: rounding now and then turns a maximum or a `relu` around.
"""

import math
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

import fixture
from layers import Residual

COUNT, CLASSES, STEPS, SAMPLES = 11, 10, 3, 96
RATE, MOMENTUM = 0.001, 0.9


# Cairn's `RandomStream`.

def mix(z):
    z = np.atleast_1d(np.asarray(z, dtype=np.uint64))  # a number of its own would warn of overflow
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def named(name):
    """The key of `RandomStream(key: 1).derived(name)`."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return mix(np.uint64(1) ^ mix(np.uint64((value + 0x9E3779B97F4A7C15) % 2**64)))


def uniform(name, shape, bound):
    counters = np.arange(1, math.prod(shape) + 1, dtype=np.uint64)
    bits = mix(named(name) + counters * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    unit = bits.astype(np.float32) * np.float32(2**-24)
    bound = np.float32(bound)
    return torch.from_numpy((-bound + (bound + bound) * unit).reshape(shape))


# The nets, with the names that Cairn gives their layers.

def numbered(*layers):
    """Layers with names such as conv1; a pair is a name's beginning and a layer."""
    counts, result = {}, OrderedDict()
    for prefix, layer in layers:
        counts[prefix] = counts.get(prefix, 0) + 1
        result[f"{prefix}{counts[prefix]}"] = layer
    return result


def conv(inputs, filters, stride=1, bias=True):
    return "conv", nn.Conv2d(inputs, filters, 3, stride, 1, bias=bias)


RELU, POOL, FLATTEN = ("relu", nn.ReLU()), ("maxpool", nn.MaxPool2d(2)), ("flatten", nn.Flatten())


def lenet():
    return numbered(
        conv(1, 32), RELU, POOL, conv(32, 64), RELU, POOL, FLATTEN, ("dense", nn.Linear(64 * 7 * 7, 128)), RELU,
        ("dense", nn.Linear(128, CLASSES)))


def seed():
    """Without its dropout, which is random."""
    layers, channels = [], 3
    for filters in (32, 64, 128):
        layers += [conv(channels, filters), ("bn", nn.BatchNorm2d(filters)), RELU, POOL]
        channels = filters
    return numbered(*layers, FLATTEN, ("dense", nn.Linear(128 * 4 * 4, CLASSES)))


def resnet20():
    layers, channels = [conv(3, 16, bias=False), ("bn", nn.BatchNorm2d(16)), RELU], 16
    for filters, stride in ((16, 1), (32, 2), (64, 2)):
        for index in range(3):
            stride = stride if index == 0 else 1
            body = numbered(
                conv(channels, filters, stride, bias=False), ("bn", nn.BatchNorm2d(filters)), RELU,
                conv(filters, filters, bias=False), ("bn", nn.BatchNorm2d(filters)))
            shortcut = numbered(
                ("conv", nn.Conv2d(channels, filters, 1, stride, bias=False)), ("bn", nn.BatchNorm2d(filters)))
            layers += [("residual", Residual(body.items(), () if channels == filters else shortcut)), RELU]
            channels = filters
    return numbered(
        *layers, ("globalavgpool", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())),
        ("dense", nn.Linear(64, CLASSES)))


def vggish():
    layers, channels = [], 3
    for filters in (64, 128, 256):
        layers += [conv(channels, filters), RELU, conv(filters, filters), RELU, POOL]
        channels = filters
    return numbered(
        *layers, FLATTEN, ("dense", nn.Linear(256 * 16, 256)), RELU, ("dense", nn.Linear(256, CLASSES)))


def start(name, shape):
    if len(shape) > 1:
        return uniform(name, shape, math.sqrt(6 / math.prod(shape[1:])))
    return uniform(name, shape, 0.1) + (1 if name.endswith("weight") else 0)


def train(make, dtype, memory_format=torch.contiguous_format):
    """Losses, and each tensor before and after."""
    net = nn.Sequential(make()).to(dtype)
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            parameter.copy_(start(name, tuple(parameter.shape)))
    size, channels = (28, 1) if make is lenet else (32, 3)
    images = uniform("images", (COUNT, size, size, channels), math.sqrt(3)).permute(0, 3, 1, 2).to(dtype)
    net, images = net.to(memory_format=memory_format), images.contiguous(memory_format=memory_format)
    labels = torch.arange(COUNT) % CLASSES
    before = {key: value.clone().double() for key, value in net.state_dict().items()}
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(net(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    changes = {
        key: value.double() - before[key] for key, value in net.state_dict().items() if value.is_floating_point()}
    return torch.tensor(losses, dtype=torch.float64), changes


def sample(tensor):
    """At most SAMPLES numbers, evenly spread."""
    flat = tensor.flatten()
    return flat[:: -(-len(flat) // SAMPLES)]


def distance(a, b):
    return ((a - b).norm() / b.norm()).item()


def main():
    for make in (lenet, seed, resnet20, vggish):
        losses, changes = train(make, torch.float64)
        singles = [train(make, torch.float32), train(make, torch.float32, torch.channels_last)]
        with torch.backends.mkldnn.flags(enabled=False):
            singles.append(train(make, torch.float32))
        tensors = {
            "losses": losses, "losses.rounding": torch.tensor([max(distance(s[0], losses) for s in singles)])}
        rounding = 0
        for name, change in changes.items():
            # Batch normalisation takes away what a bias before it adds: its gradient is nothing but rounding.
            if change.norm() < 1e-9:
                continue
            tensors[f"change.{name}"] = sample(change)
            rounding = max(rounding, *(distance(sample(s[1][name]), sample(change)) for s in singles))
        tensors["change.rounding"] = torch.tensor([rounding])
        print(f"{make.__name__}: losses {losses.tolist()}, rounding up to {rounding:.1e}")
        fixture.save("NetworksTests", f"net-{make.__name__}", tensors, {})


if __name__ == "__main__":
    main()
