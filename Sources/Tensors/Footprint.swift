/// Pieces of memory with their bytes: what several values share is in it once.
package struct Footprint: Sendable {
    /// By address.
    private var bytes: [UInt: Int] = [:]

    package init() {}

    package mutating func add(_ tensor: Tensor) {
        tensor.withUnsafeBufferPointer { add($0.baseAddress, bytes: $0.count * MemoryLayout<Float>.stride) }
    }

    package mutating func add<Element>(_ array: [Element]) {
        array.withUnsafeBufferPointer { add($0.baseAddress, bytes: $0.count * MemoryLayout<Element>.stride) }
    }

    /// Memory of an object, as long as that is there.
    package mutating func add(_ object: AnyObject, bytes count: Int) {
        bytes[UInt(bitPattern: ObjectIdentifier(object))] = count
    }

    private mutating func add(_ address: UnsafeRawPointer?, bytes count: Int) {
        guard let address, count > 0 else { return }
        bytes[UInt(bitPattern: address)] = count
    }

    /// Adds what is in `other`, and says how many bytes that are that were not in it before.
    @discardableResult
    package mutating func merge(_ other: Footprint) -> Int {
        var new = 0
        for (address, count) in other.bytes where bytes.updateValue(count, forKey: address) == nil {
            new += count
        }
        return new
    }

    /// All together.
    package var total: Int { bytes.values.reduce(0, +) }
}
