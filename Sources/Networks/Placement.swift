import Tensors

/// A layer that fits where it stands, before its tensors are made.
struct Placement {
    let layer: any Layer
    let name: String
    let input: Shape
    let output: Shape
}

extension Network {
    /// Names the layers and infers their shapes.
    ///
    /// - Throws: `ShapeError` with the layer's index and name if it does not fit, or if the model up to and with it
    ///   is larger than any machine this is made for.
    static func place(_ layers: [any Layer], after input: Shape) throws(ShapeError) -> [Placement] {
        try check(input)
        var placements: [Placement] = []
        var numbers: [String: Int] = [:]
        var (parameterCount, activationCount) = (0, 0)
        var shape = input
        for (index, layer) in layers.enumerated() {
            let prefix = type(of: layer).namePrefix
            numbers[prefix, default: 0] += 1
            let name = "\(prefix)\(numbers[prefix, default: 0])"
            do {
                let output = try layer.outputShape(for: shape)
                parameterCount = try sum(
                    parameterCount, layer.parameters(for: shape).map(\.shape), limit: largestParameterCount,
                    "parameters in the whole model", found: shape)
                activationCount = try sum(
                    activationCount, [output], limit: largestActivationCount,
                    "values per image in all layers' outputs together", found: shape)
                placements.append(Placement(layer: layer, name: name, input: shape, output: output))
                shape = output
            } catch {
                throw error.at(index: index, name: name)
            }
        }
        return placements
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
        guard let count = input.checkedCount, count <= largestActivationCount else {
            throw ShapeError(
                layerName: "input", found: input, needed: "at most \(largestActivationCount) values per image"
            )
        }
    }

    private static func sum(
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
