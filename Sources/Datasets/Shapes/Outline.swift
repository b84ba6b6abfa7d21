import Glibc

/// A point of the plane in which outlines are drawn; y points down, as in an image.
struct Point {
    var x: Float
    var y: Float

    var length: Float { (x * x + y * y).squareRoot() }

    static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
}

/// An outline within the unit circle, as its signed distance: negative inside.
struct Outline: Sendable {
    let name: String
    let distance: @Sendable (Point) -> Float

    /// One for each class, in the order in which classes are taken.
    static let all: [Outline] = [
        Outline(name: "circle") { $0.length - 0.9 },
        Outline(name: "square") { box($0, 0.75, 0.75) },
        Outline(name: "triangle", corners: regular(3, radius: 1)),
        Outline(name: "cross", corners: cross(arm: 0.95, half: 0.27)),
        Outline(name: "star", corners: star(5, inner: 0.4)),
        Outline(name: "ring") { abs($0.length - 0.72) - 0.19 },
        Outline(name: "crescent") { max($0.length - 0.95, 0.78 - Point(x: $0.x - 0.45, y: $0.y).length) },
        Outline(name: "arrow", corners: arrow),
        Outline(name: "bar") { box($0, 0.95, 0.24) },
        Outline(name: "frame") { abs(box($0, 0.62, 0.62)) - 0.16 },
    ]

    init(name: String, distance: @escaping @Sendable (Point) -> Float) {
        self.name = name
        self.distance = distance
    }

    /// A simple polygon.
    init(name: String, corners: [Point]) {
        self.init(name: name) { polygon($0, corners) }
    }
}

/// A rectangle around the origin; distances to its corners are rounded.
private func box(_ p: Point, _ halfWidth: Float, _ halfHeight: Float) -> Float {
    let (x, y) = (abs(p.x) - halfWidth, abs(p.y) - halfHeight)
    return Point(x: max(x, 0), y: max(y, 0)).length + min(max(x, y), 0)
}

/// The distance to the nearest edge; inside where a ray to the left crosses an odd number of edges.
private func polygon(_ p: Point, _ corners: [Point]) -> Float {
    guard var a = corners.last else { return .infinity }
    var nearest = Float.infinity
    var isInside = false
    for b in corners {
        let (edge, toPoint) = (b - a, p - a)
        let along = (toPoint.x * edge.x + toPoint.y * edge.y) / (edge.x * edge.x + edge.y * edge.y)
        let t = min(max(along, 0), 1)
        nearest = min(nearest, Point(x: toPoint.x - edge.x * t, y: toPoint.y - edge.y * t).length)
        if (a.y > p.y) != (b.y > p.y), p.x > a.x + (p.y - a.y) / edge.y * edge.x { isInside.toggle() }
        a = b
    }
    return isInside ? -nearest : nearest
}

/// Corners on a circle, the first on top.
private func regular(_ count: Int, radius: Float) -> [Point] {
    (0..<count).map { index in
        let angle = 2 * Float.pi * Float(index) / Float(count)
        return Point(x: radius * sin(angle), y: -radius * cos(angle))
    }
}

private func star(_ tips: Int, inner: Float) -> [Point] {
    regular(2 * tips, radius: 1).enumerated().map { index, corner in
        index % 2 == 0 ? corner : Point(x: corner.x * inner, y: corner.y * inner)
    }
}

private func cross(arm: Float, half: Float) -> [Point] {
    let quarter = [Point(x: half, y: -arm), Point(x: half, y: -half), Point(x: arm, y: -half)]
    // Each quarter is the one before, turned by 90 degrees.
    return (0..<4).flatMap { turns in
        quarter.map { corner in (0..<turns).reduce(corner) { p, _ in Point(x: -p.y, y: p.x) } }
    }
}

private let arrow = [
    Point(x: 0, y: -1), Point(x: 0.7, y: -0.15), Point(x: 0.26, y: -0.15), Point(x: 0.26, y: 0.95),
    Point(x: -0.26, y: 0.95), Point(x: -0.26, y: -0.15), Point(x: -0.7, y: -0.15),
]
