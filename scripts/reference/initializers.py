"""Writes the spread that PyTorch's initialisers give a weight, for Tests/NetworksTests.

Per shape (PyTorch's order) one row: the standard deviation that kaiming_normal_ draws with, the bound of
kaiming_uniform_, the same for fan_out, and the same of xavier_ with the gain of tanh. They are caught where PyTorch
hands them to normal_ and uniform_. And the gains of the activations.
"""

import torch
from torch import nn

import fixture

SHAPES = {"conv": (12, 5, 3, 3), "rectangular": (8, 3, 1, 7), "pointwise": (6, 20, 1, 1), "dense": (30, 50)}

GAINS = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]


def spread(fill, shape):
    """What `fill` passes to normal_ or uniform_."""
    seen = {}
    original = torch.Tensor.normal_, torch.Tensor.uniform_
    torch.Tensor.normal_ = lambda self, mean, std, **_: seen.update(value=std) or self
    torch.Tensor.uniform_ = lambda self, low, high, **_: seen.update(value=high) or self
    try:
        fill(torch.empty(shape))
    finally:
        torch.Tensor.normal_, torch.Tensor.uniform_ = original
    return seen["value"]


def main():
    def he(fill, mode):
        return lambda weight: fill(weight, mode=mode, nonlinearity="relu")

    def xavier(fill):
        return lambda weight: fill(weight, gain=nn.init.calculate_gain("tanh"))

    fills = [
        *(he(fill, mode) for mode in ("fan_in", "fan_out") for fill in (
            nn.init.kaiming_normal_, nn.init.kaiming_uniform_)),
        xavier(nn.init.xavier_normal_), xavier(nn.init.xavier_uniform_),
    ]
    tensors = {
        name: torch.tensor([spread(fill, shape) for fill in fills], dtype=torch.float64)
        for name, shape in SHAPES.items()
    }
    metadata = {name: "x".join(map(str, shape)) for name, shape in SHAPES.items()}
    tensors["gains"] = torch.tensor([nn.init.calculate_gain(name) for name in GAINS], dtype=torch.float64)
    metadata["gains"] = " ".join(GAINS).replace("_", "-")
    fixture.save("NetworksTests", "initializers", tensors, metadata)


if __name__ == "__main__":
    main()
