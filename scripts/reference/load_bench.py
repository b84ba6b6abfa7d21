"""torchvision's half of the loading comparison of scripts/bench: an ImageFolder of JPEG files through a DataLoader, with
RandomResizedCrop(224), RandomHorizontalFlip, ColorJitter and Normalize; one JSON line for each way to decode.

usage: python load_bench.py FOLDER [--workers 2] [--batch 64] [--seconds 5]

`Pillow` decodes and transforms with Pillow, which is what torchvision's own examples do; `tensors` decodes with
torchvision.io.decode_jpeg and transforms uint8 tensors with transforms.v2.
"""
import argparse
import json
import time

import torch
from torchvision import datasets, io
from torchvision.transforms import v2

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
CHANGES = [v2.RandomResizedCrop(224, antialias=True), v2.RandomHorizontalFlip(), v2.ColorJitter(0.4, 0.4, 0.4, 0.1)]


def pillow(folder):
    last = [v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, DEVIATION)]
    return datasets.ImageFolder(folder, v2.Compose(CHANGES + last))


def tensors(folder):
    def read(path):
        return io.decode_jpeg(io.read_file(path), mode=io.ImageReadMode.RGB)

    last = [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, DEVIATION)]
    return datasets.DatasetFolder(folder, read, ("jpg",), v2.Compose(CHANGES + last))


def images_per_second(dataset, batch, workers, seconds):
    """Over whole epochs with workers that stay; the first epoch warms up."""
    loader = torch.utils.data.DataLoader(
        dataset, batch, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    images, spent, first = 0, 0.0, True
    while first or spent < seconds:
        start = time.perf_counter()
        for _ in loader:
            pass
        if not first:
            images += len(dataset)
            spent += time.perf_counter() - start
        first = False
    return images / spent


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=5)
    arguments = parser.parse_args()
    for name, make in (("Pillow", pillow), ("tensors", tensors)):
        rate = images_per_second(make(arguments.folder), arguments.batch, arguments.workers, arguments.seconds)
        print(json.dumps({
            "side": f"torchvision {name}", "workers": arguments.workers, "images_per_second": rate}), flush=True)
