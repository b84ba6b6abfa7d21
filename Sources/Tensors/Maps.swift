import CKernels

// What becomes a picture: maps of numbers, `[H, W]`, and images of several channels, `[H, W, C]`.

extension Tensor {
    /// One of the tensors along the outermost axis: `[H, W]` of `[C, H, W]`.
    package func part(_ index: Int) -> Tensor {
        precondition((0..<shape[0]).contains(index), "part \(index) of \(shape)")
        let shape = Shape(Array(self.shape.extents.dropFirst()))
        return withUnsafeBufferPointer { scalars in
            guard let base = scalars.baseAddress else { return Tensor(zeros: shape) }
            return Tensor(shape, copying: base + index * shape.count)
        }
    }

    /// `[H, W, C]` as `[C, H, W]`: a map for each channel.
    package var maps: Tensor {
        precondition(shape.rank == 3, "\(shape) is no image")
        return transposingMatrices(
            rows: shape[0] * shape[1], columns: shape[2], as: [shape[2], shape[0], shape[1]])
    }

    /// Of `[H, W, C]` the largest absolute value over the channels of each pixel, `[H, W]`.
    package var largestMagnitudes: Tensor {
        overChannels { pixel in pixel.reduce(0) { max($0, abs($1)) } }
    }

    /// Of `[H, W, C]` the sum over the channels, each with its weight, of each pixel, and 0 where it is negative: `[H, W]`.
    package func rectifiedSum(weights: [Float]) -> Tensor {
        overChannels { pixel in max(zip(pixel, weights).reduce(0) { $0 + $1.0 * $1.1 }, 0) }
    }

    /// Of `[C, H, W]` the length of each pixel's channels, `sqrt(sum over c of x[c]^2)`: `[H, W]`.
    package var rootOfSquares: Tensor {
        transposingMatrices(
            rows: shape[0], columns: shape[1] * shape[2], as: [shape[1], shape[2], shape[0]]
        ).overChannels { pixel in pixel.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    }

    /// `sum of a b` over all elements, in double precision.
    package func product(_ other: Tensor) -> Double {
        precondition(shape == other.shape, "\(shape) and \(other.shape)")
        return withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        }
    }

    /// Of `[C, ...]` the mean of each channel, in double precision.
    package var means: [Float] {
        let size = count / max(shape[0], 1)
        return withUnsafeBufferPointer { scalars in
            (0..<shape[0]).map { channel in
                let sum = scalars[channel * size..<(channel + 1) * size].reduce(0.0) { $0 + Double($1) }
                return Float(sum / Double(max(size, 1)))
            }
        }
    }

    private func overChannels(_ body: (Slice<UnsafeBufferPointer<Float>>) -> Float) -> Tensor {
        precondition(shape.rank == 3, "\(shape) is no image")
        let channels = shape[2]
        return withUnsafeBufferPointer { scalars in
            Tensor(
                [shape[0], shape[1]],
                (0..<shape[0] * shape[1]).map { body(scalars[$0 * channels..<($0 + 1) * channels]) })
        }
    }

    /// A map, `[H, W]`, in another size: bilinear, corners not aligned, as PyTorch's `interpolate`.
    package func scaled(height: Int, width: Int) -> Tensor {
        precondition(shape.rank == 2 && count > 0, "\(shape) is no map")
        var geometry = cairn_resizing(
            input_height: Int32(shape[0]), input_width: Int32(shape[1]), channels: 1,
            output_height: Int32(height), output_width: Int32(width))
        var result = Tensor(zeros: [height, width])
        result.withUnsafeMutableBufferPointer { target in
            withUnsafeBufferPointer { source in
                guard let source = source.baseAddress, let target = target.baseAddress else { return }
                cairn_bilinear_forward(&geometry, 1, source, target)
            }
        }
        return result
    }

    /// Numbers as brightness: 0 at the lower end of the range and below, 255 at the upper end and above; NaN is 0.
    package func bytes(over range: ClosedRange<Float>) -> [UInt8] {
        let width = Double(range.upperBound) - Double(range.lowerBound)
        return withUnsafeBufferPointer { scalars in
            scalars.map { scalar in
                guard scalar > range.lowerBound else { return 0 }
                return UInt8(min(((Double(scalar) - Double(range.lowerBound)) / width * 255).rounded(), 255))
            }
        }
    }

    /// The index of the largest number of each row of so many; the first of equals.
    package func largestOfRows(of width: Int) -> [Int32] {
        precondition(width > 0 && count % width == 0, "\(shape) in rows of \(width)")
        return withUnsafeBufferPointer { scalars in
            stride(from: 0, to: scalars.count, by: width).map { start in
                var best = 0
                for index in 1..<max(width, 1) where scalars[start + index] > scalars[start + best] {
                    best = index
                }
                return Int32(best)
            }
        }
    }
}
