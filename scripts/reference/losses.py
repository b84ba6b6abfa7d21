"""Writes losses and their gradients, for Tests/NetworksTests/LossFixtureTests."""

import functools

import torch
from torch.nn import functional as F
from torchvision.ops import sigmoid_focal_loss

import fixture


def one_hot(logits, labels):
    """What outputs are compared with; a single output with the label itself."""
    classes = logits.shape[1]
    return labels[:, None].double() if classes == 1 else F.one_hot(labels, classes).double()


def elementwise(function):
    """A loss of PyTorch's of an output and a target as one of a row of outputs and a label."""
    return lambda logits, labels, **settings: function(
        logits, one_hot(logits, labels), reduction="none", **settings).mean(1)


def dice(logits, labels, shares=None, others=None, smooth=1.0):
    """Milletari et al., 2016, over the whole batch and the classes it has labels of; PyTorch has none."""
    p, t = F.softmax(logits, 1), one_hot(logits, labels)
    if shares is not None:
        t = shares[:, None] * t + (1 - shares[:, None]) * one_hot(logits, others)
    score = (2 * (p * t).sum(0) + smooth) / (p.sum(0) + t.sum(0) + smooth)
    return 1 - score[t.sum(0) > 0].mean()


def dice_cross_entropy(logits, labels, shares=None, others=None):
    return dice(logits, labels, shares, others) + (
        F.cross_entropy(logits, labels) if shares is None
        else mixed(functools.partial(F.cross_entropy, reduction="none"))(logits, labels, shares, others))


def mean(rows):
    """A loss of single rows as that of a batch."""
    return lambda logits, labels, **settings: rows(logits, labels, **settings).mean()


def mixed(rows):
    """Each image counts with both its labels, each with its share."""
    return lambda logits, labels, shares, others, **settings: (
        shares * rows(logits, labels, **settings) + (1 - shares) * rows(logits, others, **settings)).mean()


LOSSES = {
    "cross-entropy": functools.partial(F.cross_entropy, reduction="none"),
    "binary-cross-entropy": elementwise(F.binary_cross_entropy_with_logits),
    "focal": elementwise(sigmoid_focal_loss),
    "hinge": functools.partial(F.multi_margin_loss, reduction="none"),
    "mse": elementwise(F.mse_loss),
    "mae": elementwise(F.l1_loss),
    "huber": elementwise(F.huber_loss),
}

# By the names in the Swift test's table.
SETTINGS = {
    "cross-entropy": {
        "weighted": {"weight": torch.tensor([0.5, 2.0, 0.0, 1.0, 3.0]).double()}, "smoothed": {"label_smoothing": 0.1},
        "weighted-smoothed": {
            "weight": torch.tensor([0.5, 2.0, 0.25, 1.0, 3.0]).double(), "label_smoothing": 0.3}},
    "focal": {"gamma": {"gamma": 0.5, "alpha": 0.7}, "no-alpha": {"alpha": -1}, "no-gamma": {"gamma": 0}},
    "hinge": {"squared": {"p": 2, "margin": 0.5}},
    "huber": {"delta": {"delta": 0.3}},
    "dice": {"unsmoothed": {"smooth": 0.0}},
}


def result(loss, logits, labels, **settings):
    """`logits` are rows, or images of [N, C, H, W] with labels of [N, H, W]."""
    logits = logits.requires_grad_()
    classes = logits.shape[1]
    rows = logits.permute(0, 2, 3, 1).reshape(-1, classes) if logits.dim() == 4 else logits
    value = loss(rows, labels.reshape(-1), **settings)
    value.backward()
    takes_one = classes == 1 and loss is not F.cross_entropy
    predictions = (rows[:, 0] > 0).long() if takes_one else rows.argmax(1)
    return {
        "logits": fixture.channels_last(logits), "labels": labels, "loss": value.reshape(1),
        "gradient": fixture.channels_last(logits.grad),
        "correct": (predictions == labels.reshape(-1)).sum().reshape(1),
    }


def cases(kind):
    """Name, loss of a batch, logits, labels and settings."""
    batch = {"dice": dice, "dice-cross-entropy": dice_cross_entropy}
    loss = batch.get(kind) or mean(LOSSES[kind])
    if kind == "cross-entropy":
        loss = F.cross_entropy
    yield "plain", loss, fixture.normal(12, 5) * 2, torch.randint(0, 5, (12,)), {}
    yield "one-image", loss, fixture.normal(1, 3), torch.tensor([2]), {}
    yield "many-classes", loss, fixture.normal(9, 37), torch.randint(0, 37, (9,)), {}
    yield "pixels", loss, fixture.normal(2, 4, 3, 5), torch.randint(0, 4, (2, 3, 5)), {}
    yield "absent-classes", loss, fixture.normal(6, 4), torch.tensor([1, 3, 1, 1, 3, 1]), {}
    for name, settings in SETTINGS.get(kind, {}).items():
        yield name, loss, fixture.normal(12, 5) * 2, torch.randint(0, 5, (12,)), settings
    shares = torch.tensor([1, 0.75, 0.5, 0.125, 0, 0.25, 0.625]).double()
    yield "mixed", batch.get(kind) or mixed(LOSSES[kind]), fixture.normal(7, 5), torch.randint(0, 5, (7,)), {
        "shares": shares, "others": torch.randint(0, 5, (7,))}
    if kind in ["cross-entropy", "binary-cross-entropy", "focal"]:
        # exp() of these overflows or vanishes in 32 bits.
        yield "extreme", loss, torch.tensor(
            [[1000.0, 0, -1000], [-90, -91, -92], [88, 89, 90], [-1e4, 1e4, 0]]).double(), torch.tensor(
            [0, 2, 1, 0]), {}
    if kind in ["binary-cross-entropy", "focal"]:
        yield "one-output", loss, fixture.normal(9, 1), torch.randint(0, 2, (9,)), {}
    yield "ties", loss, torch.zeros(4, 3).double(), torch.tensor([0, 1, 2, 0]), {}
    if kind == "cross-entropy":
        yield "one-class", loss, fixture.normal(3, 1), torch.zeros(3, dtype=torch.long), {}


def main():
    for kind in [*LOSSES, "dice", "dice-cross-entropy"]:
        fixture.seed(kind)
        tensors = {}
        for name, loss, logits, labels, settings in cases(kind):
            found = result(loss, logits, labels, **settings)
            found |= {key: settings[key] for key in ["shares", "others"] if key in settings}
            tensors |= {f"{name}.{key}": value for key, value in found.items()}
        fixture.save("NetworksTests", kind, tensors, {})


if __name__ == "__main__":
    main()
