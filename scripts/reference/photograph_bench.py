"""torchvision's half of the photographs in scripts/bench: how many images a second a DataLoader makes of JPEG files.

usage: python photograph_bench.py FOLDER [--workers 2] [--seconds 3]

Each is decoded, randomly cropped to 224x224, flipped, jittered and normalised, in batches of 64. If there is no such
folder it is made: 512 pictures of 500x375, smooth with some grain, in two classes.
"""

import argparse
import time
from pathlib import Path

import numpy
import torch
from PIL import Image
from torchvision.datasets import ImageFolder
from torchvision.transforms import v2


def make(folder):
    random = numpy.random.default_rng(1)
    for index in range(512):
        path = folder / "ab"[index % 2] / f"{index}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        coarse = Image.fromarray(random.integers(0, 256, (24, 32, 3), dtype=numpy.uint8))
        smooth = numpy.asarray(coarse.resize((500, 375), Image.BICUBIC)).astype(int)
        grained = smooth + random.integers(-12, 12, smooth.shape)
        Image.fromarray(grained.clip(0, 255).astype(numpy.uint8)).save(path, quality=90)


def images_per_second(folder, workers, seconds):
    torch.set_num_threads(1)
    change = v2.Compose([
        v2.RandomResizedCrop(224), v2.RandomHorizontalFlip(), v2.ColorJitter(0.2, 0.2, 0.2, 0.05), v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5] * 3, [0.3] * 3)])
    loader = torch.utils.data.DataLoader(
        ImageFolder(folder, change), 64, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    for _ in loader:  # the workers start
        pass
    start, images = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        for batch, _ in loader:
            images += len(batch)
    return images / (time.perf_counter() - start)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3)
    arguments = parser.parse_args()
    if not arguments.folder.exists():
        make(arguments.folder)
    print(round(images_per_second(arguments.folder, arguments.workers, arguments.seconds)))
