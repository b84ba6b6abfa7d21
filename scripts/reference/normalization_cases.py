"""The normalisations among the cases of layers.py."""

from torch import nn


class LayerNorm2d(nn.LayerNorm):
    """Over the channels of each pixel, as ConvNeXt's in torchvision."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


CASES = {
    "batchnorm": {
        "image": ("batchnorm", (3, 4, 5, 3), lambda: nn.BatchNorm2d(3)),
        "row": ("batchnorm", (5, 6), lambda: nn.BatchNorm1d(6)),
        "settings": (
            "batchnorm momentum=0.3 epsilon=0.01", (4, 2, 2, 4), lambda: nn.BatchNorm2d(4, eps=0.01, momentum=0.3)),
        "shifted": ("batchnorm", (6, 3, 3, 2), lambda: nn.BatchNorm2d(2)),
        "wide": ("batchnorm", (9, 2, 2, 20), lambda: nn.BatchNorm2d(20)),
        "not-affine": ("batchnorm affine=false", (3, 4, 5, 3), lambda: nn.BatchNorm2d(3, affine=False)),
    },
    "groupnorm": {
        "image": ("groupnorm 2", (3, 4, 5, 6), lambda: nn.GroupNorm(2, 6)),
        "row": ("groupnorm 3", (5, 6), lambda: nn.GroupNorm(3, 6)),
        "whole-image": ("groupnorm 1", (2, 3, 3, 5), lambda: nn.GroupNorm(1, 5)),
        "each-channel": ("groupnorm 3 epsilon=0.01", (2, 4, 3, 3), lambda: nn.GroupNorm(3, 3, eps=0.01)),
        "shifted": ("groupnorm 2", (6, 3, 3, 4), lambda: nn.GroupNorm(2, 4)),
        "wide": ("groupnorm 4", (9, 2, 2, 20), lambda: nn.GroupNorm(4, 20)),
        "not-affine": ("groupnorm 2 affine=false", (3, 4, 5, 6), lambda: nn.GroupNorm(2, 6, affine=False)),
    },
    "layernorm": {
        "image": ("layernorm", (3, 4, 5, 3), lambda: LayerNorm2d(3)),
        "row": ("layernorm", (5, 6), lambda: nn.LayerNorm(6)),
        "settings": ("layernorm epsilon=0.01", (2, 2, 2, 4), lambda: LayerNorm2d(4, eps=0.01)),
        "shifted": ("layernorm", (6, 3, 3, 4), lambda: LayerNorm2d(4)),
        "wide": ("layernorm", (9, 2, 2, 20), lambda: LayerNorm2d(20)),
        "not-affine": (
            "layernorm affine=false", (3, 4, 5, 6), lambda: LayerNorm2d(6, elementwise_affine=False)),
    },
}
