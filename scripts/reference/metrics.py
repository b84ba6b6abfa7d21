"""Writes metrics as scikit-learn computes them, for Tests/TrainingTests/MetricTests."""

import numpy as np
import torch
from sklearn import metrics

import fixture


def calibration_error(probabilities, labels, bins=15):
    """Guo et al., 2017."""
    confidence, prediction = probabilities.max(1)
    bin_of = (confidence * bins).long().clamp(max=bins - 1)
    error = 0
    for index in range(bins):
        members = bin_of == index
        if members.any():
            right = (prediction == labels)[members].double().mean()
            error += (confidence[members].mean() - right).abs() * members.double().mean()
    return error


def measure(logits, labels):
    """Of rows of logits; what is not defined for a class is NaN."""
    classes = logits.shape[1]
    probabilities = torch.softmax(logits, 1)
    y, p, everything = labels.numpy(), logits.argmax(1).numpy(), list(range(classes))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        y, p, labels=everything, zero_division=np.nan)
    seen = sorted(set(y) | set(p))
    auc = np.array([
        metrics.roc_auc_score(y == c, probabilities[:, c].float().numpy()) if 0 < (y == c).sum() < len(y) else np.nan
        for c in everything])
    iou = np.array([
        metrics.jaccard_score(y, p, labels=[c], average="macro") if c in seen else np.nan for c in everything])
    ranks = (-logits).argsort(dim=1, stable=True).argsort(dim=1, stable=True)[torch.arange(len(y)), labels]
    present = sorted(set(y))
    return {
        "confusion": metrics.confusion_matrix(y, p, labels=everything), "precision": precision, "recall": recall,
        "class-f1": f1, "class-auc": auc, "class-iou": iou,
        "accuracy": metrics.accuracy_score(y, p), "balanced": metrics.balanced_accuracy_score(y, p),
        "f1": metrics.f1_score(y, p, average="macro"), "iou": metrics.jaccard_score(y, p, average="macro"),
        "dice": metrics.f1_score(y, p, average="macro"), "auc": np.nanmean(auc),
        "ece": calibration_error(probabilities, labels), "top5": (ranks < 5).double().mean(),
        "top3": (ranks < 3).double().mean(), "present": len(present),
    }


def main():
    fixture.seed("metrics")
    cases = {
        "many": (fixture.normal(60, 7) * 2, torch.randint(0, 7, (60,))),
        "few": (fixture.normal(20, 3), torch.randint(0, 3, (20,))),
        # Three of the eight classes never occur, two of those are never the answer.
        "absent": (
            fixture.normal(30, 8) + torch.tensor([0, 0, 0, 0, 0, 1, -99, -99]).double(), torch.randint(0, 5, (30,))),
        "ties": ((fixture.normal(40, 6) * 2).round(), torch.randint(0, 6, (40,))),
        # No more, or floats cannot tell probabilities near 1 apart, and what is tied depends on the last bit.
        "confident": (fixture.normal(25, 4) * 4, torch.randint(0, 4, (25,))),
    }
    # The network does know something.
    tensors = {}
    for name, (logits, labels) in cases.items():
        logits[torch.arange(len(labels)), labels] += 1
        logits = logits.float().double()
        found = {key: torch.as_tensor(np.asarray(value)).reshape(-1) for key, value in measure(logits, labels).items()}
        tensors |= {f"{name}.{key}": value for key, value in {"logits": logits, "labels": labels, **found}.items()}
    fixture.save("TrainingTests", "metrics", tensors, {})


if __name__ == "__main__":
    main()
