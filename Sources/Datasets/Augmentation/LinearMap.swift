import Glibc
import Tensors

/// Where the pixels of a changed image come from, seen from its centre:
/// `(x, y) -> (xx x + xy y, yx x + yy y)`, y downwards, from the new image to the old.
package struct LinearMap: Hashable, Sendable {
    let xx: Float
    let xy: Float
    let yx: Float
    let yy: Float

    package static let identity = LinearMap(xx: 1, xy: 0, yx: 0, yy: 1)

    /// Turns the image counter-clockwise.
    package static func rotation(degrees: Float) -> LinearMap {
        let angle = Double(degrees) * .pi / 180
        let (cosine, sine) = (Float(cos(angle)), Float(sin(angle)))
        return LinearMap(xx: cosine, xy: -sine, yx: sine, yy: cosine)
    }

    /// Makes the image so many times as large.
    package static func zoom(_ factor: Float) -> LinearMap {
        LinearMap(xx: 1 / factor, xy: 0, yx: 0, yy: 1 / factor)
    }

    /// Shifts rows against each other so that upright lines lean by so many degrees.
    package static func shear(degrees: Float) -> LinearMap {
        LinearMap(xx: 1, xy: Float(tan(Double(degrees) * .pi / 180)), yx: 0, yy: 1)
    }

    /// One after the other: what this one makes, changed by `next`.
    func followed(by next: LinearMap) -> LinearMap {
        LinearMap(
            xx: xx * next.xx + xy * next.yx, xy: xx * next.xy + xy * next.yy,
            yx: yx * next.xx + yy * next.yx, yy: yx * next.xy + yy * next.yy)
    }
}
