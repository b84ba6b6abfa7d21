import CommandLanguage
import Datasets
import Training

extension Session {
    /// Says if the model's last layer and the loss hardly go together as meant.
    func warnOfLoss() {
        guard let trainer, let warning = trainer.loss.warning(for: trainer.network) else { return }
        show(StyledText(warning.description, .warning))
    }

    /// Tells of files that were left out since it last did.
    func noteSkippedFiles() {
        let skipped = settings.dataset?.skippedFiles ?? []
        guard skipped.count > skippedFilesTold else { return }
        skippedFilesTold = skipped.count
        note(skipped.skippedFilesLine)
    }

    func show(_ text: StyledText) { sink?.show(.text(text)) }
    func show(_ table: Table) { sink?.show(.table(table)) }
    func show(_ progress: Progress) { sink?.show(progress) }
    /// What a change has carried over, if there is a run that it could have lost.
    func note(_ carryOver: CarryOver?) {
        guard let carryOver, let trainer, trainer.position.step > 0 else { return }
        note(StyledText("\(carryOver)", .faint))
    }

    /// What a command did, for somebody who watches: left out by `--quiet`.
    func note(_ text: StyledText) { sink?.note(text) }
}
