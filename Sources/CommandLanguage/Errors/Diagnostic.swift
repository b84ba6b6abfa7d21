/// One error, worded and placed: what a front end shows.
package struct Diagnostic: Error, Sendable, Hashable {
    package let message: String
    package let hint: String?
    package let source: Source?
    package let span: Span?

    package init(message: String, hint: String? = nil, source: Source? = nil, span: Span? = nil) {
        self.message = message
        self.hint = hint
        self.source = source
        self.span = span
    }
}
