"""Writes the spread that PyTorch's initialisers give a weight, for Tests/NetworksTests.

Per shape (PyTorch's order) one row: the standard deviation that kaiming_normal_ draws with, the bound of
kaiming_uniform_, and the same of xavier_. They are caught where PyTorch hands them to normal_ and uniform_.
"""

import torch
from torch import nn

import fixture

SHAPES = {"conv": (12, 5, 3, 3), "rectangular": (8, 3, 1, 7), "pointwise": (6, 20, 1, 1), "dense": (30, 50)}


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
    def relu(fill):
        return lambda weight: fill(weight, nonlinearity="relu")

    fills = [
        relu(nn.init.kaiming_normal_), relu(nn.init.kaiming_uniform_),
        nn.init.xavier_normal_, nn.init.xavier_uniform_,
    ]
    tensors = {
        name: torch.tensor([spread(fill, shape) for fill in fills], dtype=torch.float64)
        for name, shape in SHAPES.items()
    }
    metadata = {name: "x".join(map(str, shape)) for name, shape in SHAPES.items()}
    fixture.save("NetworksTests", "initializers", tensors, metadata)


if __name__ == "__main__":
    main()
