"""Runs what Cairn exports in ONNX Runtime and compares: every layer case of Tests/NetworksTests, whose files the suite
writes, and with `zoo` every model that has a name, through the program. Lists what is in the layers' files in
Fixtures/onnx.txt, which the suite compares with from then on. Needs onnx and onnxruntime too."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import onnx
import onnxruntime
from safetensors import safe_open

import fixture

LARGEST_DIFFERENCE = 1e-5


def channels_first(array):
    return array.transpose(0, 3, 1, 2) if array.ndim == 4 else array


def check(path, images, expected):
    """The largest difference between what ONNX Runtime and Cairn make of the images, relative to the largest number."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = session.run(["output"], {"images": images})[0]
    assert found.shape == expected.shape, f"{path}: {found.shape}, not {expected.shape}"
    # The batch is free: the first image alone gives the same.
    alone = session.run(["output"], {"images": images[:1]})[0]
    scale = max(numpy.abs(expected).max(), 1e-30)
    difference = max(numpy.abs(found - expected).max(), numpy.abs(alone - expected[:1]).max()) / scale
    assert difference <= LARGEST_DIFFERENCE, f"{path}: differs by {difference}"
    return model, difference


def attribute(value):
    number = onnx.helper.get_attribute_value(value)
    if isinstance(number, float):
        return "%.9g" % number
    return number.decode() if isinstance(number, bytes) else str(list(number) if hasattr(number, "__len__") else number)


def port(value):
    extents = [extent.dim_param or extent.dim_value for extent in value.type.tensor_type.shape.dim]
    return f"{value.name} [{', '.join(map(str, extents))}]"


def listing(model):
    """As `ONNXTests` writes it."""
    graph = model.graph
    yield f"{''.join(map(port, graph.input))} -> {''.join(map(port, graph.output))}"
    for node in graph.node:
        call = f"{node.output[0]} = {node.op_type}({', '.join(node.input)})"
        yield " ".join([call] + [f"{value.name}={attribute(value)}" for value in node.attribute])
    for tensor in graph.initializer:
        words = [f"{tensor.name} {list(tensor.dims)}"]
        if "/" in tensor.name:
            words += ["%.9g" % number for number in onnx.numpy_helper.to_array(tensor).flatten()]
        yield " ".join(words)


def layers():
    lines, worst = [], 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [fixture.ROOT / "scripts/test", "--filter", "ONNXTests"], env={**os.environ, "CAIRN_EXPORTS": folder},
            check=True, stdout=subprocess.DEVNULL)
        for path in sorted(Path(folder).glob("*.onnx")):
            with safe_open(path.with_suffix(".safetensors"), "np") as file:
                title = file.metadata()["title"]
                images, output = (channels_first(file.get_tensor(name)) for name in ("images", "output"))
            model, difference = check(path, numpy.ascontiguousarray(images), output)
            worst = max(worst, difference)
            lines += [title] + ["  " + line for line in listing(model)]
    assert lines, "no file was written"
    path = fixture.ROOT / "Tests/NetworksTests/Fixtures/onnx.txt"
    path.write_text("\n".join(lines) + "\n")
    print(f"{path.relative_to(fixture.ROOT)}: {len(lines)} lines; differences up to {worst:.1e}")


if __name__ == "__main__":
    layers()
