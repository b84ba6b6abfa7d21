import CKernels
import CKernels.Sets
import Testing

/// The limit counts what it did: two operations for each lane of each sum.
@Test func theLimitCountsItsOperations() {
    for index in 0..<Int(cairn_instruction_set_count()) {
        var result: Float = .nan
        let one = cairn_instruction_set_kernels(Int32(index)).pointee.multiply_adds(1, &result)
        #expect(one >= 2 * 4)
        #expect(cairn_instruction_set_kernels(Int32(index)).pointee.multiply_adds(7, &result) == 7 * one)
        #expect(result.isFinite)
    }
}
