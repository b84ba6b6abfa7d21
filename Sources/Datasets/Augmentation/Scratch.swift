import Tensors

/// Room that a thread works in, as large as was ever asked for: nothing is allocated in the steady state.
package final class Scratch {
    private var floatRoom = Buffer<Float>(zeros: 0)
    private var byteRoom = Buffer<UInt8>(zeros: 0)

    package init() {}

    /// So many floats, whose content means nothing; valid until the next call.
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
        if floatRoom.count < count { floatRoom = Buffer(zeros: count) }
        return floatRoom.pointer
    }

    /// So many bytes, whose content means nothing; valid until the next call.
    func bytes(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if byteRoom.count < count { byteRoom = Buffer(zeros: count) }
        return byteRoom.pointer
    }
}
