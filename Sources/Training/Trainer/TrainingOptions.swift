import Datasets

/// What can be added to an optimizer and a schedule; all of it off at first.
package struct TrainingOptions: Hashable, Sendable {
    package var clipping = GradientClipping.off
    package var averaging: Averaging?
    package var stopping: EarlyStopping?
    package var sampling = Sampling.shuffled

    package init() {}

    /// - Throws: `TrainingError.setting` for a number out of its range.
    func check() throws(TrainingError) {
        try clipping.check()
        try averaging?.check()
        try stopping?.check()
    }
}
