import Datasets
import Networks
import Tensors
import Training

/// The numbers of a step, tensor by tensor, and what is unusual about them.
package struct Statistics: Hashable, Sendable {
    /// What can be looked at in a step.
    package enum Subject: String, CaseIterable, Sendable { case weights, gradients, activations, updates }

    /// One tensor's.
    package struct Row: Hashable, Sendable {
        /// A parameter's name, or for activations a layer's.
        package let name: String
        /// PyTorch's for parameters; `[N, H, W, C]` for activations.
        package let shape: Shape
        package let summary: Summary
        /// Finite numbers in equal parts of their range.
        package let histogram: [Int]
        /// Of updates: `|change| / |weights before|`; nil for others and for weights of zeros.
        package let ratio: Double?
        package let findings: [Finding]
    }

    package let subject: Subject
    package let rows: [Row]

    /// Parts of a row's histogram.
    package static let bins = 8
}

extension Statistics {
    /// Of the trainer's step in hand, or of its last one; if there is none, of the next batch, and then the trainer is
    /// as it was. Nil if `shouldStop` said so.
    ///
    /// - Throws: `DatasetError` if an image cannot be read.
    package init?(
        of subject: Subject, in trainer: Trainer, shouldStop: () -> Bool = { false }
    ) throws(DatasetError) {
        switch subject {
        case .weights: self.init(weightsOf: trainer.network)
        case .gradients:
            let isThere = trainer.holdsStep && trainer.phase != .forwarded
            self = try trainer.trying(isThere ? nil : .backward) { Statistics(gradientsOf: trainer.network) }
        case .activations:
            let found = try trainer.trying(trainer.holdsStep ? nil : .forward) { () throws(DatasetError) in
                try Statistics(activationsOf: trainer, shouldStop: shouldStop)
            }
            guard let found else { return nil }
            self = found
        case .updates:
            self = try trainer.trying(trainer.valuesBeforeUpdate == nil ? .update : nil) {
                Statistics(
                    updatesOf: trainer.network,
                    from: trainer.valuesBeforeUpdate ?? trainer.network.parameters.map(\.value))
            }
        }
    }

    /// The rows of these layers' own tensors.
    package func only(layers: [String]) -> Statistics {
        Statistics(
            subject: subject,
            rows: rows.filter { row in
                let owner = row.name.split(separator: ".").dropLast().joined(separator: ".")
                return layers.contains(subject == .activations ? row.name : owner)
            })
    }
}

extension Trainer {
    /// Looks at a step that is made for it, as far as `part`, and then taken back; nil for the one that is there.
    fileprivate func trying<Seen>(
        _ part: StepPart?, _ look: () throws(DatasetError) -> Seen
    ) throws(DatasetError) -> Seen {
        guard let part else { return try look() }
        precondition(phase == .ready, "no step in hand that would be lost")
        return try experiment { (trainer) throws(DatasetError) in
            _ = try trainer.beginStep()
            _ = try trainer.finishStep(upTo: part, keepingValues: true)
            return try look()
        }
    }
}

/// Something unusual about the numbers of a tensor, with the evidence.
package enum Finding: Hashable, Sendable {
    case notFinite(Int)
    /// Every number of a weight is the same: its units get the same gradients and stay the same.
    case allEqual
    case allZero
    /// The first layer's gradient compared with the last one's.
    case vanishing(ratio: Double)
    case exploding(ratio: Double)
    /// Units that gave no positive number for any of so many images.
    case dead(units: Int, of: Int, images: Int)
    /// The share of numbers where the activation is flat.
    case saturated(Double)
    case slowUpdate(Double)
    case fastUpdate(Double)

    /// Whether it keeps a network from learning by itself, rather than being a hint.
    package var isAlarm: Bool {
        switch self {
        case .notFinite, .allEqual, .allZero, .vanishing, .fastUpdate: true
        case .dead(let units, let all, _): 2 * units > all
        case .saturated, .exploding, .slowUpdate: false
        }
    }
}

/// The limits beyond which a number is a finding.
package enum HealthyRange {
    /// First over last gradient norm, if the first is also below `smallGradient` (AutoTrainer, ICSE 2021).
    package static let vanishingRatio = 1e-3
    package static let smallGradient = 1e-4
    /// Also AutoTrainer's.
    package static let explodingRatio = 70.0
    /// The share of dead units from which on it is said, and the images they are judged by.
    package static let deadShare = 0.3
    package static let deadImages = 1024
    /// The share of flat outputs (SageMaker Debugger, DeepDiagnosis).
    package static let saturatedShare = 0.5
    /// `|change| / |weights|` of one step (TheDeepChecker, TOSEM 2022); about 1e-3 is usual (CS231n).
    package static let updateRatio = 1e-4...1e-1
}
