import CKernels

/// What a network gave for some rows, the label of each, and where the gradient goes: memory that is valid until the
/// call returns.
package struct LossRows {
    package let count: Int
    /// Numbers in a row of the output.
    package let outputs: Int
    /// `[count, outputs]`
    package let output: UnsafePointer<Float>
    /// `[count]`, each in `0..<outputs`, or 0 and 1 where there is one output.
    package let labels: UnsafePointer<Int32>
    /// How much the rows count with these labels: less than 1 where images are mixed.
    package let share: Float
    /// What the gradient of the rows' sum is multiplied by.
    package let gradientScale: Float
    /// `[count, outputs]`; nil if no gradient is wanted.
    package let gradient: UnsafeMutablePointer<Float>?
    /// Whether the gradient is added to what is there, instead of replacing it.
    package let addsGradient: Bool

    package init(
        count: Int, outputs: Int, output: UnsafePointer<Float>, labels: UnsafePointer<Int32>,
        share: Float = 1, gradientScale: Float = 1, gradient: UnsafeMutablePointer<Float>? = nil,
        addsGradient: Bool = false
    ) {
        self.count = count
        self.outputs = outputs
        self.output = output
        self.labels = labels
        self.share = share
        self.gradientScale = gradientScale
        self.gradient = gradient
        self.addsGradient = addsGradient
    }

    /// The same as the kernels take it.
    var kernel: cairn_loss_rows {
        cairn_loss_rows(
            rows: count, outputs: outputs, output: output, labels: labels, gradient_scale: gradientScale,
            gradient: gradient, adds_gradient: addsGradient)
    }
}
