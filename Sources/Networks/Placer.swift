import Tensors

/// A layer that fits where it stands, before its tensors are made.
struct Placement {
    let layer: any Layer
    /// Of the layer's own; nil for the model's.
    let initializer: Initializer?
    let name: String
    let sources: [Source]
    let input: Shape
    let output: Shape
}

/// Names layers, infers their shapes and lays out blocks: the layers of a block come before it.
struct Placer {
    private(set) var placements: [Placement] = []
    private var names: Set<String> = []
    /// What a `mark` has named, in the block at hand and around it.
    private var marks: [String: Value] = [:]
    private var parameterCount = 0
    private var activationCount = 0

    /// What the model's layers become.
    ///
    /// - Throws: `ShapeError` with the layer's index in the model, and its name, if it does not fit, or if the model
    ///   up to and with it is larger than any machine this is made for.
    static func place(_ layers: [any Layer], after input: Shape) throws(ShapeError) -> [Placement] {
        try check(input)
        var placer = Placer()
        _ = try placer.place(layers, after: Value(source: .images, shape: input), in: "")
        return placer.placements
    }

    /// The shape of what layers in a row give.
    static func outputShape(of layers: [any Layer], for input: Shape) throws(ShapeError) -> Shape {
        var placer = Placer()
        return try placer.place(layers, after: Value(source: .images, shape: input), in: "").shape
    }

    /// One of the network's intermediate results.
    private struct Value {
        let source: Source
        let shape: Shape
    }

    /// `prefix` is what the names begin with: `residual1.`.
    private mutating func place(
        _ layers: [any Layer], after input: Value, in prefix: String
    ) throws(ShapeError) -> Value {
        // A mark holds to the end of its block.
        let outerMarks = marks
        defer { marks = outerMarks }
        var numbers = LayerNumbers()
        var value = input
        for (index, layer) in layers.enumerated() {
            if let mark = layer.unnamed as? Mark {
                marks[mark.name] = value
                continue
            }
            let numbered = numbers.name(ofNext: layer)
            let name = prefix + (layer.givenName ?? numbered)
            do throws(ShapeError) {
                guard names.insert(name).inserted else { throw ShapeError(nameTwice: name) }
                value = try place(
                    layer.unnamed, layer.initializer, named: name, after: value)
            } catch {
                throw error.at(index: index, name: name)
            }
        }
        return value
    }

    private mutating func place(
        _ layer: any Layer, _ initializer: Initializer?, named name: String, after input: Value
    ) throws(ShapeError) -> Value {
        var sources = [input.source]
        let output: Shape
        if let join = layer as? any Join {
            var values: [Value] = []
            for part in join.parts {
                values.append(try place(part, of: name, after: input))
            }
            output = try join.outputShape(joining: values.map(\.shape), after: input.shape)
            sources = values.map(\.source)
        } else {
            output = try layer.outputShape(for: input.shape)
        }
        let shapes = layer.parameters(for: input.shape).map(\.shape)
        parameterCount = try sum(
            parameterCount, shapes, limit: Network.largestParameterCount, "parameters in the whole model",
            found: input.shape)
        activationCount = try sum(
            activationCount, [output], limit: Network.largestActivationCount,
            "values per image in all layers' outputs together", found: input.shape)
        placements.append(
            Placement(
                layer: layer, initializer: initializer, name: name, sources: sources,
                input: input.shape, output: output))
        return Value(source: .layer(placements.count - 1), shape: output)
    }

    private mutating func place(
        _ part: JoinedPart, of join: String, after input: Value
    ) throws(ShapeError) -> Value {
        switch part {
        case .input: return input
        case .marked(let mark):
            if let value = marks[mark] { return value }
            let known = marks.isEmpty ? "" : " (marked: \(marks.keys.sorted().joined(separator: ", ")))"
            throw ShapeError(
                found: input.shape, needed: "`mark \(mark)` before it, in its block or around that\(known)")
        case .branch(let layers, _):
            return try place(layers, after: input, in: part.prefix(in: join))
        }
    }

    private static func check(_ input: Shape) throws(ShapeError) {
        let fits = input.extents.allSatisfy { (1...Geometry.largestExtent).contains($0) }
        guard input.rank == 1 || input.rank == 3, fits else {
            throw ShapeError(
                layerName: "input", found: input,
                needed:
                    "height x width x channels, or one number of features, each in 1...\(Geometry.largestExtent)"
            )
        }
        guard let count = input.checkedCount, count <= Network.largestActivationCount else {
            throw ShapeError(
                layerName: "input", found: input,
                needed: "at most \(Network.largestActivationCount) values per image")
        }
    }

    private func sum(
        _ count: Int, _ shapes: [Shape], limit: Int, _ what: String, found: Shape
    ) throws(ShapeError) -> Int {
        var count = count
        for shape in shapes {
            guard let more = shape.checkedCount, more <= limit - count else {
                throw ShapeError(found: found, needed: "at most \(limit) \(what); \(shape) more is too many")
            }
            count += more
        }
        return count
    }
}
