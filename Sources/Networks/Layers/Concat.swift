import CKernels
import Tensors

/// Values side by side, channel after channel: PyTorch's `cat` along the channels.
///
/// First those that a `mark` has named, then what the branches make of what comes in, or without branches what comes
/// in itself. So DenseNet's step is `concat { branch { }; branch { ... } }` (Huang et al., 2017), and U-Net's bridge
/// `concat down1` (Ronneberger et al., 2015).
///
/// Shapes: `[H, W, C_1]`, `[H, W, C_2]`, ... -> `[H, W, C_1 + C_2 + ...]`, or rows of features likewise.
package struct Concat: Block, Join {
    package static let kind = "concat"

    package let marks: [String]
    package let branches: [Branch]

    package init(marks: [String] = [], _ branches: [Branch] = []) {
        self.marks = marks
        self.branches = branches
    }

    package var arguments: String { marks.joined(separator: " ") }

    package func holding(_ branches: [Branch]) -> any Layer { Concat(marks: marks, branches) }

    package var contents: String? {
        branches.isEmpty ? nil : block(branches.map { $0.declaration("branch") })
    }

    var parts: [JoinedPart] {
        let ways = branches.enumerated().map { index, branch in
            JoinedPart.branch(branch.layers, name: branch.givenName ?? "branch\(index + 1)")
        }
        return marks.map { .marked($0) } + (ways.isEmpty ? [.input] : ways)
    }

    func outputShape(joining shapes: [Shape], after input: Shape) throws(ShapeError) -> Shape {
        guard shapes.count >= 2 else {
            throw ShapeError(
                found: input, needed: "two branches, or the name of a `mark`: there is nothing to put beside")
        }
        guard shapes.allSatisfy({ $0.extents.dropLast() == shapes[0].extents.dropLast() }) else {
            let what =
                shapes.allSatisfy { $0.rank == 3 } ? "images of one height and width" : "values of one kind"
            throw ShapeError(found: input, needed: "\(what), not \(list(shapes))")
        }
        return Shape(shapes[0].extents.dropLast() + [shapes.reduce(0) { $0 + $1[$1.rank - 1] }])
    }

    package func channelFlow(for input: Shape) -> ChannelFlow { .concatenation }

    package func makeOperation(for layer: PlacedLayer, in settings: PlanSettings) -> any Operation {
        ConcatOperation(pixels: layer.output.count / layer.output[layer.output.rank - 1])
    }

    package func addOperators(
        for layer: PlacedLayer, inputs: [String], to graph: inout OperatorGraph
    ) -> String {
        graph.add("Concat", inputs, ["axis": .integer(1)])
    }
}

/// Copies each part's channels to their place, and their gradients back.
private final class ConcatOperation: Operation {
    /// Of one image.
    private let pixels: Int

    init(pixels: Int) { self.pixels = pixels }

    func forward(_ pass: Pass) {
        pass.forEachShard(self) { layer, shard in
            let (rows, width) = (shard.count * layer.pixels, shard.outputSize / layer.pixels)
            var first = 0
            func put(_ part: UnsafePointer<Float>, _ size: Int) {
                let columns = size / layer.pixels
                cairn_copy_columns(rows, columns, part, columns, shard.output + first, width)
                first += columns
            }
            put(shard.input, shard.inputSize)
            for index in shard.others.indices {
                guard let other = shard.other(index) else { continue }
                put(other, shard.others[index].size)
            }
        }
    }

    func backward(_ pass: Pass, _ gradients: PassGradients) {
        pass.forEachShard(self, gradients) { layer, shard, gradients in
            let (rows, width) = (shard.count * layer.pixels, shard.outputSize / layer.pixels)
            var first = 0
            func take(_ part: UnsafeMutablePointer<Float>?, _ size: Int) {
                let columns = size / layer.pixels
                if let part {
                    cairn_copy_columns(rows, columns, gradients.output + first, width, part, columns)
                }
                first += columns
            }
            take(gradients.input, shard.inputSize)
            for index in gradients.others.indices {
                take(gradients.other(index), shard.others[index].size)
            }
        }
    }
}
