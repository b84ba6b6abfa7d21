"""Writes ten steps of every optimizer on the same gradients, for Tests/TrainingTests."""

import torch

import fixture

STEPS = 10

O = torch.optim

# The names are those of `OptimizerTests.cases`, which has the same settings in Cairn's words.
CASES = {
    "sgd": lambda w: O.SGD([w], lr=0.1),
    "sgd-l2": lambda w: O.SGD([w], lr=0.1, weight_decay=0.05),
    "sgd-momentum": lambda w: O.SGD([w], lr=0.1, momentum=0.9),
    "sgd-dampening": lambda w: O.SGD([w], lr=0.1, momentum=0.9, dampening=0.3),
    "sgd-nesterov": lambda w: O.SGD([w], lr=0.1, momentum=0.9, nesterov=True),
    "sgd-nesterov-l2": lambda w: O.SGD([w], lr=0.1, momentum=0.5, nesterov=True, weight_decay=0.05),
    "adam": lambda w: O.Adam([w], lr=0.01),
    "adam-betas": lambda w: O.Adam([w], lr=0.01, betas=(0.5, 0.9), eps=1e-3),
    "adam-l2": lambda w: O.Adam([w], lr=0.01, weight_decay=0.05),
    "adam-amsgrad": lambda w: O.Adam([w], lr=0.01, betas=(0.5, 0.9), amsgrad=True),
    "adamw": lambda w: O.AdamW([w], lr=0.01),
    "adamw-amsgrad": lambda w: O.AdamW([w], lr=0.01, betas=(0.5, 0.9), weight_decay=0.1, amsgrad=True),
    "nadam": lambda w: O.NAdam([w]),
    "nadam-l2": lambda w: O.NAdam([w], lr=0.01, betas=(0.5, 0.9), momentum_decay=0.1, weight_decay=0.05),
    "nadam-decay": lambda w: O.NAdam([w], lr=0.01, weight_decay=0.05, decoupled_weight_decay=True),
    "radam": lambda w: O.RAdam([w], lr=0.01),
    "radam-short": lambda w: O.RAdam([w], lr=0.01, betas=(0.5, 0.7), weight_decay=0.05),
    "adamax": lambda w: O.Adamax([w]),
    "adamax-betas": lambda w: O.Adamax([w], lr=0.01, betas=(0.5, 0.9), eps=1e-3, weight_decay=0.05),
    "rmsprop": lambda w: O.RMSprop([w]),
    "rmsprop-momentum": lambda w: O.RMSprop([w], alpha=0.9, momentum=0.8, weight_decay=0.05),
    "rmsprop-centered": lambda w: O.RMSprop([w], alpha=0.9, eps=1e-3, centered=True),
    "rmsprop-both": lambda w: O.RMSprop([w], alpha=0.9, momentum=0.8, centered=True),
    "adagrad": lambda w: O.Adagrad([w]),
    "adagrad-decay": lambda w: O.Adagrad([w], lr=0.1, lr_decay=0.2, eps=1e-3, weight_decay=0.05),
    "adadelta": lambda w: O.Adadelta([w]),
    "adadelta-rho": lambda w: O.Adadelta([w], lr=0.5, rho=0.7, eps=1e-3, weight_decay=0.05),
    "lion": lambda w: Lion(w, rate=0.01, decay=0),
    "lion-decay": lambda w: Lion(w, rate=0.01, decay=0.1, betas=(0.95, 0.98)),
    "sgd-l1": lambda w: With(w, O.SGD([w], lr=0.1, momentum=0.9), l1=0.05),
    "sgd-decay": lambda w: With(w, O.SGD([w], lr=0.1, momentum=0.9), decay=0.05),
    "adam-l1-l2": lambda w: With(w, O.Adam([w], lr=0.01, weight_decay=0.05), l1=0.02),
    "clip-norm": lambda w: With(w, O.SGD([w], lr=0.1, momentum=0.9), norm=0.5),
    "clip-value": lambda w: With(w, O.Adam([w], lr=0.01, weight_decay=0.05), value=0.5),
    "onecycle-sgd": lambda w: With(w, O.SGD([w], lr=0.1, momentum=0.9), cycle=True),
    "onecycle-adamw": lambda w: With(w, O.AdamW([w], lr=0.1), cycle=True),
}


class Lion:
    """Chen et al. (2023), Algorithm 2; torch has none."""

    def __init__(self, w, rate, decay, betas=(0.9, 0.99)):
        self.w, self.rate, self.decay, self.betas = w, rate, decay, betas
        self.mean = torch.zeros_like(w)

    @torch.no_grad()
    def step(self):
        (beta1, beta2), g = self.betas, self.w.grad
        direction = torch.sign(beta1 * self.mean + (1 - beta1) * g)
        self.mean = beta2 * self.mean + (1 - beta2) * g
        self.w -= self.rate * (direction + self.decay * self.w)


class With:
    """An optimizer with what torch has outside of optimizers."""

    def __init__(self, w, optimizer, l1=0, decay=0, norm=None, value=None, cycle=False):
        self.w, self.optimizer, self.l1, self.decay, self.norm, self.value = w, optimizer, l1, decay, norm, value
        self.schedule = O.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=STEPS) if cycle else None

    @torch.no_grad()
    def step(self):
        if self.norm is not None:
            torch.nn.utils.clip_grad_norm_([self.w], self.norm)
        if self.value is not None:
            torch.nn.utils.clip_grad_value_([self.w], self.value)
        self.w.grad += self.l1 * torch.sign(self.w)
        self.w *= 1 - self.optimizer.param_groups[0]["lr"] * self.decay
        self.optimizer.step()
        if self.schedule and self.schedule.last_epoch < STEPS - 1:
            self.schedule.step()


def averages(gradients, start):
    """What `AveragedModel` has after each of ten steps of SGD."""
    found = {}
    for name, average in {
        "swa": torch.optim.swa_utils.get_swa_multi_avg_fn(),
        "ema": torch.optim.swa_utils.get_ema_multi_avg_fn(0.9),
    }.items():
        model = torch.nn.Linear(7, 1, bias=False).double()
        model.weight.data = start.float().double()[None]
        averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=average)
        optimizer = O.SGD(model.parameters(), lr=0.1)
        values = []
        for gradient in gradients.float().double():
            model.weight.grad = gradient[None].clone()
            optimizer.step()
            averaged.update_parameters(model)
            values.append(averaged.module.weight.detach()[0].clone())
        found[f"{name}.weights"] = torch.stack(values)
    return found


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
    tensors |= averages(gradients, start)
    filters = fixture.normal(4, 2, 3, 3)
    units = fixture.normal(5, 6)
    tensors |= {"filters": filters, "filters.limited": torch.renorm(filters, 2, 0, 4.0)}
    tensors |= {"units": units, "units.limited": torch.renorm(units, 2, 0, 2.0)}
    fixture.save("TrainingTests", "optimizers", tensors, {})


if __name__ == "__main__":
    main()
