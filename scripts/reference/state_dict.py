"""Writes the state_dict of a small network as a PyTorch user saves it, for Tests/NetworksTests: with the counters of
its batch norms. A second file holds images and what the network makes of them."""

import torch
from safetensors.torch import save_file

import fixture
import network

COUNT = 3


def main():
    fixture.seed("state_dict")
    model = network.make().float()
    # A few batches, so that the running statistics and the counters have moved.
    for _ in range(4):
        model(torch.randn(8, 2, 8, 8))
    folder = fixture.ROOT / "Tests" / "NetworksTests" / "Fixtures"
    save_file(model.state_dict(), folder / "state-dict.safetensors")

    images = torch.randn(COUNT, 8, 8, 2)
    evaluation = model.double().eval()(images.double().permute(0, 3, 1, 2))
    fixture.save("NetworksTests", "state-dict-evaluation", {"images": images, "evaluation": evaluation}, {})


if __name__ == "__main__":
    main()
