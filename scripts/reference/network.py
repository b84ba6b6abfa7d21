"""Writes one training step of a small network, layer by layer, for Tests/NetworksTests."""

from collections import OrderedDict

import torch
from torch import nn

import fixture

COUNT, CLASSES = 11, 3


def make():
    """The layers, under the names that Cairn gives them."""
    return nn.Sequential(OrderedDict([
        ("conv1", nn.Conv2d(2, 4, 3, padding="same")),
        ("bn1", nn.BatchNorm2d(4)),
        ("relu1", nn.ReLU()),
        ("maxpool1", nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(4, 6, 3, padding=1)),
        ("relu2", nn.ReLU()),
        ("avgpool1", nn.AvgPool2d(2)),
        ("flatten1", nn.Flatten()),
        ("dense1", nn.Linear(24, 8)),
        ("relu3", nn.ReLU()),
        ("dense2", nn.Linear(8, CLASSES)),
    ])).double()


def main():
    fixture.seed("network")
    network = make()
    with torch.no_grad():
        for value in network.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.float())
    images = fixture.normal(COUNT, 8, 8, 2)
    labels = torch.randint(0, CLASSES, (COUNT,))
    tensors = {"images": images, "labels": labels.clone()}
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            tensors[f"before.{name}"] = value.clone()

    x = images.permute(0, 3, 1, 2)
    for name, layer in network.named_children():
        x = layer(x)
        tensors[f"activation.{name}"] = fixture.channels_last(x)
    loss = nn.CrossEntropyLoss()(x, labels)
    loss.backward()
    tensors["loss"] = loss.reshape(1)
    tensors["correct"] = (x.argmax(1) == labels).sum().reshape(1)
    for name, parameter in network.named_parameters():
        tensors[f"gradient.{name}"] = parameter.grad
    for name, value in network.named_buffers():
        if value.is_floating_point():
            tensors[f"after.{name}"] = value
    tensors["evaluation"] = network.eval()(images.permute(0, 3, 1, 2))
    fixture.save("NetworksTests", "network", tensors, {})


if __name__ == "__main__":
    main()
