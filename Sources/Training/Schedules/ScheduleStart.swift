/// Where in the run a schedule began: it counts from its own start, and from every change of the optimizer.
package struct ScheduleStart: Hashable, Sendable, Codable {
    /// Finished epochs; the epoch in hand counts from its beginning.
    package var epoch = 0
    /// Updates.
    package var step = 0

    package init(epoch: Int = 0, step: Int = 0) {
        self.epoch = epoch
        self.step = step
    }
}
