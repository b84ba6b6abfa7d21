"""Writes losses and their gradients, for Tests/NetworksTests."""

import torch
from torch.nn import functional as F

import fixture


def cross_entropy(logits, labels):
    logits = logits.requires_grad_()
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    return {
        "logits": logits, "labels": labels, "loss": loss.reshape(1), "gradient": logits.grad,
        "correct": (logits.argmax(1) == labels).sum().reshape(1),
    }


def main():
    fixture.seed("cross-entropy")
    cases = {
        "plain": (fixture.normal(12, 5) * 2, torch.randint(0, 5, (12,))),
        "one-class": (fixture.normal(3, 1), torch.zeros(3, dtype=torch.long)),
        "many-classes": (fixture.normal(9, 37), torch.randint(0, 37, (9,))),
        # exp() of these overflows or vanishes in 32 bits.
        "extreme": (
            torch.tensor([[1000.0, 0, -1000], [-90, -91, -92], [88, 89, 90], [-1e4, 1e4, 0]]).double(),
            torch.tensor([0, 2, 1, 0])),
        "ties": (torch.zeros(4, 3).double(), torch.tensor([0, 1, 2, 0])),
    }
    tensors = {}
    for name, (logits, labels) in cases.items():
        tensors |= {f"{name}.{key}": value for key, value in cross_entropy(logits, labels).items()}
    fixture.save("NetworksTests", "cross-entropy", tensors, {})


if __name__ == "__main__":
    main()
