"""Writes the rates of every schedule for 200 epochs, for Tests/TrainingTests."""

import torch

import fixture

EPOCHS = 200

# The names are those of `ScheduleTests.cases`, which has the same settings in Cairn's words.
CASES = {
    "constant": lambda o: torch.optim.lr_scheduler.ConstantLR(o, factor=1),
    "step-30-0.1": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=30, gamma=0.1),
    "step-7-0.9": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=7, gamma=0.9),
    "step-1-0.95": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=1, gamma=0.95),
}


def main():
    tensors = {}
    for name, make in CASES.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
        schedule = make(optimizer)
        rates = []
        for _ in range(EPOCHS):
            rates.append(schedule.get_last_lr()[0])
            optimizer.step()
            schedule.step()
        tensors[name] = torch.tensor(rates, dtype=torch.float64)
    fixture.save("TrainingTests", "schedules", tensors, {})


if __name__ == "__main__":
    main()
