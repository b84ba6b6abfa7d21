import CommandLanguage
import Training

extension Session {
    /// The rate over the coming epochs, if nothing is changed; without a model from the start of the schedule.
    ///
    /// - Throws: `Refusal.followsMetric` if nobody can know.
    func scheduleChart(epochs: Int) throws -> Chart {
        if let metric = schedule.metric { throw Refusal.followsMetric("\(schedule)", metric: metric.name) }
        let moment: ScheduleMoment
        if let trainer {
            moment = trainer.moment
        } else {
            let images = try requireData().train.count
            moment = ScheduleMoment(stepsPerEpoch: (images + batchSize - 1) / batchSize)
        }
        let start = trainer?.epochsDone ?? 0
        let points = schedule.preview(from: optimizer.rate, at: moment, epochs: epochs)
        return Chart(
            title: "schedule: \(schedule)", xLabel: "epoch",
            series: [Chart.Series("rate", points.map { Chart.Point(start + $0.epochs, $0.rate) })])
    }
}
