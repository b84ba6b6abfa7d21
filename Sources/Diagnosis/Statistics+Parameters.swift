import Networks
import Tensors
import Training

extension Statistics {
    /// Of the parameters as they are.
    package init(weightsOf network: Network) {
        subject = .weights
        rows = network.parameters.map { parameter in
            let summary = parameter.value.summary
            // A bias or a scale starts with equal numbers.
            let isMatrix = parameter.value.shape.rank > 1
            let isEqual = summary.count > 1 && summary.range.map { $0.lowerBound == $0.upperBound } == true
            return Row(
                parameter, parameter.value, summary,
                findings: isMatrix && isEqual ? [summary.zeros > 0 ? .allZero : .allEqual] : [])
        }
    }

    /// Of the last backward pass.
    package init(gradientsOf network: Network) {
        subject = .gradients
        let summaries = network.parameters.map(\.gradient.summary)
        // Biases are left out: those before a batch norm have no gradient but rounding.
        let matrices = network.parameters.indices.filter { network.parameters[$0].value.shape.rank > 1 }
        let last = matrices.last.map { summaries[$0].norm } ?? 0
        rows = network.parameters.enumerated().map { index, parameter in
            let summary = summaries[index]
            var findings: [Finding] = []
            if summary.isAllZero, parameter.value.shape.rank > 1 {
                findings.append(.allZero)
            } else if index == matrices.first, last > 0 {
                let ratio = summary.norm / last
                if ratio < HealthyRange.vanishingRatio, summary.norm < HealthyRange.smallGradient {
                    findings.append(.vanishing(ratio: ratio))
                } else if ratio > HealthyRange.explodingRatio {
                    findings.append(.exploding(ratio: ratio))
                }
            }
            return Row(parameter, parameter.gradient, summary, findings: findings)
        }
    }

    /// Of what the last update added to the parameters, which were `before`.
    package init(updatesOf network: Network, from before: [Tensor]) {
        precondition(before.count == network.parameters.count, "the values of every parameter")
        subject = .updates
        rows = zip(network.parameters, before).map { parameter, before in
            var change = parameter.value
            change.combine(-1, before, 1)
            let summary = change.summary
            let norm = before.summary.norm
            let ratio = norm > 0 ? summary.norm / norm : nil
            var findings: [Finding] = []
            if let ratio, parameter.value.shape.rank > 1 {
                if ratio < HealthyRange.updateRatio.lowerBound { findings.append(.slowUpdate(ratio)) }
                if ratio > HealthyRange.updateRatio.upperBound { findings.append(.fastUpdate(ratio)) }
            } else if ratio == nil, summary.isAllZero, parameter.value.shape.rank > 1 {
                findings.append(.allZero)
            }
            return Row(parameter, change, summary, ratio: ratio, findings: findings)
        }
    }
}

extension Statistics.Row {
    fileprivate init(
        _ parameter: Parameter, _ values: Tensor, _ summary: Summary, ratio: Double? = nil,
        findings: [Finding]
    ) {
        self.init(
            name: parameter.name, shape: parameter.layout.exportedShape(values.shape), values: values,
            summary, ratio: ratio, findings: findings)
    }

    init(
        name: String, shape: Shape, values: Tensor, _ summary: Summary, ratio: Double? = nil,
        dead: DeadUnits? = nil, saturation: Double? = nil, findings: [Finding]
    ) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.ratio = ratio
        self.dead = dead
        self.saturation = saturation
        histogram = summary.range.map { values.histogram(bins: Statistics.bins, over: $0) } ?? []
        self.findings = (summary.nonFinite > 0 ? [.notFinite(summary.nonFinite)] : []) + findings
    }
}
