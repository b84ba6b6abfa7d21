import CCairo
import CommandLanguage

/// A sheet to draw on, in points from the upper left, that becomes an SVG or a PNG file.
final class Canvas {
    struct Color: Hashable {
        let red: Double, green: Double, blue: Double

        static let ink = Color(red: 0.15, green: 0.15, blue: 0.18)
        static let faint = Color(red: 0.45, green: 0.45, blue: 0.5)
        static let grid = Color(red: 0.88, green: 0.88, blue: 0.9)
        static let paper = Color(red: 1, green: 1, blue: 1)

        /// Told apart also by people who see fewer colours (Okabe & Ito, 2008); black is kept for text.
        static let series = [
            (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (230, 159, 0), (86, 180, 233),
        ].map { Color(red: Double($0.0) / 255, green: Double($0.1) / 255, blue: Double($0.2) / 255) }
    }

    enum Alignment { case left, center, right }

    private let surface: OpaquePointer?
    private let context: OpaquePointer?
    private let file = Bytes()
    private let format: OutputFormat
    /// Pixels of a PNG for each point: sharp on dense screens.
    private static let density = 2.0

    init(width: Double, height: Double, format: OutputFormat) {
        self.format = format
        if format == .svg {
            surface = cairo_svg_surface_create_for_stream(
                Canvas.append, Unmanaged.passUnretained(file).toOpaque(), width, height)
        } else {
            surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(width * Self.density), Int32(height * Self.density))
        }
        context = cairo_create(surface)
        if format != .svg { cairo_scale(context, Self.density, Self.density) }
        cairo_select_font_face(context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
        fill(0, 0, width, height, .paper)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The file; nothing can be drawn afterwards.
    ///
    /// - Throws: `PublishingError.drawing`.
    func finish() throws(PublishingError) -> [UInt8] {
        if format == .png {
            _ = cairo_surface_write_to_png_stream(
                surface, Canvas.append, Unmanaged.passUnretained(file).toOpaque())
        }
        cairo_surface_finish(surface)
        for status in [cairo_status(context), cairo_surface_status(surface)]
        where status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED {
            throw .drawing(String(cString: cairo_status_to_string(status)))
        }
        return file.content
    }

    private static let append: cairo_write_func_t = { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<Bytes>.fromOpaque(closure).takeUnretainedValue()
            .content += UnsafeBufferPointer(start: data, count: Int(length))
        return CAIRO_STATUS_SUCCESS
    }

    private final class Bytes { var content: [UInt8] = [] }

    func fill(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ color: Color) {
        set(color)
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    /// The area within the points, light enough for curves on it to be seen.
    func shade(_ points: [(x: Double, y: Double)], _ color: Color) {
        guard let first = points.first else { return }
        cairo_set_source_rgba(context, color.red, color.green, color.blue, 0.18)
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        cairo_fill(context)
    }

    /// Through the points in order; `dashes` alternate on and off.
    func line(
        _ points: [(x: Double, y: Double)], _ color: Color, width: Double = 1, dashes: [Double] = []
    ) {
        guard let first = points.first else { return }
        set(color)
        cairo_set_line_width(context, width)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_dash(context, dashes, Int32(dashes.count), 0)
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        cairo_stroke(context)
    }

    func dot(_ x: Double, _ y: Double, radius: Double, _ color: Color) {
        set(color)
        cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
        cairo_fill(context)
    }

    /// One line of text with its baseline at `y`.
    func text(
        _ text: String, _ x: Double, _ y: Double, _ color: Color = .ink, size: Double = 12,
        _ alignment: Alignment = .left
    ) {
        let width = self.width(of: text, size: size)
        let start = alignment == .left ? x : alignment == .right ? x - width : x - width / 2
        set(color)
        cairo_move_to(context, start, y)
        cairo_show_text(context, text)
    }

    func width(of text: String, size: Double) -> Double {
        cairo_set_font_size(context, size)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }

    /// The text if it fits, else its beginning and an ellipsis.
    func clipped(_ text: String, to width: Double, size: Double) -> String {
        var text = text
        while self.width(of: text, size: size) > width, text.count > 1 {
            text = String(text.dropLast(text.hasSuffix("\u{2026}") ? 2 : 1)) + "\u{2026}"
        }
        return text
    }

    private func set(_ color: Color) { cairo_set_source_rgb(context, color.red, color.green, color.blue) }
}
