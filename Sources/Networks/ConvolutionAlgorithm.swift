import CKernels

/// How a convolution is computed. (Winograd's minimal filtering: Lavin & Gray, 2016.)
enum ConvolutionAlgorithm: String, CaseIterable {
    case direct
    case winograd2 = "winograd F(2x2)"
    case winograd4 = "winograd F(4x4)"
    case depthwise

    var kernel: cairn_algorithm {
        switch self {
        case .direct: cairn_direct
        case .winograd2: cairn_winograd2
        case .winograd4: cairn_winograd4
        case .depthwise: cairn_depthwise
        }
    }

    /// The fastest for one layer of those that round little enough.
    static func choose(for geometry: cairn_convolution, _ settings: PlanSettings) -> ConvolutionAlgorithm {
        var geometry = geometry
        if geometry.groups > 1, cairn_convolution_supports(&geometry, cairn_depthwise) { return .depthwise }
        guard cairn_convolution_supports(&geometry, cairn_winograd2) else { return .direct }
        // Transforms cost as much as they save when there are few channels to share them.
        guard geometry.input_channels >= 16, geometry.output_channels >= 16 else { return .direct }
        return settings.convolution == .fast ? .winograd4 : .winograd2
    }
}
