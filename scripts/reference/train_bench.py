"""PyTorch's half of scripts/bench: the same nets, batches and optimizer as `benchmarks`, one JSON line for each result.

usage: python train_bench.py [--threads 2] [--nets lenet,seed,resnet20,vggish] [--batch 128] [--seconds 3]
                             [--task train|infer|epoch]

`train` times a training step (forward, cross-entropy, backward, SGD with momentum 0.9), `infer` a forward pass in
evaluation mode, `epoch` one pass of lenet over Fashion-MNIST through a DataLoader with random flip and shift.
"""
import argparse
import gzip
import json
import resource
import time

import numpy
import torch
import torch.nn as nn


def lenet():
    net = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    return net, (1, 28, 28)


def seed():
    layers, channels = [], 3
    for filters in (32, 64, 128):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.BatchNorm2d(filters), nn.ReLU(),
                   nn.MaxPool2d(2), nn.Dropout(0.25)]
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 4 * 4, 10)), (3, 32, 32)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def resnet20():
    layers, channels = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for filters, stride in ((16, 1), (32, 2), (64, 2)):
        for i in range(3):
            layers.append(Block(channels, filters, stride if i == 0 else 1))
            channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)), (3, 32, 32)


def vggish():
    layers, channels = [], 3
    for filters in (64, 128, 256):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(),
                   nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(256 * 16, 256), nn.ReLU(), nn.Linear(256, 10)), (3, 32, 32)


def median_seconds(step, seconds):
    for _ in range(5):
        step()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def step_seconds(make, batch, channels_last, task, seconds):
    torch.manual_seed(0)
    net, shape = make()
    images, labels = torch.randn(batch, *shape), torch.randint(0, 10, (batch,))
    if channels_last:
        net = net.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9), nn.CrossEntropyLoss()

    def train():
        optimizer.zero_grad()
        loss(net(images), labels).backward()
        optimizer.step()

    def infer():
        with torch.inference_mode():
            net(images)

    if task == "infer":
        net.eval()
    return median_seconds(train if task == "train" else infer, seconds)


class Clothes(torch.utils.data.Dataset):
    """Fashion-MNIST with a random flip and a shift of up to 2 pixels, as torchvision's transforms do it: per image."""

    def __init__(self, folder="/usr/share/datasets/fashion-mnist"):
        def read(name, offset):
            with gzip.open(f"{folder}/{name}.gz") as file:
                return numpy.frombuffer(file.read(), numpy.uint8, offset=offset)

        images = read("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)[:55000]
        self.images = torch.from_numpy(images.copy())
        self.labels = torch.from_numpy(read("train-labels-idx1-ubyte", 8)[:55000].astype(numpy.int64))

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index].float().div_(255).sub_(0.286).div_(0.353)
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        down, right = torch.randint(-2, 3, (2,)).tolist()
        image = nn.functional.pad(image, (2, 2, 2, 2))[:, 2 - down:30 - down, 2 - right:30 - right]
        return image, self.labels[index]


def epoch_seconds(batch, channels_last, workers):
    torch.manual_seed(0)
    net, _ = lenet()
    if channels_last:
        net = net.to(memory_format=torch.channels_last)
    optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9), nn.CrossEntropyLoss()
    loader = torch.utils.data.DataLoader(Clothes(), batch, shuffle=True, num_workers=workers)
    start = time.perf_counter()
    for images, labels in loader:
        if channels_last:
            images = images.to(memory_format=torch.channels_last)
        optimizer.zero_grad()
        loss(net(images), labels).backward()
        optimizer.step()
    return time.perf_counter() - start


def report(task, net, batch, threads, mode, seconds, images):
    print(json.dumps({
        "side": f"PyTorch {mode}", "version": torch.__version__, "task": task, "net": net, "batch": batch,
        "threads": threads, "milliseconds": round(seconds * 1000, 3), "images_per_second": round(images / seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--nets", default="lenet")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--task", choices=("train", "infer", "epoch"), default="train")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.task == "epoch":
        for mode, last, workers in (("default", False, 0), ("default, 2 workers", False, 2)):
            seconds = epoch_seconds(arguments.batch, last, workers)
            report("epoch", "lenet", arguments.batch, arguments.threads, mode, seconds, 55000)
    else:
        for name in arguments.nets.split(","):
            for mode in ("default", "channels_last"):
                seconds = step_seconds(
                    globals()[name], arguments.batch, mode == "channels_last", arguments.task, arguments.seconds)
                report(arguments.task, name, arguments.batch, arguments.threads, mode, seconds, arguments.batch)
