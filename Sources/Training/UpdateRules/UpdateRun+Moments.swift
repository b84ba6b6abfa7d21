import CKernels

/// What several rules do with what they remember.
extension UpdateRun {
    /// `m = beta m + (1 - beta) g`: a running mean of the directions.
    func moveMean(_ slot: Int, _ beta: Double) {
        cairn_scale_add(count, Float(1 - beta), direction, Float(beta), self.slot(slot))
    }

    /// `v = beta v + (1 - beta) g²`: a running mean of their squares.
    func moveMeanSquare(_ slot: Int, _ beta: Double) {
        cairn_square_add(count, Float(1 - beta), direction, Float(beta), self.slot(slot))
    }

    /// `g = scale g / (sqrt(v / correction) + epsilon)`
    func divide(byRootOf slot: Int, correction: Float = 1, epsilon: Double, scale: Float = 1) {
        cairn_divide_by_root(count, scale, self.slot(slot), correction, Float(epsilon), direction)
    }
}
