import Tensors

/// A layer that makes one value of several: of branches within it, of values that a `mark` gave a name, of what comes in.
protocol Join: Layer {
    /// What it joins, in order.
    var parts: [JoinedPart] { get }

    /// The shape of what it makes of parts with these shapes, as many as there are parts.
    ///
    /// - Throws: `ShapeError` that names the parts that do not fit together.
    func outputShape(joining shapes: [Shape], after input: Shape) throws(ShapeError) -> Shape
}

/// One of the values that are joined.
enum JoinedPart {
    /// What comes in.
    case input
    /// What came out of the layer before the `mark` of this name.
    case marked(String)
    /// What layers make of what comes in. Their names begin with the join's and this.
    case branch([any Layer], name: String?)

    /// What the names of a branch's layers begin with, in a join of that name: `residual1.shortcut.`.
    func prefix(in join: String) -> String {
        if case .branch(_, let name?) = self { "\(join).\(name)." } else { "\(join)." }
    }
}

extension Join {
    package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
        try Placer.outputShape(of: [self], for: input)
    }

    /// The shapes, each with what has it: `12x12x8 (what comes in) and 6x6x16 (down1)`.
    func list(_ shapes: [Shape]) -> String {
        let described = zip(shapes, parts).map { shape, part in
            switch part {
            case .input: "\(shape) (what comes in)"
            case .marked(let mark): "\(shape) (\(mark))"
            case .branch(_, let name): "\(shape) (\(name ?? "its layers"))"
            }
        }
        return described.dropLast().joined(separator: ", ") + " and " + (described.last ?? "")
    }
}
