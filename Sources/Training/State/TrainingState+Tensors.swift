import Tensors

extension TrainingState {
    /// What it keeps in memory.
    package var footprint: Footprint {
        var footprint = Footprint()
        var state = self
        state.forEachTensor { footprint.add($0) }
        footprint.add(history.steps)
        return footprint
    }

    /// Gives every tensor in it to `body`, which may put another in its place; in an order that depends on nothing but
    /// what there is.
    mutating func forEachTensor<E>(_ body: (inout Tensor) throws(E) -> Void) throws(E) {
        for index in tensors.indices { try body(&tensors[index].value) }
        for parameter in optimizer.slots.indices {
            for rule in optimizer.slots[parameter].indices {
                try optimizer.slots[parameter][rule].forEachTensor(body)
            }
        }
        try average?.forEachTensor(body)
        try stopping?.best?.tensors.forEachTensor(body)
        try stopping?.best?.average?.forEachTensor(body)
    }
}

extension WeightAverage {
    fileprivate mutating func forEachTensor<E>(_ body: (inout Tensor) throws(E) -> Void) throws(E) {
        try values.forEachTensor(body)
        try statistics?.forEachTensor(body)
    }
}

extension [Tensor] {
    fileprivate mutating func forEachTensor<E>(_ body: (inout Tensor) throws(E) -> Void) throws(E) {
        for index in indices { try body(&self[index]) }
    }
}
