"""Writes the rates, and for some the momenta, of every schedule for 200 steps, for Tests/TrainingTests."""

import torch
from torch.optim import lr_scheduler as S

import fixture

STEPS = 200

# The names are those of `ScheduleTests.cases`, which has the same settings in Cairn's words.
CASES = {
    "constant": lambda o: S.ConstantLR(o, factor=1),
    "step-30-0.1": lambda o: S.StepLR(o, step_size=30, gamma=0.1),
    "step-7-0.9": lambda o: S.StepLR(o, step_size=7, gamma=0.9),
    "step-1-0.95": lambda o: S.StepLR(o, step_size=1, gamma=0.95),
    "multistep": lambda o: S.MultiStepLR(o, milestones=[10, 11, 50, 150], gamma=0.3),
    "exponential": lambda o: S.ExponentialLR(o, gamma=0.97),
    "polynomial": lambda o: S.PolynomialLR(o, total_iters=150, power=1.0),
    "polynomial-2": lambda o: S.PolynomialLR(o, total_iters=200, power=2.5),
    "cosine": lambda o: S.CosineAnnealingLR(o, T_max=200),
    "cosine-again": lambda o: S.CosineAnnealingLR(o, T_max=60, eta_min=0.01),
    "restarts": lambda o: S.CosineAnnealingWarmRestarts(o, T_0=30, eta_min=0.001),
    "restarts-2": lambda o: S.CosineAnnealingWarmRestarts(o, T_0=15, T_mult=2),
    "onecycle": lambda o: S.OneCycleLR(o, max_lr=0.1, total_steps=200),
    "onecycle-short": lambda o: S.OneCycleLR(
        o, max_lr=0.1, epochs=20, steps_per_epoch=10, pct_start=0.13, anneal_strategy="linear", div_factor=10,
        final_div_factor=100, base_momentum=0.5, max_momentum=0.9),
    "onecycle-three": lambda o: S.OneCycleLR(o, max_lr=0.1, total_steps=200, three_phase=True),
    "cyclic": lambda o: S.CyclicLR(o, base_lr=0.01, max_lr=0.1, step_size_up=20),
    "cyclic-2": lambda o: S.CyclicLR(
        o, base_lr=0.01, max_lr=0.1, step_size_up=13, step_size_down=29, mode="triangular2"),
    "cyclic-exponential": lambda o: S.CyclicLR(
        o, base_lr=0.001, max_lr=0.1, step_size_up=30, mode="exp_range", gamma=0.99),
    "warmup-step": lambda o: warm(o, 10, 1 / 3, S.StepLR(o, step_size=30, gamma=0.5)),
    "warmup-cosine": lambda o: warm(o, 25, 0.01, S.CosineAnnealingLR(o, T_max=175)),
    "warmup-restarts": lambda o: warm(o, 5, 0.0, S.CosineAnnealingWarmRestarts(o, T_0=20)),
}

# These follow the metric below.
PLATEAU = {
    "plateau": lambda o: S.ReduceLROnPlateau(o, patience=5),
    "plateau-max": lambda o: S.ReduceLROnPlateau(
        o, mode="max", factor=0.5, patience=3, threshold=0.01, cooldown=4, min_lr=0.004),
    "plateau-absolute": lambda o: S.ReduceLROnPlateau(
        o, factor=0.7, patience=0, threshold=0.05, threshold_mode="abs", cooldown=2),
}


def warm(optimizer, length, start, schedule):
    rise = S.LinearLR(optimizer, start_factor=start or 1e-300, total_iters=length)
    return S.SequentialLR(optimizer, [rise, schedule], milestones=[length])


def exact(values):
    """As two tensors of 32 bits whose sum has 48 bits."""
    exact = torch.tensor(values, dtype=torch.float64)
    coarse = exact.float().double()
    return coarse, exact - coarse


def main():
    tensors = {}

    def add(name, values):
        tensors[name], tensors[f"{name}.rest"] = exact(values)

    fixture.seed("schedules")
    # Falls, then only jitters.
    metric = [max(1 - step / 60, 0.2) + 0.1 * float(noise) for step, noise in enumerate(torch.rand(STEPS))]
    add("metric", metric)
    for name, make in (CASES | PLATEAU).items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
        schedule = make(optimizer)
        rates, momenta = [], []
        for step in range(STEPS):
            rates.append(optimizer.param_groups[0]["lr"])
            momenta.append(optimizer.param_groups[0]["momentum"])
            optimizer.step()
            if step < STEPS - 1:
                schedule.step(*([metric[step]] if name in PLATEAU else []))
        add(name, rates)
        if len(set(momenta)) > 1:
            add(f"{name}.momentum", momenta)
    fixture.save("TrainingTests", "schedules", tensors, {})


if __name__ == "__main__":
    main()
