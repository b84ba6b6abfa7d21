/// Memory on a 64-byte boundary: one cache line, one AVX-512 register.
///
/// A reference, unlike `Tensor`: what a plan makes once and every step writes again.
package final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
    /// Valid as long as the buffer.
    package let pointer: UnsafeMutablePointer<Element>
    package let count: Int

    package init(repeating element: Element, count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Element>.stride
        pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Element.self, capacity: max(count, 1))
        pointer.initialize(repeating: element, count: count)
    }

    package convenience init(_ elements: [Element]) where Element: Numeric {
        self.init(repeating: 0, count: elements.count)
        for (index, element) in elements.enumerated() { pointer[index] = element }
    }

    /// Valid as long as the buffer.
    package var elements: UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: pointer, count: count)
    }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }
}

extension Buffer where Element: Numeric {
    package convenience init(zeros count: Int) { self.init(repeating: 0, count: count) }

    /// A buffer of its own with the same contents.
    package func copy() -> Buffer {
        let other = Buffer(zeros: count)
        other.pointer.update(from: pointer, count: count)
        return other
    }
}
