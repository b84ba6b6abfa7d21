/// Which bare names an expression may have: what the host measures.
enum MeasuredNames: Equatable {
    case none
    /// Those that the host knows.
    case measurable
    /// The command looks into them itself.
    case any
}
