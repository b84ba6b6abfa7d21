/// A height and a width: a kernel, a stride.
package struct Size: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    package let height: Int
    package let width: Int

    package init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// A square.
    package init(_ side: Int) { self.init(height: side, width: side) }

    package init(integerLiteral side: Int) { self.init(side) }

    /// `3`, or `3x5` if it is not square: as the command language reads it.
    package var description: String { height == width ? "\(height)" : "\(height)x\(width)" }
}

/// How many rows and columns of zeros surround an image before a window moves over it.
package enum Padding: Hashable, Sendable, CustomStringConvertible {
    /// None.
    case valid
    /// Output size = input size / stride, rounded up; an odd one goes below and to the right, as in PyTorch.
    case same
    /// This many on each of the four sides.
    case explicit(Int)

    /// `valid`, `same` or the number: as the command language reads it.
    package var description: String {
        switch self {
        case .valid: "valid"
        case .same: "same"
        case .explicit(let count): "\(count)"
        }
    }
}

/// A window that moves over an image: the arithmetic that convolution and pooling share, forward and backward.
///
/// Output rows = floor((input rows + padding - reach rows) / stride) + 1, and likewise for columns, where a kernel of
/// `K` rows reaches over `dilation (K - 1) + 1`. Output row `y` reads the input rows
/// `y * stride.height - padTop + dilation.height * k` for `k` in `0..<kernel.height`.
package struct Geometry: Hashable, Sendable {
    package let input: Size
    /// How many places the window has, downwards and to the right.
    package let output: Size
    package let kernel: Size
    package let stride: Size
    /// How far apart the rows and columns are that the kernel reads; 1 for neighbours.
    package let dilation: Size
    /// Rows of padding above the image.
    package let padTop: Int
    /// Columns of padding to its left.
    package let padLeft: Int

    /// The largest extent of anything here: sums and products of three of them cannot overflow.
    package static let largestExtent = 1 << 16

    /// - Throws: `GeometryError` if an extent is out of range or the kernel does not fit into the padded input.
    package init(
        input: Size, kernel: Size, stride: Size, padding: Padding, dilation: Size = 1
    ) throws(GeometryError) {
        let allowed = 1...Self.largestExtent
        let extents = [("input", input), ("kernel", kernel), ("stride", stride), ("dilation", dilation)]
        for (what, size) in extents {
            guard allowed.contains(size.height), allowed.contains(size.width) else {
                throw .outOfRange(what: what, found: "\(size)", allowed: allowed)
            }
        }
        if case .explicit(let count) = padding, !(0...Self.largestExtent).contains(count) {
            throw .outOfRange(what: "padding", found: "\(count)", allowed: 0...Self.largestExtent)
        }
        let reach = Self.reach(of: kernel, dilation: dilation)
        guard allowed.contains(reach.height), allowed.contains(reach.width) else {
            throw .outOfRange(what: "the dilated kernel", found: "\(reach)", allowed: allowed)
        }
        let rows = Self.axis(
            input: input.height, reach: reach.height, stride: stride.height, padding: padding)
        let columns = Self.axis(
            input: input.width, reach: reach.width, stride: stride.width, padding: padding)
        guard rows.padded >= reach.height, columns.padded >= reach.width else {
            throw .kernelTooLarge(reach: reach, padded: Size(height: rows.padded, width: columns.padded))
        }
        self.input = input
        self.kernel = kernel
        self.stride = stride
        self.dilation = dilation
        output = Size(
            height: (rows.padded - reach.height) / stride.height + 1,
            width: (columns.padded - reach.width) / stride.width + 1)
        padTop = rows.before
        padLeft = columns.before
    }

    /// From one size of image to another, for somebody who knows what each pixel reads.
    ///
    /// - Precondition: every extent is in `1...largestExtent`.
    package init(from input: Size, to output: Size, kernel: Size, stride: Size, padding: Int, dilation: Size)
    {
        self.input = input
        self.output = output
        self.kernel = kernel
        self.stride = stride
        self.dilation = dilation
        padTop = padding
        padLeft = padding
    }

    /// From the first row and column that a kernel reads to the last, both counted.
    package static func reach(of kernel: Size, dilation: Size) -> Size {
        Size(
            height: dilation.height * (kernel.height - 1) + 1, width: dilation.width * (kernel.width - 1) + 1)
    }

    private static func axis(
        input: Int, reach: Int, stride: Int, padding: Padding
    ) -> (before: Int, padded: Int) {
        switch padding {
        case .valid: return (0, input)
        case .explicit(let count): return (count, input + 2 * count)
        case .same:
            let output = (input + stride - 1) / stride
            let total = max((output - 1) * stride + reach - input, 0)
            return (total / 2, input + total)
        }
    }
}

/// A window that cannot move over its image.
package enum GeometryError: Error, Hashable, Sendable {
    case outOfRange(what: String, found: String, allowed: ClosedRange<Int>)
    case kernelTooLarge(reach: Size, padded: Size)
}
