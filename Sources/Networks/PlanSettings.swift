/// What a plan is made for, besides the network.
package struct PlanSettings: Hashable, Sendable {
    /// Images of the largest batch.
    package var batchSize: Int
    package var convolution: ConvolutionPrecision
    /// Whether the images' gradient is wanted too.
    package var givesInputGradient: Bool
    /// A layer whose gradient somebody wants to see: what follows is not computed with it at once.
    package var watchedLayer: Int?

    package init(
        batchSize: Int, convolution: ConvolutionPrecision = .exact, givesInputGradient: Bool = false,
        watchedLayer: Int? = nil
    ) {
        self.batchSize = batchSize
        self.convolution = convolution
        self.givesInputGradient = givesInputGradient
        self.watchedLayer = watchedLayer
    }
}

/// How convolutions may round.
package enum ConvolutionPrecision: String, CaseIterable, Sendable {
    /// As a plain sum in 32 bits does: Winograd's F(2x2) or direct.
    case exact
    /// About five times as much, where that is faster: Winograd's F(4x4) too.
    case fast
}
