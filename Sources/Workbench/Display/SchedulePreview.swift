import CommandLanguage
import Training

extension Session {
    /// The rate over the coming epochs, if nothing is changed; without a model from the start of the schedule.
    ///
    /// - Throws: `Refusal.followsMetric` if nobody can know.
    func scheduleChart(epochs: Int) throws -> Chart {
        let schedule = settings.schedule
        if let metric = schedule.metric { throw Refusal.followsMetric("\(schedule)", metric: metric.name) }
        let moment: ScheduleMoment
        if let trainer {
            moment = trainer.moment
        } else {
            let images = try requireData().train.count
            moment = ScheduleMoment(stepsPerEpoch: (images + settings.batchSize - 1) / settings.batchSize)
        }
        let start = trainer?.epochsDone ?? 0
        let points = schedule.preview(from: settings.optimizer.rate, at: moment, epochs: epochs)
        return Chart(
            title: "schedule: \(schedule)", xLabel: "epoch",
            series: [Chart.Series("rate", points.map { Chart.Point(start + $0.epochs, $0.rate) })])
    }
}
