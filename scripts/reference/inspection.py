"""Writes what forward and backward hooks see in a small network, for Tests/DiagnosisTests: statistics of a training step,
dead and saturated units, and in evaluation losses, saliency (Simonyan et al., 2014) and Grad-CAM (Selvaraju et al., 2017).
"""

from collections import OrderedDict

import torch
from torch import nn

import fixture
from layers import Residual

COUNT, CLASSES, RATE = 12, 3, 0.01
# What is explained: images with the predicted class and with class 2, by Grad-CAM of several layers.
EXPLAINED, LAYERS = (0, 5), ("relu1", "maxpool1", "residual1.conv1", "conv2")


def make():
    """The layers, under the names that Cairn gives them; no bias where batch normalisation would take it away."""
    return nn.Sequential(OrderedDict([
        ("conv1", nn.Conv2d(3, 4, 3, padding=1, bias=False)),
        ("bn1", nn.BatchNorm2d(4)),
        ("relu1", nn.ReLU()),
        ("maxpool1", nn.MaxPool2d(2)),
        ("residual1", Residual([("conv1", nn.Conv2d(4, 4, 3, padding=1, bias=False)), ("bn1", nn.BatchNorm2d(4))])),
        ("relu2", nn.ReLU()),
        ("conv2", nn.Conv2d(4, 6, 3)),
        ("sigmoid1", nn.Sigmoid()),
        ("flatten1", nn.Flatten()),
        ("dense1", nn.Linear(54, 8)),
        ("tanh1", nn.Tanh()),
        ("dense2", nn.Linear(8, CLASSES)),
    ])).double()


def statistics(tensor):
    """Mean, standard deviation, smallest, largest, norm, zeros."""
    tensor = tensor.detach()
    return torch.stack([
        tensor.mean(), tensor.std(unbiased=False), tensor.min(), tensor.max(), tensor.norm(),
        (tensor == 0).double().mean()])


def watch(network, see):
    """Calls `see` with the name and the output of each layer of every forward pass."""
    return [
        module.register_forward_hook(lambda _, __, output, name=name: see(name, output))
        for name, module in network.named_modules() if name]


def step(network, images, labels, tensors):
    """One step of Adam in training mode, as hooks see it."""
    network.train()
    hooks = watch(network, lambda name, output: tensors.__setitem__(f"activations.{name}", statistics(output)))
    loss = nn.CrossEntropyLoss()(network(images), labels)
    for hook in hooks:
        hook.remove()
    loss.backward()
    before = {name: parameter.detach().clone() for name, parameter in network.named_parameters()}
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    optimizer.step()
    for name, parameter in network.named_parameters():
        change = parameter.detach() - before[name]
        tensors[f"weights.{name}"] = statistics(before[name])
        tensors[f"gradients.{name}"] = statistics(parameter.grad)
        ratio = change.norm() / before[name].norm() if before[name].norm() > 0 else torch.tensor(float("nan"))
        tensors[f"updates.{name}"] = torch.cat([statistics(change), ratio.reshape(1)])
        state = optimizer.state[parameter]
        tensors[f"optimizer.{name}"] = torch.stack(
            [state["exp_avg"].norm(), state["exp_avg_sq"].norm(), change.abs().mean()])


def look(network, images, labels, tensors):
    """What evaluation sees."""
    network.eval()
    seen = {}
    hooks = watch(network, lambda name, output: seen.__setitem__(name, output.detach()))
    output = network(images)
    for hook in hooks:
        hook.remove()
    tensors["losses"] = nn.CrossEntropyLoss(reduction="none")(output, labels)
    tensors["probabilities"] = output.softmax(1)
    for name in ("relu1", "relu2"):
        tensors[f"dead.{name}"] = ((seen[name] > 0).sum((0, 2, 3)) == 0).sum().reshape(1)
    tensors["maps"] = seen["conv2"][5]
    for image in EXPLAINED:
        explain(network, images[image:image + 1], image, tensors)


def explain(network, image, index, tensors):
    for target in sorted({network(image).argmax().item(), 2}):
        for layer in LAYERS:
            maps = []
            hook = network.get_submodule(layer).register_forward_hook(lambda _, __, output: maps.append(output))
            x = image.clone().requires_grad_()
            score = network(x)[0, target]
            hook.remove()
            saliency, gradient = torch.autograd.grad(score, [x, maps[0]])
            weights = gradient.mean((2, 3), keepdim=True)
            key = f"{index}.{target}"
            tensors[f"score.{key}"] = score.reshape(1)
            tensors[f"saliency.{key}"] = saliency[0].abs().amax(0)
            tensors[f"weights-of-maps.{layer}.{key}"] = weights.flatten()
            tensors[f"grad-cam.{layer}.{key}"] = (weights * maps[0]).sum(1)[0].relu()


def main():
    fixture.seed("inspection")
    network = make()
    with torch.no_grad():
        # So that some of what follows them is flat.
        network.conv2.weight *= 8
        network.dense1.weight *= 8
        for name, buffer in network.named_buffers():
            if buffer.is_floating_point():
                buffer.copy_(torch.rand_like(buffer) + 0.5 if name.endswith("var") else torch.randn_like(buffer) / 3)
        for name, parameter in network.named_parameters():
            if "bn1" in name:
                parameter.copy_(torch.rand_like(parameter) + 0.5 if name.endswith("weight") else
                                torch.randn_like(parameter) / 3)
        # A channel that is always below zero.
        network.bn1.weight[2], network.bn1.bias[2] = 0, -1
        for value in network.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.float())
    pixels = torch.randint(0, 256, (COUNT, 10, 10, 3)).double()
    labels = torch.arange(COUNT) % CLASSES
    tensors = {"pixels": pixels, "labels": labels.clone()}
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            tensors[f"before.{name}"] = value.clone()
    units = pixels / 255
    images = (units - units.mean((0, 1, 2))) / units.std((0, 1, 2), unbiased=False)
    images = images.permute(0, 3, 1, 2).contiguous()

    look(network, images, labels, tensors)
    # Of the training step: inputs where the curves are flat.
    flat = {}
    hooks = watch(network.train(), lambda name, output: flat.__setitem__(name, output.detach()))
    state = {name: value.clone() for name, value in network.state_dict().items()}
    network(images)
    network.load_state_dict(state)
    for hook in hooks:
        hook.remove()
    for name, source, limit in (("sigmoid1", "conv2", 5), ("tanh1", "dense1", 2.5)):
        assert ((flat[source].abs() - limit).abs() > 2e-3).all(), "too near to the limit to tell"
        tensors[f"flat.{name}"] = (flat[source].abs() > limit).double().mean().reshape(1)
    step(network, images, labels, tensors)
    fixture.save("DiagnosisTests", "inspection", tensors, {})


if __name__ == "__main__":
    main()
