/// How fast images are trained on.
struct Pace {
    var images = 0
    var seconds = 0.0

    /// No clock is believed below a microsecond, so that the figure always fits into an integer.
    var imagesPerSecond: Double { Double(images) / max(seconds, 1e-6) }
}
