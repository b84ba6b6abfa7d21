"""The activations among the cases of layers.py."""

from torch import nn

IMAGE, ROW, EXTREME = (3, 3, 4, 2), (5, 7), (2, 12)


def cases(declaration, make, shape=ROW, **others):
    """An image, a row, and the numbers where formulas break: far from 0, infinite and NaN."""
    return {
        "image": (declaration, IMAGE, make), "row": (declaration, shape, make),
        "extreme": (declaration, EXTREME, make), **others,
    }


CASES = {
    "relu": cases("relu", nn.ReLU),
    "leaky-relu": cases(
        "leaky-relu 0.01", nn.LeakyReLU, steep=("leaky-relu 0.3", IMAGE, lambda: nn.LeakyReLU(0.3))),
    "prelu": cases(
        "prelu 0.25", nn.PReLU,
        **{
            "image-per-channel": ("prelu 0.25 per=channel", IMAGE, lambda: nn.PReLU(2)),
            "row-per-channel": ("prelu 0.25 per=channel", ROW, lambda: nn.PReLU(7)),
            "wide": ("prelu 0.25 per=channel", (9, 4, 4, 20), lambda: nn.PReLU(20)),
        }),
    "elu": cases("elu", nn.ELU, alpha=("elu alpha=0.5", IMAGE, lambda: nn.ELU(0.5))),
    "selu": cases("selu", nn.SELU),
    "gelu": cases(
        "gelu", nn.GELU,
        **{
            "tanh": ("gelu approximate=tanh", IMAGE, lambda: nn.GELU("tanh")),
            "extreme-tanh": ("gelu approximate=tanh", EXTREME, lambda: nn.GELU("tanh")),
        }),
    "silu": cases("silu", nn.SiLU),
    "sigmoid": cases("sigmoid", nn.Sigmoid),
    "tanh": cases("tanh", nn.Tanh),
    "softplus": cases(
        "softplus", nn.Softplus,
        settings=("softplus beta=3.0 threshold=1.5", IMAGE, lambda: nn.Softplus(3, 1.5))),
    "hard-swish": cases("hard-swish", nn.Hardswish),
    "softmax": {
        "image": ("softmax", IMAGE, lambda: nn.Softmax(1)),
        "row": ("softmax", ROW, lambda: nn.Softmax(1)),
        "wide": ("softmax", (9, 2, 2, 20), lambda: nn.Softmax(1)),
        "extreme": ("softmax", EXTREME, lambda: nn.Softmax(1)),
    },
}
