import CKernels
import Networks
import Tensors

/// One parameter's update, run by run through all rules: memory is read and written once, however many rules there are.
struct ParameterUpdate: ParallelWork {
    let rules: [any UpdateRule]
    /// How many each rule has, in the order of `rules`.
    let slotCounts: [Int]
    let rate: Float
    let step: Int
    let count: Int
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
        var slots = slots
        for (rule, slotCount) in zip(rules, slotCounts) {
            let run = UpdateRun(
                count: count, direction: direction, value: value + first, slots: slots, first: first)
            rule.apply(to: run, step: step)
            slots += slotCount
        }
        cairn_scale_add(count, -rate, direction, 1, value + first)
    }
}
