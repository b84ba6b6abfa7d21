"""PyTorch's half of scripts/bench: the same net, batch and optimizer as `benchmarks`, one JSON line per configuration.

usage: python train_bench.py [--threads 2] [--batch 128] [--seconds 4]
"""
import argparse
import json
import resource
import time

import torch
import torch.nn as nn


def lenet():
    net = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    return net, (1, 28, 28)


def seconds_per_step(batch, channels_last, seconds):
    torch.manual_seed(0)
    net, shape = lenet()
    images, labels = torch.randn(batch, *shape), torch.randint(0, 10, (batch,))
    if channels_last:
        net = net.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    optimizer, loss = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9), nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(net(images), labels).backward()
        optimizer.step()

    for _ in range(5):
        step()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=4)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for mode in ("default", "channels_last"):
        seconds = seconds_per_step(arguments.batch, mode == "channels_last", arguments.seconds)
        print(json.dumps({
            "side": f"PyTorch {torch.__version__} {mode}", "net": "lenet", "batch": arguments.batch,
            "threads": arguments.threads, "milliseconds": round(seconds * 1000, 3),
            "images_per_second": round(arguments.batch / seconds),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)
