import CKernels
import Networks
import Tensors

/// One parameter's update, run by run through all rules: memory is read and written once, however many rules there are.
struct ParameterUpdate: ParallelWork {
    let rules: [any UpdateRule]
    /// How many each rule has, in the order of `rules`.
    let slotCounts: [Int]
    /// Of each rule at this step.
    let coefficients: UnsafePointer<SIMD4<Float>>
    let clip: GradientClip
    let rate: Float
    let count: Int
    /// Whether the parameter has two or more axes.
    let isWeight: Bool
    let gradient: UnsafePointer<Float>
    let value: UnsafeMutablePointer<Float>
    /// Of all rules.
    let slots: UnsafePointer<UnsafeMutablePointer<Float>>

    /// Scalars of an item: enough to be worth a thread.
    private static let itemSize = 16 * runSize
    private static let runSize = 1024

    var items: Int { (count + Self.itemSize - 1) / Self.itemSize }

    func run(item: Int, thread: Int) {
        var direction = InlineArray<1024, Float>(repeating: 0)
        var span = direction.mutableSpan
        span.withUnsafeMutableBufferPointer { direction in
            guard let direction = direction.baseAddress else { return }
            let end = min((item + 1) * Self.itemSize, count)
            for first in stride(from: item * Self.itemSize, to: end, by: Self.runSize) {
                update(first, count: min(Self.runSize, end - first), direction)
            }
        }
    }

    private func update(_ first: Int, count: Int, _ direction: UnsafeMutablePointer<Float>) {
        direction.update(from: gradient + first, count: count)
        clip.apply(to: direction, count: count)
        var slots = slots
        for (link, slotCount) in slotCounts.enumerated() {
            let run = UpdateRun(
                count: count, direction: direction, value: value + first, isWeight: isWeight, slots: slots,
                first: first)
            rules[link].apply(to: run, coefficients[link])
            slots += slotCount
        }
        cairn_scale_add(count, -rate, direction, 1, value + first)
    }
}
