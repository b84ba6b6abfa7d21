import CommandLanguage

extension Synonym {
    /// Symptoms of training and abbreviations.
    static let training: [Synonym] = [
        Synonym(
            [
                "diverge", "divergence", "explode", "explosion", "infinity", "infinite", "inf", "unstable",
                "instability", "oscillate", "overflow",
            ], ["nan", "jumps", "rate"]),
        Synonym(
            [
                "improve", "improvement", "underfit", "underfitting", "stagnate", "flat", "converge",
                "convergence", "plateau",
            ], ["stuck", "slow"]),
        Synonym(["overfit", "generalize", "generalization", "memorize"], ["overfitting", "gap"]),
        Synonym(["noisy"], ["noise", "batch"]),
        Synonym(["lr"], ["rate"]),
        Synonym(["confusion", "metric", "precision", "recall"], ["evaluate", "accuracy"]),
        Synonym(["interrupt", "abort", "cancel", "ctrl"], ["train"]),
    ]
}
