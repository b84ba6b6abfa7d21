"""Writes the state_dict of a small network as a PyTorch user saves it, for Tests/NetworksTests: with the counters of
its batch norms. A second file holds images and what the network makes of them. Likewise for a narrow network of
torchvision's residual blocks, which has torchvision's names."""

import torch
import torchvision.models.resnet as resnet
from safetensors.torch import save_file
from torch import nn

import fixture
import network

COUNT = 3


class NarrowResNet(nn.Module):
    """ResNet-18 with one block in each of two stages, and few filters."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(resnet.BasicBlock(4, 4))
        shortcut = nn.Sequential(resnet.conv1x1(4, 6, 2), nn.BatchNorm2d(6))
        self.layer2 = nn.Sequential(resnet.BasicBlock(4, 6, 2, shortcut))
        self.fc = nn.Linear(6, 3)

    def forward(self, x):
        x = self.layer2(self.layer1(self.bn1(self.conv1(x)).relu()))
        return self.fc(x.mean((2, 3)))


def write(name, make):
    fixture.seed(name.replace("-", "_"))
    model = make().float()
    # A few batches, so that the running statistics and the counters have moved.
    for _ in range(4):
        model(torch.randn(8, 2, 8, 8))
    folder = fixture.ROOT / "Tests" / "NetworksTests" / "Fixtures"
    save_file(model.state_dict(), folder / f"{name}.safetensors")

    images = torch.randn(COUNT, 8, 8, 2)
    evaluation = model.double().eval()(images.double().permute(0, 3, 1, 2))
    fixture.save("NetworksTests", f"{name}-evaluation", {"images": images, "evaluation": evaluation}, {})


def main():
    write("state-dict", network.make)
    write("state-dict-resnet", NarrowResNet)


if __name__ == "__main__":
    main()
