/// Words that people search with, and the words of declarations that mean the same or the remedy.
package struct Synonym: Sendable {
    /// What is typed.
    package let words: [String]
    /// What is looked for besides.
    package let meanings: [String]

    package init(_ words: [String], _ meanings: [String]) {
        self.words = words
        self.meanings = meanings
    }

    /// Symptoms of training and abbreviations.
    package static let common: [Synonym] = [
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
