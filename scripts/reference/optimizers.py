"""Writes ten steps of every optimizer on the same gradients, for Tests/TrainingTests."""

import torch

import fixture

STEPS = 10

# The names are those of `OptimizerTests.cases`, which has the same settings in Cairn's words.
CASES = {
    "sgd": lambda w: torch.optim.SGD([w], lr=0.1),
    "sgd-l2": lambda w: torch.optim.SGD([w], lr=0.1, weight_decay=0.05),
    "sgd-momentum": lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9),
    "sgd-nesterov": lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True),
    "sgd-nesterov-l2": lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.5, nesterov=True, weight_decay=0.05),
    "adam": lambda w: torch.optim.Adam([w], lr=0.01),
    "adam-betas": lambda w: torch.optim.Adam([w], lr=0.01, betas=(0.5, 0.9), eps=1e-3),
    "adam-l2": lambda w: torch.optim.Adam([w], lr=0.01, weight_decay=0.05),
}


def main():
    fixture.seed("optimizers")
    start = fixture.normal(7)
    # Of very different sizes, as in a network.
    gradients = fixture.normal(STEPS, 7) * torch.tensor([1e-6, 1e-3, 0.1, 1, 1, 10, 1000]).double()
    tensors = {"start": start, "gradients": gradients}
    for name, make in CASES.items():
        weight = torch.nn.Parameter(start.float().double())
        optimizer = make(weight)
        weights = []
        for gradient in gradients.float().double():
            weight.grad = gradient.clone()
            optimizer.step()
            weights.append(weight.detach().clone())
        tensors[f"{name}.weights"] = torch.stack(weights)
    fixture.save("TrainingTests", "optimizers", tensors, {})


if __name__ == "__main__":
    main()
